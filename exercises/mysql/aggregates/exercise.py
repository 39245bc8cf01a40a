# ---
# title: A monthly report
# kind: database
# seconds: 5
# ---

# %% [markdown]
# # A monthly report
#
# The owner of the tea shop wants a report on the first of each month: how many orders, what sold well, what each month
# brought, and who still owes money. Last month somebody added it up by hand, and two figures were wrong. It shall come out of
# the database, four queries in a row.
#
# Four tasks, 16 points. Write one statement for each. The data are examples; the tests put in more.
#
# | table | columns |
# | --- | --- |
# | `products` | `id`, `name` (two products may have the same name: there are two that are called *Blue mug*) |
# | `orders` | `id`, `customer_id` (`NULL`: a guest), `placed_on` (a date, such as `2026-01-31`), `status`: `done` or `cancelled`, `rating`: 1 to 5, `NULL` if not given |
# | `order_lines` | `order_id`, `product_id`, `quantity`, `price_cents` (for one piece) |
# | `payments` | `id`, `order_id`, `cents` (less than 0 when money was given back) |
# | `months` | `month`, such as `2026-01`: the months of the report |
#
# An order has any number of lines and any number of payments, also none. **Cancelled orders don't count, in any of the tasks.** The file
# `sales.sql`, beside this notebook, has it all.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

student.use_database("sales.sql")


def add_orders(db, *orders):
    """Add orders: id, customer, day, status, rating."""
    for order in orders:
        db.execute("INSERT INTO orders (id, customer_id, placed_on, status, rating) VALUES (?, ?, ?, ?, ?)", order)


def add_lines(db, *lines):
    """Add lines: order, product, quantity, price of a piece."""
    for line in lines:
        db.execute("INSERT INTO order_lines (order_id, product_id, quantity, price_cents) VALUES (?, ?, ?, ?)", line)


# %% [markdown]
# Look around first: change this cell as you like.

# %% language="sql" magic_args="look"
# SELECT * FROM order_lines;

# %% [markdown]
# ## Task 1: all in one row (3 points)
#
# One row with four columns: `orders`, how many orders there are; `customers`, how many **different** customers made them (guests
# aren't counted); `rated`, how many orders have a rating; and `rating`, the average of these ratings, rounded to one
# decimal place (`NULL` if there is none).
#
# | orders | customers | rated | rating |
# | --- | --- | --- | --- |
# | 5 | 3 | 3 | 3.7 |

# %% tags=["task"] grade_id="totals" language="sql" magic_args="totals"
# -- ### BEGIN SOLUTION
# SELECT COUNT(*) AS orders,
#        COUNT(DISTINCT customer_id) AS customers,
#        COUNT(rating) AS rated,
#        ROUND(AVG(rating), 1) AS rating
# FROM orders
# WHERE status <> 'cancelled';
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_totals" points=3 skills=["sql.aggregates"] coverage=["S19"]
db = student.database()
assert db.columns(student.sql("totals")) == ["orders", "customers", "rated", "rating"], hint("columns")
(row,) = db.query(student.sql("totals"))
assert row["orders"] == 5, hint("totals-orders")
assert row["customers"] == 3, hint("totals-customers")
assert row["rated"] == 3, hint("totals-rated")
assert row["rating"] == 3.7, hint("totals-rating")
### BEGIN HIDDEN TESTS
add_orders(
    db, (20, 8, "2026-04-01", "done", 3), (21, None, "2026-04-01", "done", 3), (22, 8, "2026-04-01", "cancelled", 1)
)
(row,) = db.query(student.sql("totals"))
assert (row["orders"], row["customers"], row["rated"]) == (7, 4, 5), hint("totals-customers")
assert row["rating"] == 3.4, hint("totals-rating")
db.execute("UPDATE orders SET rating = NULL")
(row,) = db.query(student.sql("totals"))
assert (row["rated"], row["rating"]) == (0, None), hint("totals-rating")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: what sold well? (4 points)
#
# All products of which at least 5 pieces were sold. Columns: `id` and `name` of the product, `pieces` (how many were sold), and
# `revenue_cents` (what was paid for them). The highest revenue first; equal ones by `id`.
#
# | id | name | pieces | revenue_cents |
# | --- | --- | --- | --- |
# | 2 | Blue mug | 5 | 6000 |
# | 5 | Blue mug | 5 | 4500 |
# | 4 | Ceylon, 100 g | 5 | 4450 |
# | 1 | Assam, 100 g | 6 | 3980 |

