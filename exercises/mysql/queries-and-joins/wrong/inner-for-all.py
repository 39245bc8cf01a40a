# ---
# misconception: "JOIN keeps every row of the first table"
# caught_by: test_whose
# hint: whose-rows
# ---
# %% grade_id="whose" language="sql" magic_args="whose"
# SELECT o.id, COALESCE(c.name, 'guest') AS customer, r.name AS brought_by
# FROM orders AS o
# JOIN customers AS c ON c.id = o.customer_id
# LEFT JOIN customers AS r ON r.id = c.referred_by
# WHERE o.status <> 'cancelled'
# ORDER BY o.placed_on DESC, o.id DESC;
