# ---
# misconception: the kind of error says enough, the message need not show the value
# caught_by: test_read_limit
# hint: limit-message
# ---
# %% grade_id="read_limit"
def read_limit(text, *, default=20, maximum=100):
    if not text:
        return default
    try:
        limit = int(text)
    except ValueError:
        raise ValueError("invalid limit") from None
    if limit < 1:
        raise ValueError("invalid limit")
    return min(limit, maximum)
