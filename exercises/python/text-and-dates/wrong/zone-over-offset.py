# ---
# misconception: the zone that is handed in always counts
# caught_by: test_to_utc
# hint: utc-offset
# ---
# %% grade_id="to_utc"
def to_utc(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)
