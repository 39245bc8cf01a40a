# ---
# misconception: "the price of an old order is the price of today"
# caught_by: test_packing
# hint: packing-price
# ---
# %% grade_id="packing" language="sql" magic_args="packing"
# SELECT o.id AS order_id, p.name AS product, l.quantity, l.quantity * p.price_cents AS total_cents
# FROM orders AS o
# JOIN order_lines AS l ON l.order_id = o.id
# JOIN products AS p ON p.id = l.product_id
# WHERE o.status = 'paid'
# ORDER BY o.id, p.name;
