# ---
# note: a unique index, one that falls, one covering, BETWEEN, and the other copy dropped
# ---
# %% grade_id="by_email" language="sql" magic_args="by_email"
# CREATE UNIQUE INDEX login ON customers (email, name);
# %% grade_id="newest" language="sql" magic_args="newest"
# CREATE INDEX newest ON orders (customer_id, placed_at DESC, total_cents)
# %% grade_id="day" language="sql" magic_args="day"
# SELECT o.id, o.total_cents FROM orders AS o
# WHERE o.placed_at BETWEEN '2026-03-09 00:00:00' AND '2026-03-09 23:59:59'
# ORDER BY o.placed_at, o.id
# %% grade_id="dashboard" language="sql" magic_args="dashboard"
# create index if not exists "open since" on orders (status asc, placed_at desc, total_cents)
# %% grade_id="tidy" language="sql" magic_args="tidy --after by_email newest dashboard"
# DROP INDEX orders_by_time;
# DROP INDEX IF EXISTS orders_by_customer;