# %% tags=["task"] grade_id="sold_well" language="sql" magic_args="sold_well"
# -- ### BEGIN SOLUTION
# SELECT p.id, p.name, SUM(l.quantity) AS pieces, SUM(l.quantity * l.price_cents) AS revenue_cents
# FROM products AS p
# JOIN order_lines AS l ON l.product_id = p.id
# JOIN orders AS o ON o.id = l.order_id
# WHERE o.status <> 'cancelled'
# GROUP BY p.id, p.name
# HAVING SUM(l.quantity) >= 5
# ORDER BY revenue_cents DESC, p.id;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_sold_well" points=4 skills=["sql.aggregates"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("sold_well")) == ["id", "name", "pieces", "revenue_cents"], hint("columns")
rows = db.rows(student.sql("sold_well"))
assert sorted(row[0] for row in rows) == [1, 2, 4, 5], hint("sold-which")
assert [row[0] for row in rows] == [2, 5, 4, 1], hint("sold-order")
assert [row[1] for row in rows] == ["Blue mug", "Blue mug", "Ceylon, 100 g", "Assam, 100 g"], hint("sold-which")
assert [row[2] for row in rows] == [5, 5, 5, 6], hint("sold-pieces")
assert [row[3] for row in rows] == [6000, 4500, 4450, 3980], hint("sold-revenue")
### BEGIN HIDDEN TESTS
add_orders(db, (30, 1, "2026-04-05", "done", None), (31, 1, "2026-04-06", "done", None))
add_lines(db, (30, 3, 2, 100), (31, 3, 1, 100), (31, 5, 1, 1500))
assert [row[0] for row in db.rows(student.sql("sold_well"))] == [2, 5, 4, 1], hint("sold-which")
assert db.rows(student.sql("sold_well"))[1] == (5, "Blue mug", 6, 6000), hint("sold-order")
add_lines(db, (30, 1, 90, 1))
assert (1, "Assam, 100 g", 96, 4070) in db.rows(student.sql("sold_well")), hint("sold-pieces")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: month by month (4 points)
#
# One row for **each month in `months`**, also for one without an order. Columns: `month`, `orders` (how many orders were placed in it), and
# `revenue_cents` (the sum of their lines, 0 if there is none). The latest month comes first. Orders of other months don't appear.
#
# | month | orders | revenue_cents |
# | --- | --- | --- |
# | 2026-04 | 0 | 0 |
# | 2026-03 | 3 | 18580 |
# | 2026-02 | 0 | 0 |
# | 2026-01 | 2 | 5250 |
#
# The month of a date is its first seven characters: `SUBSTR(placed_on, 1, 7)` gives them, in SQLite and in MySQL.

