# ---
# note: subqueries in place of joins and of WITH, other groupings
# ---
# %% grade_id="totals" language="sql" magic_args="totals"
# SELECT COUNT(id) AS orders, (SELECT COUNT(*) FROM (SELECT DISTINCT customer_id FROM orders
#            WHERE status = 'done' AND customer_id IS NOT NULL) AS c) AS customers,
#        SUM(rating IS NOT NULL) AS rated, ROUND(1.0 * SUM(rating) / COUNT(rating), 1) AS rating
# FROM orders WHERE status = 'done'
# %% grade_id="sold_well" language="sql" magic_args="sold_well"
# SELECT * FROM (
#     SELECT p.id, p.name,
#            (SELECT SUM(quantity) FROM order_lines l JOIN orders o ON o.id = l.order_id
#             WHERE product_id = p.id AND status = 'done') AS pieces,
#            (SELECT SUM(quantity * price_cents) FROM order_lines l JOIN orders o ON o.id = l.order_id
#             WHERE product_id = p.id AND status = 'done') AS revenue_cents
#     FROM products p
# ) AS sold WHERE pieces > 4 ORDER BY revenue_cents DESC, id;
# %% grade_id="by_month" language="sql" magic_args="by_month"
# SELECT month,
#        (SELECT COUNT(*) FROM orders WHERE status = 'done' AND placed_on LIKE month || '-%') AS orders,
#        (SELECT COALESCE(SUM(l.quantity * l.price_cents), 0) FROM orders o JOIN order_lines l ON l.order_id = o.id
#         WHERE status = 'done' AND strftime('%Y-%m', placed_on) = month) AS revenue_cents
# FROM months ORDER BY 1 DESC;
# %% grade_id="owing" language="sql" magic_args="owing"
# SELECT order_id, total_cents, paid_cents, total_cents - paid_cents AS owed_cents
# FROM (SELECT l.order_id, SUM(l.quantity * l.price_cents) AS total_cents,
#              IFNULL((SELECT SUM(cents) FROM payments WHERE payments.order_id = l.order_id), 0) AS paid_cents
#       FROM order_lines l WHERE l.order_id NOT IN (SELECT id FROM orders WHERE status = 'cancelled')
#       GROUP BY l.order_id) AS sums
# WHERE paid_cents < total_cents
# ORDER BY 4 DESC, 1 ASC;
