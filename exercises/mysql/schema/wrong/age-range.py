# ---
# misconception: "a list of values is the range from its first to its last"
# caught_by: test_films
# hint: age
# ---
# %% grade_id="films" language="sql" magic_args="films"
# CREATE TABLE films (
#     id INTEGER PRIMARY KEY,
#     title VARCHAR(200) NOT NULL CHECK (title <> ''),
#     minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
#     age INTEGER NOT NULL DEFAULT 0 CHECK (age BETWEEN 0 AND 18)
# );
