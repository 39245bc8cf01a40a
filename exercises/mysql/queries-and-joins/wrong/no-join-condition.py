# ---
# misconception: "tables in FROM find their rows by themselves"
# caught_by: test_packing
# hint: packing-rows
# ---
# %% grade_id="packing" language="sql" magic_args="packing"
# SELECT o.id AS order_id, p.name AS product, l.quantity, l.quantity * l.price_cents AS total_cents
# FROM orders AS o, order_lines AS l, products AS p
# WHERE o.status = 'paid' AND l.order_id = o.id
# ORDER BY o.id, p.name;
