# ---
# misconception: "a condition on the joined table belongs in WHERE"
# caught_by: test_never
# hint: never-cancelled
# ---
# %% grade_id="never" language="sql" magic_args="never"
# SELECT DISTINCT c.id, c.name, COALESCE(c.city, 'unknown') AS city
# FROM customers AS c
# LEFT JOIN orders AS o ON o.customer_id = c.id
# WHERE o.id IS NULL OR o.status = 'cancelled'
# ORDER BY c.name, c.id;
