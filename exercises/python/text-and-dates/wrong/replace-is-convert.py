# ---
# misconception: replace(tzinfo=UTC) converts to UTC
# caught_by: test_to_utc
# hint: utc-zone
# ---
# %% grade_id="to_utc"
def to_utc(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
