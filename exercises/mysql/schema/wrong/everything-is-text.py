# ---
# misconception: "the type of a column doesn't matter"
# caught_by: test_films
# hint: types
# ---
# %% grade_id="films" language="sql" magic_args="films"
# CREATE TABLE films (
#     id INTEGER PRIMARY KEY,
#     title TEXT NOT NULL CHECK (title <> ''),
#     minutes TEXT NOT NULL CHECK (CAST(minutes AS INTEGER) BETWEEN 1 AND 600),
#     age INTEGER NOT NULL DEFAULT 0 CHECK (age IN (0, 6, 12, 16, 18))
# );
