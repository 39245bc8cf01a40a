# ---
# title: Queries and joins
# kind: database
# seconds: 5
# ---

# %% [markdown]
# # Queries and joins
#
# You have joined a small tea shop that has a database and nobody who can ask it anything. On Monday morning five people
# stand at your desk: the buyer, the packer, the one who writes to customers, the manager, and the one who tidies up. Each
# needs one query, today.
#
# Five tasks, 18 points. In each, write one statement of SQL. Names of columns and the order of rows are part of the
# question. The data are examples: the tests put in more, so write what was *asked*, not what gives the same today.
#
# ## The tables
#
# | table | columns |
# | --- | --- |
# | `categories` | `id`, `name` |
# | `products` | `id`, `sku`, `name` (no two are the same), `category_id`, `price_cents` (today's price), `stock`, `min_stock`, `ended_on` |
# | `customers` | `id`, `name`, `city`, `referred_by` (the `id` of the customer who brought them), `forget_on` |
# | `orders` | `id`, `customer_id`, `placed_on`, `status`: `open`, `paid`, `shipped` or `cancelled` |
# | `order_lines` | `order_id`, `product_id`, `quantity`, `price_cents` (the price of one piece on the day of the order) |
#
# These may be `NULL`: `category_id`, `min_stock` (the product isn't reordered by plan), `ended_on` (it is still sold), `city`,
# `referred_by`, `forget_on`, and `customer_id` (a guest ordered). A date is text such as `2026-03-09`, so a later date is a greater
# text. The file `shop.sql`, beside this notebook, has it all.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

student.use_database("shop.sql")


def add_orders(db, *orders):
    """Add orders: id, customer, day, status."""
    for order in orders:
        db.execute("INSERT INTO orders (id, customer_id, placed_on, status) VALUES (?, ?, ?, ?)", order)


def add_customers(db, *customers):
    """Add customers: id, name, city, and the day from which they want to be forgotten."""
    for customer in customers:
        db.execute("INSERT INTO customers (id, name, city, forget_on) VALUES (?, ?, ?, ?)", customer)


# %% [markdown]
# Look around first: change this cell as you like. Each run of a `%%sql` cell begins with a fresh database.

# %% language="sql" magic_args="look"
# SELECT * FROM orders;

# %% [markdown]
# ## Task 1: what must be reordered? (3 points)
#
# For the buyer: all products that are still sold and of which there are fewer in stock than their `min_stock`. Columns: `sku`, and
# `missing`, the number that is missing. Sort by `missing`, the largest first; equal ones by `sku`, A to Z.
#
# | sku | missing |
# | --- | --- |
# | assam | 8 |
# | ceylon | 8 |
# | pot-iron | 2 |

# %% tags=["task"] grade_id="reorder" language="sql" magic_args="reorder"
# -- ### BEGIN SOLUTION
# SELECT sku, min_stock - stock AS missing
# FROM products
# WHERE ended_on IS NULL AND stock < min_stock
# ORDER BY missing DESC, sku;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_reorder" points=3 skills=["sql.queries"] coverage=["S19"]
db = student.database()
assert db.columns(student.sql("reorder")) == ["sku", "missing"], hint("columns")
assert db.rows(student.sql("reorder")) == [("assam", 8), ("ceylon", 8), ("pot-iron", 2)], hint("reorder")
### BEGIN HIDDEN TESTS
NEW_PRODUCT = (
    "INSERT INTO products (id, sku, name, price_cents, stock, min_stock, ended_on) VALUES (?, ?, ?, 1, ?, ?, ?)"
)
db.execute(NEW_PRODUCT, (10, "zen", "Zen", 0, 1, None))
db.execute(NEW_PRODUCT, (11, "bowl", "Bowl", 0, 9, None))
db.execute(NEW_PRODUCT, (12, "whisk", "Whisk", 5, 4, None))
assert db.rows(student.sql("reorder")) == [
    ("bowl", 9),
    ("assam", 8),
    ("ceylon", 8),
    ("pot-iron", 2),
    ("zen", 1),
], hint("reorder")
db.execute(NEW_PRODUCT, (13, "tin", "Tin", 0, 3, "2027-01-31"))
assert ("tin", 3) not in db.rows(student.sql("reorder")), hint("ended")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: what must be packed? (4 points)
#
# For the packer: every line of every order with the status `paid`. Columns: `order_id`, `product` (its name), `quantity`, and
# `total_cents`, what the customer pays for this line. Sort by the order's `id`, within an order by the product's name.
#
# | order_id | product | quantity | total_cents |
# | --- | --- | --- | --- |
# | 3 | Assam, 100 g | 3 | 1950 |
# | 3 | Iron pot | 1 | 4900 |
# | 5 | Blue mug | 2 | 2200 |
# | 5 | Gift voucher | 1 | 2500 |

