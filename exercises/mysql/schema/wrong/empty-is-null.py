# ---
# misconception: "the empty text is the same as NULL"
# caught_by: test_films
# hint: title
# ---
# %% grade_id="films" language="sql" magic_args="films"
# CREATE TABLE films (
#     id INTEGER PRIMARY KEY,
#     title VARCHAR(200) NOT NULL,
#     minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
#     age INTEGER NOT NULL DEFAULT 0 CHECK (age IN (0, 6, 12, 16, 18))
# );
