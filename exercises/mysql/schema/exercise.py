# ---
# title: A schema that refuses wrong data
# kind: database
# seconds: 5
# ---

# %% [markdown]
# # A schema that refuses wrong data
#
# A small cinema has kept its programme and its tickets in a spreadsheet. Last Saturday seat C4 was sold twice, a ticket was found
# for a film that nobody shows, and one film lasts *ninety* minutes, in letters. You are asked for a database instead, and for
# one promise with it: **wrong data can't get in**, whichever program writes it.
#
# Four tables, four tasks, 16 points. For each, write `CREATE TABLE` with the columns that are named, and let *constraints* keep the
# rules: `PRIMARY KEY`, `NOT NULL`, `UNIQUE`, `CHECK`, `FOREIGN KEY`, `DEFAULT`.
#
# The cells run on SQLite, so that they run everywhere. Write plain SQL, and MySQL and MariaDB take it as well. There the types
# are `INTEGER`, `VARCHAR(200)` and `DATETIME`, and a reference is only kept when it is a line of its own:
# `FOREIGN KEY (film_id) REFERENCES films (id)`.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# The next cell belongs to the tests. Run it and leave it as it is.


# %% tags=["setup"] grade_id="built"
def built(*names):
    """Return a new database in which these cells of yours have run."""
    db = student.database()
    for name in names:
        db.script(student.sql(name))
    return db


def add_film(db, number, title="Metropolis", minutes=153, age=6):
    """Add a film."""
    db.execute("INSERT INTO films (id, title, minutes, age) VALUES (?, ?, ?, ?)", (number, title, minutes, age))


def add_screening(db, number, film=1, room=1, starts_at="2026-05-02 20:00", price=950):
    """Add a screening."""
    db.execute(
        "INSERT INTO screenings (id, film_id, room, starts_at, price_cents) VALUES (?, ?, ?, ?, ?)",
        (number, film, room, starts_at, price),
    )


def add_ticket(db, number, screening=1, seat="C4", email="ada@example.com", code=None):
    """Add a ticket."""
    db.execute(
        "INSERT INTO tickets (id, screening_id, seat, email, code) VALUES (?, ?, ?, ?, ?)",
        (number, screening, seat, email, code),
    )


# %% [markdown]
# ## Task 1: films (4 points)
#
# Create the table `films`:
#
# | column | holds | rule |
# | --- | --- | --- |
# | `id` | whole number | the primary key |
# | `title` | text | needed, and not the empty text |
# | `minutes` | whole number | needed; from 1 to 600 |
# | `age` | whole number: how old a visitor must be | 0, 6, 12, 16 or 18; **0 if nothing is said**; never `NULL` |
#
# `INSERT INTO films (id, title, minutes) VALUES (1, 'Metropolis', 153)` must work, and give an `age` of 0. Choose types that fit:
# the film *1917* has a title of text, and its minutes can be added up.

# %% tags=["task"] grade_id="films" language="sql" magic_args="films"
# -- ### BEGIN SOLUTION
# CREATE TABLE films (
#     id      INTEGER PRIMARY KEY,
#     title   VARCHAR(200) NOT NULL CHECK (title <> ''),
#     minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
#     age     INTEGER NOT NULL DEFAULT 0 CHECK (age IN (0, 6, 12, 16, 18))
# );
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_films" points=4 skills=["sql.tables", "sql.constraints"] coverage=["S20"]
db = built("films")
with db.accepts(hint("age-default")):
    db.execute("INSERT INTO films (id, title, minutes) VALUES (1, 'Metropolis', 153)")
assert db.rows("SELECT age FROM films") == [(0,)], hint("age-default")
assert db.rows("SELECT id, title, minutes FROM films") == [(1, "Metropolis", 153)], hint("types")
with db.refuses("", hint("film-key")):
    add_film(db, 1, title="Another film")
with db.refuses("", hint("title")):
    add_film(db, 2, title=None)
with db.refuses("", hint("minutes")):
    add_film(db, 2, minutes=0)
### BEGIN HIDDEN TESTS
with db.accepts(hint("age")):
    for age in (0, 6, 12, 16, 18):
        add_film(db, 10 + age, age=age)
for age in (-1, 1, 5, 7, 13, 17, 19):
    with db.refuses("", hint("age")):
        add_film(db, 2, age=age)
