# ---
# misconception: the answer is always one of the orders
# caught_by: test_first_since
# hint: since-ends
# ---
# %% grade_id="first_since"
def first_since(count, fetch, moment):
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        if fetch(middle) < moment:
            low = middle + 1
        else:
            high = middle
    return low
