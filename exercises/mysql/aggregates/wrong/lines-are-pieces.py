# ---
# misconception: "a line is a piece"
# caught_by: test_sold_well
# hint: sold-pieces
# ---
# %% grade_id="sold_well" language="sql" magic_args="sold_well"
# SELECT p.id, p.name, COUNT(l.quantity) AS pieces, SUM(l.quantity * l.price_cents) AS revenue_cents
# FROM products AS p
# JOIN order_lines AS l ON l.product_id = p.id
# JOIN orders AS o ON o.id = l.order_id
# WHERE o.status <> 'cancelled'
# GROUP BY p.id, p.name
# HAVING SUM(l.quantity) >= 5
# ORDER BY revenue_cents DESC, p.id;
