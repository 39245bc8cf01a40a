# ---
# misconception: "the sum of nothing is 0"
# caught_by: test_by_month
# hint: month-revenue
# ---
# %% grade_id="by_month" language="sql" magic_args="by_month"
# SELECT m.month, COUNT(DISTINCT o.id) AS orders, SUM(l.quantity * l.price_cents) AS revenue_cents
# FROM months AS m
# LEFT JOIN orders AS o ON SUBSTR(o.placed_on, 1, 7) = m.month AND o.status <> 'cancelled'
# LEFT JOIN order_lines AS l ON l.order_id = o.id
# GROUP BY m.month
# ORDER BY m.month DESC;
