# ---
# misconception: what looks the same is the same text
# caught_by: test_same_name
# hint: name-forms
# ---
# %% grade_id="same_name"
def same_name(first, second):
    return first.strip().casefold() == second.strip().casefold()
