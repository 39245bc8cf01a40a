# ---
# misconception: "COUNT(*) counts orders, whatever is joined to them"
# caught_by: test_by_month
# hint: month-orders
# ---
# %% grade_id="by_month" language="sql" magic_args="by_month"
# SELECT m.month, COUNT(*) AS orders, COALESCE(SUM(l.quantity * l.price_cents), 0) AS revenue_cents
# FROM months AS m
# LEFT JOIN orders AS o ON SUBSTR(o.placed_on, 1, 7) = m.month AND o.status <> 'cancelled'
# LEFT JOIN order_lines AS l ON l.order_id = o.id
# GROUP BY m.month
# ORDER BY m.month DESC;
