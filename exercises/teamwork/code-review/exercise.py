# ---
# title: Review a trainee's change
# kind: prose
# seconds: 5
# ---

# %% [markdown]
# # Review a trainee's change
#
# Sam has been in your team for three weeks and asks you to review a change: customers shall find their invoices, read them,
# and have them sent by e-mail. It is Sam's first change that touches a database. All tests that Sam wrote pass.
#
# You will review it, prove three of your findings with examples that run, and write the summary that Sam reads first. The
# first two are checked by program, the summary is marked by a person.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# ## The change
#
# The tables are there already, and right:
#
# ```sql
# CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL, token TEXT NOT NULL);
# CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers,
#                        title TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents >= 0));
# ```
#
# `customer` is always the id of the customer who is logged in; the caller has checked that. `text`, `page` and `invoice` come
# from the browser. `token` is what a customer logs in with. The module is new, so every line is part of the change:

# %% tags=["setup"] grade_id="change"
CHANGE = '''\
"""Invoices of the shop's customers."""

import logging

log = logging.getLogger(__name__)
PAGE_SIZE = 20


def euros(cents):
    """Return an amount as text: 1205 becomes "12.05"."""
    return f"{cents // 100}.{cents % 100:02}"


def search(connection, customer, text, page=1, found=[]):
    """Return page 1, 2, ... of a customer's invoices whose title holds a text."""
    start = page * PAGE_SIZE
    rows = connection.execute(
        f"SELECT id, title, cents FROM invoices WHERE customer = ? AND title LIKE '%{text}%'"
        " ORDER BY id LIMIT ? OFFSET ?",
        (customer, PAGE_SIZE, start),
    )
    for row in rows:
        found.append({"id": row[0], "title": row[1], "total": euros(row[2])})
    return found


def read(connection, customer, invoice):
    """Return one of a customer's invoices; None if there is none."""
    row = connection.execute("SELECT id, title, cents FROM invoices WHERE id = ?", (invoice,)).fetchone()
    if row is None:
        return None
    return {"id": row[0], "title": row[1], "total": euros(row[2])}


def send_by_mail(connection, customer, invoice, send):
    """Send an invoice to its customer; return whether it was sent."""
    address, token = connection.execute("SELECT email, token FROM customers WHERE id = ?", (customer,)).fetchone()
    log.info("sending invoice %s to %s with token %s", invoice, address, token)
    try:
        send(address, read(connection, customer, invoice))
    except Exception:
        pass
    return True
'''

for number, line in enumerate(CHANGE.splitlines(), start=1):
    print(f"{number:3}  {line}")

# %% [markdown]
# ## Task 1: the review
#
# Set the text `REVIEW`: one remark a line, in the form `L12 must: …`, or `L12-14 must: …` for a few lines (six at most). The words
# after the line number say how much it matters:
#
# | word | means |
# | --- | --- |
# | `must` | the change can't go live like this: it is wrong, or it puts data at risk |
# | `should` | it works, but it will cost us; better mend it now |
# | `could` | a matter of taste or a thought; the author decides |
# | `good` | this is well done, and worth keeping |
#
# What is asked:
#
# - **Find what is wrong.** There are three faults that put data at risk, each a `must`, and three that make the code do something
#   else than its docstring says, each `must` or `should`.
# - **Leave alone what is right.** A `must` on a line with nothing wrong is a false alarm, and costs Sam an hour. One is forgiven.
# - Each `must` and `should` has **8 words or more**: what can happen, and what to do instead. All in all at most 14 remarks.
# - At least one `good`.
# - Speak of the code, not of Sam. The test refuses: `always forget`, `careless`, `obviously`, `of course`, `stupid`, `terrible`, `why
#   didn't you`, `you forgot`, `you should know`, `you should have`.
#
# The next cell only holds what the tests use; you needn't read it.

# %% tags=["setup"] grade_id="reading"
import re

