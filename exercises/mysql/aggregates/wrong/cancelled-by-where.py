# ---
# misconception: "WHERE on the joined table leaves the left rows alone"
# caught_by: test_by_month
# hint: month-all
# ---
# %% grade_id="by_month" language="sql" magic_args="by_month"
# SELECT m.month, COUNT(DISTINCT o.id) AS orders, COALESCE(SUM(l.quantity * l.price_cents), 0) AS revenue_cents
# FROM months AS m
# LEFT JOIN orders AS o ON SUBSTR(o.placed_on, 1, 7) = m.month
# LEFT JOIN order_lines AS l ON l.order_id = o.id
# WHERE o.status <> 'cancelled'
# GROUP BY m.month
# ORDER BY m.month DESC;