with db.refuses("", hint("age-null")):
    add_film(db, 2, age=None)
with db.refuses("", hint("title")):
    add_film(db, 2, title="")
for minutes in (601, -5):
    with db.refuses("", hint("minutes")):
        add_film(db, 2, minutes=minutes)
with db.refuses("", hint("minutes-null")):
    add_film(db, 2, minutes=None)
with db.accepts(hint("minutes")):
    add_film(db, 3, minutes=1)
    add_film(db, 4, minutes=600)
db = built("films")
add_film(db, 1, title="1917", minutes="119")
assert db.rows("SELECT title, minutes FROM films") == [("1917", 119)], hint("types")
with db.accepts(hint("same-title")):
    add_film(db, 2, title="1917")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: screenings (5 points)
#
# Create the table `screenings`. It refers to `films`.
#
# | column | holds | rule |
# | --- | --- | --- |
# | `id` | whole number | the primary key |
# | `film_id` | the `id` of a film | needed; the film must be there |
# | `room` | whole number | needed; from 1 to 4 |
# | `starts_at` | date and time, such as `2026-05-02 20:00` | needed |
# | `price_cents` | whole number: cents | needed; 0 or more |
#
# Two more rules. In one room, only one screening starts at a time; other rooms may start at the same time. And a film that has a
# screening can't be deleted.

# %% tags=["task"] grade_id="screenings" language="sql" magic_args="screenings --after films"
# -- ### BEGIN SOLUTION
# CREATE TABLE screenings (
#     id          INTEGER PRIMARY KEY,
#     film_id     INTEGER NOT NULL,
#     room        INTEGER NOT NULL CHECK (room BETWEEN 1 AND 4),
#     starts_at   DATETIME NOT NULL,
#     price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
#     UNIQUE (room, starts_at),
#     FOREIGN KEY (film_id) REFERENCES films (id)
# );
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_screenings" points=5 skills=["sql.constraints"] coverage=["S20"]
db = built("films", "screenings")
add_film(db, 1)
with db.accepts(hint("screening")):
    add_screening(db, 1)
assert db.rows("SELECT film_id, room, starts_at, price_cents FROM screenings WHERE id = 1") == [
    (1, 1, "2026-05-02 20:00", 950)
], hint("screening")
with db.refuses("", hint("film-exists")):
    add_screening(db, 2, film=7, room=2)
with db.refuses("", hint("room-and-time")):
    add_screening(db, 2)
with db.refuses("", hint("film-kept")):
    db.execute("DELETE FROM films WHERE id = 1")
### BEGIN HIDDEN TESTS
with db.accepts(hint("room-and-time")):
    add_screening(db, 2, room=2)  # another room, the same time
    add_screening(db, 3, starts_at="2026-05-02 22:30")  # the same room, another time
for room in (0, 5):
    with db.refuses("", hint("room")):
        add_screening(db, 4, room=room, starts_at="2026-05-03 20:00")
with db.accepts(hint("price")):
    add_screening(db, 4, room=4, price=0)
for field in ("film", "room", "starts_at", "price"):
    with db.refuses("", hint("screening-null")):
        add_screening(db, 5, **{"starts_at": "2026-05-04 20:00", field: None})
with db.refuses("", hint("price")):
    add_screening(db, 5, starts_at="2026-05-04 20:00", price=-1)
with db.refuses("", hint("film-exists")):
    db.execute("UPDATE screenings SET film_id = 99 WHERE id = 1")
with db.refuses("", hint("screening-key")):
    add_screening(db, 1, starts_at="2026-05-05 20:00")
add_film(db, 2)
with db.accepts(hint("film-kept")):
    db.execute("DELETE FROM films WHERE id = 2")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: tickets (4 points)
#
# Create the table `tickets`. It refers to `screenings`.
#
# | column | holds | rule |
# | --- | --- | --- |
# | `id` | whole number | the primary key |
# | `screening_id` | the `id` of a screening | needed; the screening must be there |
# | `seat` | text, such as `C4` | needed; in one screening, a seat is sold once |
# | `email` | text | needed |
# | `code` | text: what the door reads | `NULL` until the ticket is printed; then no other ticket has the same |
#
# A screening for which tickets were sold can't be deleted: somebody has paid.