RUDE = [
    "always forget",
    "careless",
    "obviously",
    "of course",
    "stupid",
    "terrible",
    "why didn't you",
    "you forgot",
    "you should know",
    "you should have",
]


def remarks(text):
    """Return the remarks of a review as tuples of first line, last line, word and text, and the lines that aren't any."""
    found, unknown = [], []
    for line in (line.strip() for line in text.splitlines()):
        match = re.fullmatch(r"L(\d+)(?:-L?(\d+))? (must|should|could|good): *(\S.*)", line)
        if match:
            first = int(match[1])
            found.append((first, int(match[2] or first), match[3], match[4]))
        elif line:
            unknown.append(line)
    return found, unknown


def out_of_bounds(found):
    """Return the places of remarks that name no line of the change, or more than six."""
    last = len(CHANGE.splitlines())
    return [f"L{first}-{end}" for first, end, *_ in found if not (1 <= first <= end <= last and end - first < 6)]


def too_short(found):
    """Return the remarks that are a must or a should and have fewer than 8 words."""
    return [text for _, _, word, text in found if word in ("must", "should") and len(text.split()) < 8]


# %% tags=["task"] grade_id="review"
# REVIEW is one text in three double quotes, a remark on each line.
### BEGIN SOLUTION
REVIEW = """
L9 good: Cents stay whole numbers until they are shown, so no sum is ever off by a cent.
L14 must: The list of `found=[]` is made once, so the next call still holds the last one's invoices. Begin with a new list inside.
L16 must: Page 1 starts at 20, so the first twenty invoices are never shown. `(page - 1) * PAGE_SIZE` starts at 0.
L18 must: `text` becomes part of the SQL, so a visitor can write conditions and read others' invoices. Pass it with a `?`.
L19 good: The limit and the order are in the query, so it stays quick with many invoices.
L29 must: Any customer can read any invoice by trying numbers. Add `AND customer = ?` to the condition.
L38 must: The log would hold the login token and the address, and many people read logs. The invoice's number is enough.
L41-43 must: An error is swallowed, and the answer is True although nothing was sent. Let the error through, or return False.
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_review_form" points=2 skills=["teamwork.code-review", "teamwork.collaboration"] coverage=["S42", "S44"]
text = student["REVIEW"]
assert isinstance(text, str), hint("form")
found, unknown = remarks(text)
assert unknown == [], hint("form")
assert len(found) >= 4, hint("form")
assert out_of_bounds(found) == [], hint("lines")
assert len(found) <= 14, hint("too-many")
assert too_short(found) == [], hint("words")
assert "good" in [word for _, _, word, _ in found], hint("good")
assert [words for words in RUDE if words in text.lower()] == [], hint("person")
### BEGIN HIDDEN TESTS
reasons = [said for _, _, word, said in found if word in ("must", "should")]
assert len(set(reasons)) == len(reasons), hint("words")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_review_finds_risks" points=3 skills=["teamwork.code-review"] coverage=["S06", "S42"]
text = student["REVIEW"]
assert isinstance(text, str), hint("form")
found, unknown = remarks(text)
assert unknown == [] and out_of_bounds(found) == [], hint("form")
assert [said for _, _, word, said in found if word == "must"] != [], hint("risks")
### BEGIN HIDDEN TESTS


def found_at(found, first, last, pattern, words=("must",)):
    """Return whether a remark of the right weight stands at one of the lines, and speaks of the matter."""
    return any(
        start <= last and end >= first and word in words and re.search(pattern, said, re.IGNORECASE)
        for start, end, word, said in found
    )


INJECTION = r"inject|placeholder|param|bind|bound|quot|escap|sql|quer|\?|f-string|format|interpol|condition"
STRANGERS = r"customer|owner|own\b|other|belong|access|any|else|permission|authori|guess|stranger"
LOGGED = r"log|token|secret|person|priva|address|e-?mail|credential|password|data"
assert found_at(found, 17, 21, INJECTION, ("must", "should", "could")), hint("injection")
assert found_at(found, 27, 32, STRANGERS, ("must", "should", "could")), hint("strangers")
assert found_at(found, 37, 38, LOGGED, ("must", "should", "could")), hint("logged")
assert found_at(found, 17, 21, INJECTION), hint("weight")
assert found_at(found, 27, 32, STRANGERS), hint("weight")
assert found_at(found, 37, 38, LOGGED), hint("weight")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_review_finds_faults" points=3 skills=["teamwork.code-review"] coverage=["S06", "S42"]
text = student["REVIEW"]
assert isinstance(text, str), hint("form")
found, unknown = remarks(text)
assert unknown == [] and out_of_bounds(found) == [], hint("form")
assert len([said for _, _, word, said in found if word in ("must", "should")]) >= 3, hint("faults")
### BEGIN HIDDEN TESTS


def finds_fault(found, first, last, pattern):
    return any(
        start <= last and end >= first and word in ("must", "should") and re.search(pattern, said, re.IGNORECASE)
        for start, end, word, said in found
    )


SHARED = r"default|shar|mutab|list|call|same|keep|kept|remember|grow|again|earlier|previous|old"
PAGES = r"page|first|skip|offset|off.by|start|begin|zero|miss|\b[01]\b"
SWALLOWED = r"error|exception|swallow|silent|true|fail|pass|except|caught|catch|hid|lie|lost"
assert finds_fault(found, 16, 16, PAGES), hint("page")
assert finds_fault(found, 39, 43, SWALLOWED), hint("swallowed")
assert finds_fault(found, 14, 14, SHARED) or finds_fault(found, 22, 24, SHARED), hint("shared")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_review_false_alarms" points=2 skills=["teamwork.code-review"] coverage=["S44"]
text = student["REVIEW"]
assert isinstance(text, str), hint("form")
found, unknown = remarks(text)
assert unknown == [] and out_of_bounds(found) == [], hint("form")
### BEGIN HIDDEN TESTS
SOMETHING_WRONG = {14, *range(16, 25), *range(27, 33), *range(36, 44)}
demanded = [(first, last, said) for first, last, word, said in found if word == "must"]
right_ones = [said for first, last, said in demanded if SOMETHING_WRONG & set(range(first, last + 1))]
false_alarms = [f"L{first}: {said}" for first, last, said in demanded if said not in right_ones]
assert len(right_ones) >= 3, hint("risks")
assert len(false_alarms) <= 1, hint("false-alarm")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: prove it
#
# "I think that is unsafe" starts a debate; an example ends it. This cell makes a small database. Customer 1 has 25 invoices
# with the titles `tea 1` to `tea 25`. Customer 2 has one, number 100, *ring for Ana*. Customer 3 has one, number 200, *secret gift*.

# %% tags=["setup"] grade_id="database"
import sqlite3


def small_database():
    """Return a connection to a new database with three customers and 27 invoices."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL, token TEXT NOT NULL);
        CREATE TABLE invoices (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers,
                               title TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents >= 0));
        INSERT INTO customers VALUES (1, 'ada@example.com', 'k1'), (2, 'bo@example.com', 'k2'), (3, 'cy@example.com', 'k3');
        INSERT INTO invoices VALUES (100, 2, 'ring for Ana', 90000), (200, 3, 'secret gift', 4500);
        """
    )
    connection.executemany(
        "INSERT INTO invoices VALUES (?, 1, ?, 350)", [(number, f"tea {number}") for number in range(1, 26)]
    )
    return connection


def changed_module():
    """Return what the change defines, fresh: its functions by their names."""
    names = {"__name__": "invoices"}
    exec(CHANGE, names)
    return names


# %% [markdown]
# Try the change here. `page=0` shows what page 1 should.

# %%
invoices = changed_module()
print(invoices["search"](small_database(), 1, "tea 1", page=0))

# %% [markdown]
# Set three variables:
#
# - `SEARCH_TEXT`: a text (`str`) for which `search(connection, 1, SEARCH_TEXT, page=0)` gives customer 1 an invoice of another
#   customer. (It runs without an error; mind that the query goes on after the text, and that a page holds 20 invoices.)
# - `STRANGER`: a tuple of a customer and the number of an invoice, both from the database, for which `read` gives that customer what
#   isn't theirs.
# - `PAGE_ONE`: a tuple of two numbers: how many invoices customer 1 should get for `search(connection, 1, "tea", page=1)`, and how many
#   really come.

# %% tags=["task"] grade_id="proofs"
# SEARCH_TEXT, STRANGER and PAGE_ONE
### BEGIN SOLUTION
SEARCH_TEXT = "nothing%' OR title LIKE '%ring"
STRANGER = (1, 100)
PAGE_ONE = (20, 5)
### END SOLUTION

# %% tags=["test"] grade_id="test_proofs" points=3 skills=["teamwork.code-review"] coverage=["S42", "S44"]
assert isinstance(student["SEARCH_TEXT"], str), hint("example-injection")
search, read = changed_module()["search"], changed_module()["read"]
assert any(invoice["id"] in (100, 200) for invoice in search(small_database(), 1, student["SEARCH_TEXT"], page=0)), (
    hint("example-injection", {"ProgrammingError": "example-comment"})
)
assert isinstance(student["STRANGER"], tuple), hint("example-stranger")
assert len(student["STRANGER"]) == 2, hint("example-stranger")
assert read(small_database(), *student["STRANGER"]) is not None, hint("example-stranger")
assert isinstance(student["PAGE_ONE"], tuple), hint("example-page")
assert len(student["PAGE_ONE"]) == 2, hint("example-page")
### BEGIN HIDDEN TESTS
owners = dict(small_database().execute("SELECT id, customer FROM invoices").fetchall())
customer, invoice = student["STRANGER"]
assert customer in (1, 2, 3), hint("example-stranger")
assert owners[invoice] != customer, hint("example-stranger")
should, came = student["PAGE_ONE"]
assert should == 20, hint("example-page")
assert came == len(changed_module()["search"](small_database(), 1, "tea", page=1)), hint("example-page")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the summary
#
# Above the remarks stands a summary, and it is what Sam reads first. Write it: at most 120 words, as you would send it.
#
# **Marking scheme (3 points).**
#
# - 1 point: **the verdict is clear** in the first two sentences: what is good and true about the change, that it can't go live yet, and
#   which one or two things come first. (Data at risk comes before everything else.)
# - 1 point: **it teaches.** At least one finding is turned into something that Sam can use next time: a rule, a question to ask oneself,
#   or where to read about it. Not only the corrected line.
# - 1 point: **it makes the next step easy**: what to do, in which order, and an offer of help that can be taken up (with a time, or
#   a first step together). Nothing in it judges Sam as a person.

# %% [markdown] tags=["manual"] grade_id="summary" points=3 skills=["teamwork.code-review", "teamwork.collaboration", "teamwork.mentoring"] coverage=["S06", "S35", "S44"]
# ### BEGIN SOLUTION
# Sam, the module reads well: small functions, docstrings that promise something one can test, amounts as whole cents. It can't go live
# yet, since customers could see other people's invoices in two ways (L18, L29). Please begin there.
#
# A question that I ask of every query: *which parts come from the browser, and does the condition say whose rows these are?* The
# first go in as `?`, always; the second needs `customer = ?`.
#
# Then the log (L38), then L14, L16 and L41. A test for each, written first, will show you that it fails today; for L16, try a customer with
# 25 invoices. Shall we do L18 together at two o'clock? The rest you can do alone.
# ### END SOLUTION

# %% [markdown]
# ## Where to go from here
#
# Look at the last change that you made yourself, with the questions of this review: what comes from outside, whose data is it, what is
# logged, what happens on failure? Next: *Plan and estimate under limits*.
