# ---
# misconception: spaces at the ends are the only thing to strip
# caught_by: test_slug
# hint: slug-ends
# ---
# %% grade_id="slug"
def slug(title):
    plain = unicodedata.normalize("NFKD", title.strip()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())
