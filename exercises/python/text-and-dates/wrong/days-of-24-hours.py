# ---
# misconception: a day has 24 hours
# caught_by: test_return_deadline
# hint: deadline-summer
# ---
# %% grade_id="return_deadline"
def return_deadline(bought, zone, days):
    if bought.tzinfo is None:
        raise ValueError("bought must know its time zone")
    here = bought.astimezone(ZoneInfo(zone))
    midnight = datetime.combine(here.date(), time.min, tzinfo=here.tzinfo).astimezone(timezone.utc)
    return midnight + timedelta(days=days + 1)
