# ---
# note: named constraints, SQLite's strict tables and types, references beside their columns, unique indexes
# ---
# %% grade_id="films" language="sql" magic_args="films"
# CREATE TABLE films (
#     id INTEGER NOT NULL,
#     title TEXT NOT NULL,
#     minutes INTEGER NOT NULL,
#     age INTEGER DEFAULT 0,
#     CONSTRAINT films_key PRIMARY KEY (id),
#     CONSTRAINT film_has_a_title CHECK (length(title) > 0),
#     CONSTRAINT film_has_a_length CHECK (minutes >= 1 AND minutes <= 600),
#     CONSTRAINT age_is_known CHECK (age IS NOT NULL AND (age = 0 OR age = 6 OR age = 12 OR age = 16 OR age = 18))
# ) STRICT;
# %% grade_id="screenings" language="sql" magic_args="screenings --after films"
# CREATE TABLE screenings (
#     id INTEGER PRIMARY KEY AUTOINCREMENT,
#     film_id INTEGER NOT NULL REFERENCES films ON DELETE RESTRICT ON UPDATE CASCADE,
#     room INTEGER NOT NULL CHECK (room IN (1, 2, 3, 4)),
#     starts_at TEXT NOT NULL,
#     price_cents INTEGER NOT NULL CHECK (NOT price_cents < 0)
# );
# CREATE UNIQUE INDEX one_start ON screenings (starts_at, room);
# %% grade_id="tickets" language="sql" magic_args="tickets --after films screenings"
# CREATE TABLE tickets (
#     id INT NOT NULL UNIQUE,
#     screening_id INT NOT NULL REFERENCES screenings (id),
#     seat CHAR(3) NOT NULL,
#     email TEXT NOT NULL,
#     code TEXT DEFAULT NULL,
#     PRIMARY KEY (screening_id, seat),
#     UNIQUE (code)
# );
# %% grade_id="film_tags" language="sql" magic_args="film_tags --after films"
# CREATE TABLE film_tags (
#     id INTEGER PRIMARY KEY,
#     tag TEXT NOT NULL,
#     film_id INTEGER NOT NULL REFERENCES films (id) ON DELETE CASCADE,
#     UNIQUE (tag, film_id)
# );
