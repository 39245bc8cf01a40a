# ---
# title: Make the slow queries fast
# kind: database
# seconds: 5
# ---

# %% [markdown]
# # Make the slow queries fast
#
# The shop's site was quick when it had a hundred orders. Now its pages take seconds, and the monitoring lists the queries that read
# most. You have the database, with 300 customers and 2,000 orders in place of millions, and one tool that shows what the database will do: the **query plan**.
#
# Five tasks, 18 points. No clock is used. The tests look at the plan: which table is *scanned* (read from the first row to the last), which is
# *searched* through an index, and whether rows are *sorted* afterwards.
#
# | table | columns |
# | --- | --- |
# | `customers` | `id` (primary key), `name`, `email` |
# | `orders` | `id` (primary key), `customer_id`, `status`, `placed_at`, `total_cents` |
#
# A `placed_at` is text with whole seconds, such as `2026-03-09 18:04:00`, so a later moment is a greater text. Four indexes are there
# already:
#
# | index | on |
# | --- | --- |
# | `customers_by_name` | `customers (name)` |
# | `orders_by_customer` | `orders (customer_id)` |
# | `orders_by_time` | `orders (placed_at)` |
# | `orders_by_time_2` | `orders (placed_at)` |

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

student.use_database("archive.sql")

# %% [markdown]
# These are the queries of the site. The cell belongs to the tests; run it and leave it as it is.

# %% tags=["setup"] grade_id="queries"
LOGIN = "SELECT id, name FROM customers WHERE email = 'c17@example.com'"
BY_NAME = "SELECT id, email FROM customers WHERE name = 'Customer 17'"
NEWEST = "SELECT id, placed_at, total_cents FROM orders WHERE customer_id = 17 ORDER BY placed_at DESC LIMIT 10"
DAY = "SELECT id, total_cents FROM orders WHERE DATE(placed_at) = '2026-03-09' ORDER BY placed_at, id"
OPEN = "SELECT COUNT(*), SUM(total_cents) FROM orders WHERE status = 'open' AND placed_at >= '2026-03-01'"


def after(*names):
    """Return a new database in which these cells of yours have run."""
    db = student.database()
    for name in names:
        db.script(student.sql(name))
    return db


