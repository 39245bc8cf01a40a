# ---
# misconception: "a default keeps NULL out"
# caught_by: test_films
# hint: age-null
# ---
# %% grade_id="films" language="sql" magic_args="films"
# CREATE TABLE films (
#     id INTEGER PRIMARY KEY,
#     title VARCHAR(200) NOT NULL CHECK (title <> ''),
#     minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
#     age INTEGER DEFAULT 0 CHECK (age IN (0, 6, 12, 16, 18))
# );
