# ---
# misconception: "a seat is sold once, whatever the screening"
# caught_by: test_tickets
# hint: seat-once
# ---
# %% grade_id="tickets" language="sql" magic_args="tickets --after films screenings"
# CREATE TABLE tickets (
#     id INTEGER PRIMARY KEY,
#     screening_id INTEGER NOT NULL,
#     seat VARCHAR(4) NOT NULL UNIQUE,
#     email VARCHAR(254) NOT NULL,
#     code VARCHAR(40) UNIQUE,
#     FOREIGN KEY (screening_id) REFERENCES screenings (id)
# );