# %% tags=["task"] grade_id="packing" language="sql" magic_args="packing"
# -- ### BEGIN SOLUTION
# SELECT o.id AS order_id, p.name AS product, l.quantity, l.quantity * l.price_cents AS total_cents
# FROM orders AS o
# JOIN order_lines AS l ON l.order_id = o.id
# JOIN products AS p ON p.id = l.product_id
# WHERE o.status = 'paid'
# ORDER BY o.id, p.name;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_packing" points=4 skills=["sql.joins"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("packing")) == ["order_id", "product", "quantity", "total_cents"], hint("columns")
rows = db.rows(student.sql("packing"))
assert len(rows) == 4, hint("packing-rows")
assert [row[:3] for row in rows] == [
    (3, "Assam, 100 g", 3),
    (3, "Iron pot", 1),
    (5, "Blue mug", 2),
    (5, "Gift voucher", 1),
], hint("packing-order")
assert [row[3] for row in rows] == [1950, 4900, 2200, 2500], hint("packing-price")
### BEGIN HIDDEN TESTS
add_orders(db, (20, 6, "2026-01-01", "paid"), (21, 6, "2026-03-20", "paid"))
db.script("""
INSERT INTO order_lines (order_id, product_id, quantity, price_cents) VALUES (20, 5, 7, 100), (20, 1, 1, 600);
UPDATE orders SET status = 'cancelled' WHERE id = 3;
""")
assert db.rows(student.sql("packing")) == [
    (5, "Blue mug", 2, 2200),
    (5, "Gift voucher", 1, 2500),
    (20, "Assam, 100 g", 1, 600),
    (20, "Old mug", 7, 700),
], hint("packing-rows")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: who has never bought anything? (4 points)
#
# For the letters: all customers who have no order, or only cancelled ones. Columns: `id`, `name`, and `city`, which is the text
# `unknown` for those without one. Sort by `name`; equal names by `id`.
#
# | id | name | city |
# | --- | --- | --- |
# | 3 | Cem | unknown |
# | 5 | Eve | unknown |
# | 6 | Finn | Rome |
#
# Each customer is there once.

# %% tags=["task"] grade_id="never" language="sql" magic_args="never"
# -- ### BEGIN SOLUTION
# SELECT c.id, c.name, COALESCE(c.city, 'unknown') AS city
# FROM customers AS c
# LEFT JOIN orders AS o ON o.customer_id = c.id AND o.status <> 'cancelled'
# WHERE o.id IS NULL
# ORDER BY c.name, c.id;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_never" points=4 skills=["sql.joins", "sql.queries"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("never")) == ["id", "name", "city"], hint("columns")
rows = db.rows(student.sql("never"))
assert rows != [], hint("never-guests")
assert [row[0] for row in rows] == [3, 5, 6], hint("never-cancelled")
assert [row[2] for row in rows] == ["unknown", "unknown", "Rome"], hint("never-city")
### BEGIN HIDDEN TESTS
add_customers(db, (9, "Cem", "Oslo", None), (10, "Abe", "", None), (11, "Gil", None, None))
add_orders(db, (30, 9, "2026-03-01", "cancelled"), (31, 9, "2026-03-02", "cancelled"))
add_orders(db, (32, 11, "2026-03-02", "cancelled"), (33, 11, "2026-03-03", "open"))
rows = db.rows(student.sql("never"))
assert [row[0] for row in rows] == [10, 3, 9, 5, 6], hint("never-cancelled")
assert rows == [
    (10, "Abe", ""),
    (3, "Cem", "unknown"),
    (9, "Cem", "Oslo"),
    (5, "Eve", "unknown"),
    (6, "Finn", "Rome"),
], hint("never-city")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: whose order is it, and who brought them? (3 points)
#
# For the manager: every order that isn't cancelled. Columns: `id` (of the order), `customer` (the name; `guest` where there is none), and
# `brought_by`, the name of the customer who brought this customer, or `NULL`. The newest order first (`placed_on`); orders of one
# day by `id`, the largest first.
#
# | id | customer | brought_by |
# | --- | --- | --- |
# | 7 | Bo | Ada |
# | 6 | Dina | Bo |
# | 5 | guest | NULL |
# | 3 | Ada | NULL |
# | 2 | Bo | Ada |
# | 1 | Ada | NULL |