# %% tags=["task"] grade_id="by_month" language="sql" magic_args="by_month"
# -- ### BEGIN SOLUTION
# SELECT m.month,
#        COUNT(DISTINCT o.id) AS orders,
#        COALESCE(SUM(l.quantity * l.price_cents), 0) AS revenue_cents
# FROM months AS m
# LEFT JOIN orders AS o ON SUBSTR(o.placed_on, 1, 7) = m.month AND o.status <> 'cancelled'
# LEFT JOIN order_lines AS l ON l.order_id = o.id
# GROUP BY m.month
# ORDER BY m.month DESC;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_by_month" points=4 skills=["sql.aggregates"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("by_month")) == ["month", "orders", "revenue_cents"], hint("columns")
rows = db.rows(student.sql("by_month"))
assert sorted(row[0] for row in rows) == ["2026-01", "2026-02", "2026-03", "2026-04"], hint("month-all")
assert [row[0] for row in rows] == ["2026-04", "2026-03", "2026-02", "2026-01"], hint("month-order")
assert [row[1] for row in rows] == [0, 3, 0, 2], hint("month-orders")
assert [row[2] for row in rows] == [0, 18580, 0, 5250], hint("month-revenue")
### BEGIN HIDDEN TESTS
db.execute("INSERT INTO months (month) VALUES ('2025-12')")
add_orders(
    db, (40, 1, "2025-03-10", "done", None), (41, 1, "2026-04-30", "done", None), (42, 1, "2026-04-30", "done", None)
)
add_lines(db, (40, 1, 1, 1), (41, 1, 2, 500), (41, 2, 1, 100), (41, 4, 1, 100))
rows = db.rows(student.sql("by_month"))
assert [row[0] for row in rows] == ["2026-04", "2026-03", "2026-02", "2026-01", "2025-12"], hint("month-all")
assert [row[1] for row in rows] == [2, 3, 0, 2, 0], hint("month-orders")
assert [row[2] for row in rows] == [1200, 18580, 0, 5250, 0], hint("month-revenue")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: who still owes? (5 points)
#
# All orders for which less was paid than their lines cost together. Columns: `order_id`; `total_cents`, the sum of the lines; `paid_cents`, the
# sum of the payments (0 if there is none); and `owed_cents`, the difference. The largest debt first; equal ones by `order_id`. An order without
# lines costs nothing and isn't listed.
#
# | order_id | total_cents | paid_cents | owed_cents |
# | --- | --- | --- | --- |
# | 5 | 9700 | 0 | 9700 |
# | 2 | 2670 | 2000 | 670 |
#
# Mind what happens when you join an order to its lines *and* to its payments.

# %% tags=["task"] grade_id="owing" language="sql" magic_args="owing"
# -- ### BEGIN SOLUTION
# WITH totals AS (
#     SELECT order_id, SUM(quantity * price_cents) AS cents FROM order_lines GROUP BY order_id
# ), paid AS (
#     SELECT order_id, SUM(cents) AS cents FROM payments GROUP BY order_id
# )
# SELECT o.id AS order_id,
#        t.cents AS total_cents,
#        COALESCE(p.cents, 0) AS paid_cents,
#        t.cents - COALESCE(p.cents, 0) AS owed_cents
# FROM orders AS o
# JOIN totals AS t ON t.order_id = o.id
# LEFT JOIN paid AS p ON p.order_id = o.id
# WHERE o.status <> 'cancelled' AND t.cents > COALESCE(p.cents, 0)
# ORDER BY owed_cents DESC, o.id;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_owing" points=5 skills=["sql.subqueries", "sql.aggregates"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("owing")) == ["order_id", "total_cents", "paid_cents", "owed_cents"], hint("columns")
rows = db.rows(student.sql("owing"))
assert 5 in [row[0] for row in rows], hint("owing-unpaid")
assert sorted(row[0] for row in rows) == [2, 5], hint("owing-which")
assert rows == [(5, 9700, 0, 9700), (2, 2670, 2000, 670)], hint("owing-sums")
### BEGIN HIDDEN TESTS
add_orders(db, (50, 1, "2026-04-05", "done", None), (51, 2, "2026-04-06", "done", None))
add_orders(db, (52, 2, "2026-04-07", "done", None), (53, 2, "2026-04-07", "done", None))
add_lines(db, (51, 1, 1, 300), (51, 2, 2, 100), (51, 3, 1, 300), (52, 1, 1, 9700), (53, 1, 1, 1))
db.execute("INSERT INTO payments (id, order_id, cents) VALUES (90, 51, 500), (91, 1, -580), (92, 51, 250)")
assert db.rows(student.sql("owing")) == [
    (5, 9700, 0, 9700),
    (52, 9700, 0, 9700),
    (2, 2670, 2000, 670),
    (1, 2580, 2000, 580),
    (51, 800, 750, 50),
    (53, 1, 0, 1),
], hint("owing-sums")
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# Whenever a report doesn't add up, look first at how many rows there are *before* grouping: a join may have multiplied them. Views
# (`CREATE VIEW`) keep such a query under a name in the database. When the tables grow, the question is how fast it comes: that is
# **Make the slow queries fast** (`mysql/indexes-and-plans`).