def indexes(db):
    """Return the columns of each index, by its name."""
    names = [name for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")]
    return {name: [row[2] for row in db.rows(f'PRAGMA index_info("{name}")')] for name in names}


# %% [markdown]
# In SQLite, `EXPLAIN QUERY PLAN` in front of a query shows its plan (in MySQL it is `EXPLAIN`). Read the column `detail`. `SCAN customers` says
# that the login page reads all customers to find one. Change this cell for the other queries. When you have written an index in the cell `by_email`
# below, put `--after by_email` behind `look` to see the plan with it.

# %% language="sql" magic_args="look"
# EXPLAIN QUERY PLAN SELECT id, name FROM customers WHERE email = 'c17@example.com';

# %% [markdown]
# ## Task 1: the login (3 points)
#
# `LOGIN` looks a customer up by the e-mail address. Create **one** index with which it searches instead of scanning. (Its name is up to you, here and below.)

# %% tags=["task"] grade_id="by_email" language="sql" magic_args="by_email"
# -- ### BEGIN SOLUTION
# CREATE INDEX customers_by_email ON customers (email);
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_by_email" points=3 skills=["sql.indexes"] coverage=["S20"]
db = after("by_email")
assert len(indexes(db)) == 5, hint("one-index")
plan = db.plan(LOGIN)
assert not plan.scans("customers"), hint("login-scan")
### BEGIN HIDDEN TESTS
assert "email=?" in plan.text, hint("login-scan")
assert not db.plan("SELECT name FROM customers WHERE email = 'nobody@example.com'").scans("customers"), hint(
    "login-scan"
)
assert db.rows(LOGIN) == [(17, "Customer 17")], hint("one-index")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: my newest orders (4 points)
#
# `NEWEST` shows a customer the ten newest orders. Its plan already searches, by `orders_by_customer`. But it has a second line: `USE TEMP
# B-TREE FOR ORDER BY`. All orders of the customer are read and sorted, to show ten. Create **one** index with which the query
# searches, and finds the rows in order already, so that nothing is sorted.

# %% tags=["task"] grade_id="newest" language="sql" magic_args="newest"
# -- ### BEGIN SOLUTION
# CREATE INDEX orders_by_customer_and_time ON orders (customer_id, placed_at);
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_newest" points=4 skills=["sql.indexes", "sql.query-plans"] coverage=["S20"]
db = after("newest")
assert len(indexes(db)) == 5, hint("one-index")
plan = db.plan(NEWEST)
assert not plan.scans("orders"), hint("newest-scan")
assert not plan.sorts, hint("newest-sort")
### BEGIN HIDDEN TESTS
assert "customer_id=?" in plan.text, hint("newest-scan")
assert db.rows(NEWEST) == student.database().rows(NEWEST), hint("one-index")
oldest = db.plan("SELECT id FROM orders WHERE customer_id = 99 ORDER BY placed_at LIMIT 1")
assert not oldest.sorts, hint("newest-sort")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the orders of a day (4 points)
#
# There is an index on `placed_at`, and yet `DAY` scans all orders:
#
# ```sql
# SELECT id, total_cents FROM orders WHERE DATE(placed_at) = '2026-03-09' ORDER BY placed_at, id
# ```
#
# The index holds moments, not what a function makes of them. Write the query in another way, so that it gives the same rows in the same order, whatever the
# orders, and **searches the index that is there**. Create no index.

# %% tags=["task"] grade_id="day" language="sql" magic_args="day"
# -- ### BEGIN SOLUTION
# SELECT id, total_cents
# FROM orders
# WHERE placed_at >= '2026-03-09 00:00:00' AND placed_at < '2026-03-10 00:00:00'
# ORDER BY placed_at, id;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_day" points=4 skills=["sql.query-plans"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("day")) == ["id", "total_cents"], hint("day-rows")
assert db.rows(student.sql("day")) == db.rows(DAY), hint("day-rows")
plan = db.plan(student.sql("day"))
assert not plan.scans("orders"), hint("day-scan")
### BEGIN HIDDEN TESTS
for number, moment in enumerate(
    ("03-08 23:59:59", "03-09 00:00:00", "03-09 23:59:59", "03-10 00:00:00", "04-09 12:00:00")
):
    db.execute("INSERT INTO orders VALUES (?, 1, 'paid', ?, ?)", (9000 - number, f"2026-{moment}", number))
    db.execute("INSERT INTO orders VALUES (?, 1, 'paid', ?, ?)", (9100 - number, f"2026-{moment}", number + 100))
assert db.rows(student.sql("day")) == db.rows(DAY), hint("day-ends")
db.execute("PRAGMA reverse_unordered_selects = ON")  # rows without ORDER BY come the other way round
assert db.rows(student.sql("day")) == db.rows(DAY), hint("day-sort")
assert any(range_of_it in plan.text for range_of_it in ("placed_at>", "placed_at=", "placed_at<")), hint("day-scan")
assert not plan.sorts, hint("day-sort")
assert db.rows("SELECT count(*) FROM orders") == [(2010,)], hint("day-rows")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: the number on the dashboard (4 points)
#
# `OPEN` counts the open orders since March and adds up what they are worth. It runs every few seconds. Create **one** index that
#
# - leads straight to the rows that fit **both** conditions, and
# - holds all that the query needs, so that the table isn't read at all: the plan says `COVERING INDEX`.

# %% tags=["task"] grade_id="dashboard" language="sql" magic_args="dashboard"
# -- ### BEGIN SOLUTION
# CREATE INDEX orders_by_status_and_time ON orders (status, placed_at, total_cents);
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_dashboard" points=4 skills=["sql.indexes", "sql.query-plans"] coverage=["S20"]
db = after("dashboard")
assert len(indexes(db)) == 5, hint("one-index")
plan = db.plan(OPEN)
assert not plan.scans("orders"), hint("dashboard-both")
assert [step.covering for step in plan.steps] == [True], hint("dashboard-covering")
### BEGIN HIDDEN TESTS
assert "status=? AND placed_at>?" in plan.text, hint("dashboard-both")
assert db.rows(OPEN) == student.database().rows(OPEN), hint("one-index")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 5: what an index costs (3 points)
#
# Every index takes space, and every `INSERT`, `UPDATE` and `DELETE` has to keep it. With your three, there are seven now, and some are of no use any more:
# an index is **redundant** when its columns are the first columns of another one, in the same order. Whatever it can do, the other can do too.
#
# Drop what is redundant (`DROP INDEX name;`, in MySQL `DROP INDEX name ON table;`), so that five indexes or fewer are left, none of them
# redundant. All the queries must be as good as before: `LOGIN`, `BY_NAME`, `NEWEST`, your query of the day, and `OPEN`. The cell runs after
# your other ones.

# %% tags=["task"] grade_id="tidy" language="sql" magic_args="tidy --after by_email newest dashboard"
# -- ### BEGIN SOLUTION
# DROP INDEX orders_by_customer;
# DROP INDEX orders_by_time_2;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_tidy" points=3 skills=["sql.indexes"] coverage=["S20"]
db = after("by_email", "newest", "dashboard", "tidy")
left = indexes(db)
redundant = [
    name
    for name, columns in left.items()
    for other, longer in left.items()
    if other != name and longer[: len(columns)] == columns
]
assert redundant == [], hint("tidy-redundant")
assert len(left) <= 5, hint("tidy-redundant")
### BEGIN HIDDEN TESTS
for query in (LOGIN, BY_NAME, NEWEST, student.sql("day"), OPEN):
    plan = db.plan(query)
    assert [step.access for step in plan.steps] == ["search"], hint("tidy-needed")
    assert not plan.sorts, hint("tidy-needed")
assert [step.covering for step in db.plan(OPEN).steps] == [True], hint("tidy-needed")
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# That is the whole craft: find the query, read its plan, change one thing, read the plan again. In MySQL and MariaDB the plan has other words (`type: ALL` is a scan,
# `ref` and `range` are searches, `Using filesort` sorts, `Using index` is covering), and the same indexes help. One difference to keep in mind: a `DATETIME`
# compared with `'2026-03-10'` means midnight, which `BETWEEN` would include. `>=` and `<` are right everywhere.
