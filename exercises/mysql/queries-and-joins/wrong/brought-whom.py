# ---
# misconception: "referred_by is read the wrong way round"
# caught_by: test_whose
# hint: whose-brought
# ---
# %% grade_id="whose" language="sql" magic_args="whose"
# SELECT o.id, COALESCE(c.name, 'guest') AS customer,
#        (SELECT min(r.name) FROM customers AS r WHERE r.referred_by = c.id) AS brought_by
# FROM orders AS o
# LEFT JOIN customers AS c ON c.id = o.customer_id
# WHERE o.status <> 'cancelled'
# ORDER BY o.placed_on DESC, o.id DESC;
