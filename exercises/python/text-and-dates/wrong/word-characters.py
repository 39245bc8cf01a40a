# ---
# misconception: \w stands for the letters a to z and the digits
# caught_by: test_slug
# hint: slug-hyphens
# ---
# %% grade_id="slug"
def slug(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "-", plain.lower()).strip("-")
