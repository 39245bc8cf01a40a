# ---
# misconception: lower() makes all letters comparable
# caught_by: test_same_name
# hint: name-case
# ---
# %% grade_id="same_name"
def same_name(first, second):
    return unicodedata.normalize("NFC", first.strip().lower()) == unicodedata.normalize("NFC", second.strip().lower())
