# ---
# misconception: a time zone is an offset
# caught_by: test_to_utc
# hint: utc-summer
# ---
# %% grade_id="to_utc"
def to_utc(text, zone):
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        offset = ZoneInfo(zone).utcoffset(datetime(2025, 1, 1))
        moment = moment.replace(tzinfo=timezone(offset))
    return moment.astimezone(timezone.utc)
