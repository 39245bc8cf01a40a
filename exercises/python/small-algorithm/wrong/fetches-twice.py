# ---
# misconception: looking at the same value again costs nothing
# caught_by: test_first_since_work
# hint: since-work
# ---
# %% grade_id="first_since"
def first_since(count, fetch, moment):
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if fetch(middle) < moment:
            low = middle + 1
        elif fetch(middle) >= moment:
            high = middle
    return low
