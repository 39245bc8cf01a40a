# ---
# misconception: "a column named film_id refers to films by its name"
# caught_by: test_screenings
# hint: film-exists
# ---
# %% grade_id="screenings" language="sql" magic_args="screenings --after films"
# CREATE TABLE screenings (
#     id INTEGER PRIMARY KEY,
#     film_id INTEGER NOT NULL,
#     room INTEGER NOT NULL CHECK (room BETWEEN 1 AND 4),
#     starts_at DATETIME NOT NULL,
#     price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
#     UNIQUE (room, starts_at)
# );
