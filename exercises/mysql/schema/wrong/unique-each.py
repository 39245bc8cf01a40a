# ---
# misconception: "UNIQUE behind a column is enough for a rule on two columns"
# caught_by: test_screenings
# hint: room-and-time
# ---
# %% grade_id="screenings" language="sql" magic_args="screenings --after films"
# CREATE TABLE screenings (
#     id INTEGER PRIMARY KEY,
#     film_id INTEGER NOT NULL,
#     room INTEGER NOT NULL CHECK (room BETWEEN 1 AND 4),
#     starts_at DATETIME NOT NULL UNIQUE,
#     price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
#     FOREIGN KEY (film_id) REFERENCES films (id)
# );
