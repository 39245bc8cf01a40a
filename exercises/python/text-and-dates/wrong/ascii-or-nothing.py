# ---
# misconception: what isn't ASCII can simply be left out
# caught_by: test_slug
# hint: slug-dash
# ---
# %% grade_id="slug"
def slug(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
