# ---
# misconception: "a number of its own makes each row different, so nothing occurs twice"
# caught_by: test_film_tags
# hint: tag-once
# ---
# %% grade_id="film_tags" language="sql" magic_args="film_tags --after films"
# CREATE TABLE film_tags (
#     id INTEGER PRIMARY KEY,
#     film_id INTEGER NOT NULL,
#     tag VARCHAR(40) NOT NULL,
#     FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE
# );
