# ---
# misconception: the message of int() tells the caller enough
# caught_by: test_read_limit
# hint: limit-word
# ---
# %% grade_id="read_limit"
def read_limit(text, *, default=20, maximum=100):
    if not text:
        return default
    limit = int(text)
    if limit < 1:
        raise ValueError(f"limit must be 1 or more, not {text}")
    return min(limit, maximum)
