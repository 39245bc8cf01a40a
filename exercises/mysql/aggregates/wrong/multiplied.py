# ---
# misconception: "lines and payments can be joined and summed at once"
# caught_by: test_owing
# hint: owing-sums
# ---
# %% grade_id="owing" language="sql" magic_args="owing"
# SELECT o.id AS order_id, SUM(l.quantity * l.price_cents) AS total_cents, COALESCE(SUM(p.cents), 0) AS paid_cents,
#        SUM(l.quantity * l.price_cents) - COALESCE(SUM(p.cents), 0) AS owed_cents
# FROM orders AS o
# JOIN order_lines AS l ON l.order_id = o.id
# LEFT JOIN payments AS p ON p.order_id = o.id
# WHERE o.status <> 'cancelled'
# GROUP BY o.id
# HAVING owed_cents > 0
# ORDER BY owed_cents DESC, o.id;
