# ---
# misconception: a datetime without a zone is in UTC
# caught_by: test_return_deadline
# hint: deadline-naive
# ---
# %% grade_id="return_deadline"
def return_deadline(bought, zone, days):
    home = ZoneInfo(zone)
    end = bought.astimezone(home).date() + timedelta(days=days + 1)
    return datetime.combine(end, time.min, tzinfo=home).astimezone(timezone.utc)
