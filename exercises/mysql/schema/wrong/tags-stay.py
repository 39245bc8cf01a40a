# ---
# misconception: "the database tidies up by itself what belonged to a deleted row"
# caught_by: test_film_tags
# hint: tags-go
# ---
# %% grade_id="film_tags" language="sql" magic_args="film_tags --after films"
# CREATE TABLE film_tags (
#     film_id INTEGER NOT NULL,
#     tag VARCHAR(40) NOT NULL,
#     PRIMARY KEY (film_id, tag),
#     FOREIGN KEY (film_id) REFERENCES films (id)
# );
