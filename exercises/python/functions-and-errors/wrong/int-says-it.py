# ---
# misconception: whatever int() accepts is a valid limit
# caught_by: test_read_limit
# hint: limit-refused
# ---
# %% grade_id="read_limit"
def read_limit(text, *, default=20, maximum=100):
    if not text:
        return default
    return min(int(text), maximum)
