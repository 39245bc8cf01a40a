# ---
# misconception: "a CHECK or a foreign key keeps NULL out"
# caught_by: test_screenings
# hint: screening-null
# ---
# %% grade_id="screenings" language="sql" magic_args="screenings --after films"
# CREATE TABLE screenings (
#     id INTEGER PRIMARY KEY,
#     film_id INTEGER,
#     room INTEGER CHECK (room BETWEEN 1 AND 4),
#     starts_at DATETIME NOT NULL,
#     price_cents INTEGER CHECK (price_cents >= 0),
#     UNIQUE (room, starts_at),
#     FOREIGN KEY (film_id) REFERENCES films (id)
# );
