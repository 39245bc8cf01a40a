# ---
# misconception: "an order without a payment has paid 0 by itself"
# caught_by: test_owing
# hint: owing-unpaid
# ---
# %% grade_id="owing" language="sql" magic_args="owing"
# WITH totals AS (
#     SELECT order_id, SUM(quantity * price_cents) AS cents FROM order_lines GROUP BY order_id
# ), paid AS (
#     SELECT order_id, SUM(cents) AS cents FROM payments GROUP BY order_id
# )
# SELECT o.id AS order_id, t.cents AS total_cents, p.cents AS paid_cents, t.cents - p.cents AS owed_cents
# FROM orders AS o
# JOIN totals AS t ON t.order_id = o.id
# LEFT JOIN paid AS p ON p.order_id = o.id
# WHERE o.status <> 'cancelled' AND t.cents > p.cents
# ORDER BY owed_cents DESC, o.id;