# %% tags=["task"] grade_id="whose" language="sql" magic_args="whose"
# -- ### BEGIN SOLUTION
# SELECT o.id, COALESCE(c.name, 'guest') AS customer, r.name AS brought_by
# FROM orders AS o
# LEFT JOIN customers AS c ON c.id = o.customer_id
# LEFT JOIN customers AS r ON r.id = c.referred_by
# WHERE o.status <> 'cancelled'
# ORDER BY o.placed_on DESC, o.id DESC;
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_whose" points=3 skills=["sql.joins"] coverage=["S20"]
db = student.database()
assert db.columns(student.sql("whose")) == ["id", "customer", "brought_by"], hint("columns")
rows = db.rows(student.sql("whose"))
assert sorted(row[0] for row in rows) == [1, 2, 3, 5, 6, 7], hint("whose-rows")
assert [row[0] for row in rows] == [7, 6, 5, 3, 2, 1], hint("whose-order")
assert [row[1] for row in rows] == ["Bo", "Dina", "guest", "Ada", "Bo", "Ada"], hint("whose-guest")
assert [row[2] for row in rows] == ["Ada", "Bo", None, None, "Ada", None], hint("whose-brought")
### BEGIN HIDDEN TESTS
add_orders(db, (40, 6, "2026-03-07", "open"), (41, None, "2026-03-07", "open"), (42, 3, "2026-03-11", "cancelled"))
assert db.rows(student.sql("whose"))[2:6] == [
    (5, "guest", None),
    (41, "guest", None),
    (40, "Finn", "Eve"),
    (3, "Ada", None),
], hint("whose-order")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 5: tidy up (4 points)
#
# Two changes, each one statement in a cell of its own. Exactly the rows that are meant may change.
#
# - `cancel_old`: orders that are still `open` and were placed before 1 March 2026 become `cancelled`.
# - `forget`: customers whose `forget_on` is 30 April 2026 or earlier are deleted, unless they have an order, of whatever status. (Whom they
#   brought stays: the database itself empties `referred_by` then.)
#
# As the data are, that is order 2, and Eve. A wise habit: write the `WHERE` behind a `SELECT` first, look at the rows, then
# make it an `UPDATE` or a `DELETE`.

# %% tags=["task"] grade_id="cancel_old" language="sql" magic_args="cancel_old"
# -- ### BEGIN SOLUTION
# UPDATE orders
# SET status = 'cancelled'
# WHERE status = 'open' AND placed_on < '2026-03-01';
# -- ### END SOLUTION

# %% tags=["task"] grade_id="forget" language="sql" magic_args="forget"
# -- ### BEGIN SOLUTION
# DELETE FROM customers
# WHERE forget_on <= '2026-04-30'
#   AND NOT EXISTS (SELECT * FROM orders WHERE orders.customer_id = customers.id);
# -- ### END SOLUTION

# %% tags=["test"] grade_id="test_cancel_old" points=2 skills=["sql.changes"] coverage=["S19"]
STATUSES = "SELECT id, status FROM orders ORDER BY id"
db = student.database()
before = dict(db.rows(STATUSES))
db.script(student.sql("cancel_old"))
assert db.rows(STATUSES) == list({**before, 2: "cancelled"}.items()), hint("cancel-which")
### BEGIN HIDDEN TESTS
db = student.database()
add_orders(db, (50, None, "2026-02-28", "open"), (51, 1, "2026-03-01", "open"))
add_orders(db, (52, 1, "2025-03-09", "open"), (53, 1, "2026-01-01", "paid"))
before = dict(db.rows(STATUSES))
dates = db.rows("SELECT id, placed_on, customer_id FROM orders ORDER BY id")
db.script(student.sql("cancel_old"))
assert db.rows(STATUSES) == list({**before, 2: "cancelled", 50: "cancelled", 52: "cancelled"}.items()), hint(
    "cancel-which"
)
assert db.rows("SELECT id, placed_on, customer_id FROM orders ORDER BY id") == dates, hint("cancel-which")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_forget" points=2 skills=["sql.changes"] coverage=["S19"]
db = student.database()
with db.accepts(hint("forget-orders")):
    db.script(student.sql("forget"))
assert db.rows("SELECT id FROM customers ORDER BY id") == [(1,), (2,), (3,), (4,), (6,)], hint("forget-which")
### BEGIN HIDDEN TESTS
db = student.database()
add_customers(db, (60, "Hal", None, "2026-05-01"), (61, "Ida", None, "2025-12-31"), (62, "Jo", None, "2026-04-02"))
add_orders(db, (60, 62, "2026-04-01", "open"))
db.execute("UPDATE customers SET forget_on = '2026-01-01' WHERE id = 1")
with db.accepts(hint("forget-orders")):
    db.script(student.sql("forget"))
left = db.rows("SELECT id FROM customers ORDER BY id")
assert left == [(1,), (2,), (3,), (4,), (6,), (60,), (62,)], hint("forget-which")
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# You have met the three traps of every day: `NULL` in a condition, a `LEFT JOIN` that a `WHERE` turns into an inner one, and a change
# that hits more rows than it should. In **A monthly report** (`mysql/aggregates`) the same tables are counted and summed.
