# ---
# misconception: an equal moment found is the first of them
# caught_by: test_first_since
# hint: since-equal
# ---
# %% grade_id="first_since"
def first_since(count, fetch, moment):
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        found = fetch(middle)
        if found == moment:
            return middle
        if found < moment:
            low = middle + 1
        else:
            high = middle
    return low
