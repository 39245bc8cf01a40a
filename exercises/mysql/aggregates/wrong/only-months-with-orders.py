# ---
# misconception: "grouping gives a row to each month of the year"
# caught_by: test_by_month
# hint: month-all
# ---
# %% grade_id="by_month" language="sql" magic_args="by_month"
# SELECT SUBSTR(o.placed_on, 1, 7) AS month, COUNT(DISTINCT o.id) AS orders, SUM(l.quantity * l.price_cents) AS revenue_cents
# FROM orders AS o
# JOIN order_lines AS l ON l.order_id = o.id
# WHERE o.status <> 'cancelled'
# GROUP BY month
# ORDER BY month DESC;
