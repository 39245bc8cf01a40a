# ---
# misconception: "what isn't known yet is the empty text"
# caught_by: test_tickets
# hint: code-null
# ---
# %% grade_id="tickets" language="sql" magic_args="tickets --after films screenings"
# CREATE TABLE tickets (
#     id INTEGER PRIMARY KEY,
#     screening_id INTEGER NOT NULL,
#     seat VARCHAR(4) NOT NULL,
#     email VARCHAR(254) NOT NULL,
#     code VARCHAR(40) NOT NULL DEFAULT '' UNIQUE,
#     UNIQUE (screening_id, seat),
#     FOREIGN KEY (screening_id) REFERENCES screenings (id)
# );