# %% tags=["task"] grade_id="tickets" language="sql" magic_args="tickets --after films screenings"
# -- ### BEGIN SOLUTION
# CREATE TABLE tickets (
#     id           INTEGER PRIMARY KEY,
#     screening_id INTEGER NOT NULL,
#     seat         VARCHAR(4) NOT NULL,
#     email        VARCHAR(254) NOT NULL,
#     code         VARCHAR(40) UNIQUE,
#     UNIQUE (screening_id, seat),
#     FOREIGN KEY (screening_id) REFERENCES screenings (id)
# );
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_tickets" points=4 skills=["sql.constraints"] coverage=["S19"]
db = built("films", "screenings", "tickets")
add_film(db, 1)
add_screening(db, 1)
add_screening(db, 2, room=2)
with db.accepts(hint("code-null")):
    add_ticket(db, 1)
assert db.rows("SELECT screening_id, seat, email, code FROM tickets") == [(1, "C4", "ada@example.com", None)], hint(
    "ticket"
)
with db.refuses("", hint("seat-once")):
    add_ticket(db, 2, email="bo@example.com")
with db.refuses("", hint("tickets-kept")):
    db.execute("DELETE FROM screenings WHERE id = 1")
### BEGIN HIDDEN TESTS
with db.accepts(hint("seat-once")):
    add_ticket(db, 2, screening=2)  # the same seat, another screening
with db.accepts(hint("code-null")):
    add_ticket(db, 3, seat="C5")  # the same visitor, another seat, and no code either
    add_ticket(db, 4, seat="C6", code="K7")
    add_ticket(db, 5, seat="C7", code="K8")
with db.refuses("", hint("code-once")):
    add_ticket(db, 7, seat="C9", code="K7")
with db.refuses("", hint("screening-exists")):
    add_ticket(db, 7, screening=3, seat="C9")
for field in ("screening", "seat", "email"):
    with db.refuses("", hint("ticket-null")):
        add_ticket(db, 7, **{"seat": "C9", field: None})
with db.refuses("", hint("ticket-key")):
    add_ticket(db, 1, seat="C9")
with db.accepts(hint("tickets-kept")):
    db.execute("UPDATE tickets SET screening_id = 1, seat = 'D1' WHERE id = 2")
    db.execute("DELETE FROM screenings WHERE id = 2")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: tags (3 points)
#
# A film has any number of tags (*silent*, *for families*), and a tag is on any number of films. Such a *many-to-many* relation
# needs a table of its own. Create `film_tags` with the columns `film_id` (the `id` of a film) and `tag` (text). Both are
# needed, a film has a tag only once, and only films that are there have tags.
#
# Tags are of no worth without their film: **when a film is deleted, its tags go with it**, by themselves.

# %% tags=["task"] grade_id="film_tags" language="sql" magic_args="film_tags --after films"
# -- ### BEGIN SOLUTION
# CREATE TABLE film_tags (
#     film_id INTEGER NOT NULL,
#     tag     VARCHAR(40) NOT NULL,
#     PRIMARY KEY (film_id, tag),
#     FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE
# );
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_film_tags" points=3 skills=["sql.constraints"] coverage=["S19"]
TAGGED = "INSERT INTO film_tags (film_id, tag) VALUES (?, ?)"
db = built("films", "film_tags")
add_film(db, 1)
add_film(db, 2)
with db.accepts(hint("tag-once")):
    db.execute(TAGGED, (1, "silent"))
    db.execute(TAGGED, (2, "silent"))
    db.execute(TAGGED, (1, "classic"))
with db.refuses("", hint("tag-once")):
    db.execute(TAGGED, (1, "silent"))
with db.accepts(hint("tags-go")):
    db.execute("DELETE FROM films WHERE id = 1")
assert db.rows("SELECT film_id, tag FROM film_tags") == [(2, "silent")], hint("tags-go")
### BEGIN HIDDEN TESTS
with db.refuses("", hint("tag-film")):
    db.execute(TAGGED, (9, "silent"))
for row in ((None, "silent"), (2, None)):
    with db.refuses("", hint("tag-null")):
        db.execute(TAGGED, row)
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# These rules hold for every program that writes to the database: the shop, the cashier's desk, the script that somebody runs at
# night. A program still checks its input first, because it can say more kindly what is wrong. But only the database sees two
# visitors who click on the same seat in the same second.
#
# In the exercise **Queries and joins** you ask questions of tables like these.
