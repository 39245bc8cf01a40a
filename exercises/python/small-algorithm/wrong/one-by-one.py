# ---
# misconception: finding a place in sorted data means going through it
# caught_by: test_first_since_work
# hint: since-work
# ---
# %% grade_id="first_since"
def first_since(count, fetch, moment):
    for number in range(count):
        if fetch(number) >= moment:
            return number
    return count
