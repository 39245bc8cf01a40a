# ---
# misconception: "a foreign key needs ON DELETE CASCADE"
# caught_by: test_tickets
# hint: tickets-kept
# ---
# %% grade_id="tickets" language="sql" magic_args="tickets --after films screenings"
# CREATE TABLE tickets (
#     id INTEGER PRIMARY KEY,
#     screening_id INTEGER NOT NULL,
#     seat VARCHAR(4) NOT NULL,
#     email VARCHAR(254) NOT NULL,
#     code VARCHAR(40) UNIQUE,
#     UNIQUE (screening_id, seat),
#     FOREIGN KEY (screening_id) REFERENCES screenings (id) ON DELETE CASCADE
# );
