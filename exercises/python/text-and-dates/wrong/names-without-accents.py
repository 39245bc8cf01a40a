# ---
# misconception: normalising means taking the accents off
# caught_by: test_same_name
# hint: name-differs
# ---
# %% grade_id="same_name"
def same_name(first, second):
    def key(name):
        return unicodedata.normalize("NFKD", name.strip().casefold()).encode("ascii", "ignore")

    return key(first) == key(second)
