# ---
# misconception: encoding to ASCII takes the accents off
# caught_by: test_slug
# hint: slug-accents
# ---
# %% grade_id="slug"
def slug(title):
    plain = title.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
