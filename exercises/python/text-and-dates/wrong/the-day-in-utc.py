# ---
# misconception: the date is the same everywhere
# caught_by: test_return_deadline
# hint: deadline-day
# ---
# %% grade_id="return_deadline"
def return_deadline(bought, zone, days):
    if bought.tzinfo is None:
        raise ValueError("bought must know its time zone")
    end = bought.date() + timedelta(days=days + 1)
    return datetime.combine(end, time.min, tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
