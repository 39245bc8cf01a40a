# ---
# note: subqueries and NOT IN without NULL in place of joins, other words for conditions
# ---
# %% grade_id="reorder" language="sql" magic_args="reorder"
# -- What is missing, the most urgent first
# select p.sku as sku, (p.min_stock - p.stock) as missing from products p
# where p.min_stock > p.stock and p.ended_on is null
# order by 2 desc, 1 asc
# %% grade_id="packing" language="sql" magic_args="packing"
# SELECT l.order_id, p.name AS product, l.quantity, l.price_cents * l.quantity AS total_cents
# FROM products p
# INNER JOIN order_lines l ON l.product_id = p.id
# WHERE l.order_id IN (SELECT id FROM orders WHERE status = 'paid')
# ORDER BY l.order_id ASC, product ASC;
# %% grade_id="never" language="sql" magic_args="never"
# SELECT id, name, CASE WHEN city IS NULL THEN 'unknown' ELSE city END AS city
# FROM customers
# WHERE id NOT IN (SELECT customer_id FROM orders WHERE status <> 'cancelled' AND customer_id IS NOT NULL)
# ORDER BY name, id;
# %% grade_id="whose" language="sql" magic_args="whose"
# SELECT o.id, IFNULL(c.name, 'guest') AS customer,
#        (SELECT r.name FROM customers r WHERE r.id = c.referred_by) AS brought_by
# FROM orders o LEFT OUTER JOIN customers c ON o.customer_id = c.id
# WHERE o.status IN ('open', 'paid', 'shipped')
# ORDER BY o.placed_on DESC, o.id DESC;
# %% grade_id="cancel_old" language="sql" magic_args="cancel_old"
# UPDATE orders SET status = 'cancelled' WHERE placed_on <= '2026-02-28' AND NOT status <> 'open';
# %% grade_id="forget" language="sql" magic_args="forget"
# DELETE FROM customers WHERE id IN (
#     SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
#     WHERE c.forget_on < '2026-05-01' AND o.id IS NULL
# );
