# ---
# misconception: "who has bought nothing has no order at all"
# caught_by: test_never
# hint: never-cancelled
# ---
# %% grade_id="never" language="sql" magic_args="never"
# SELECT c.id, c.name, COALESCE(c.city, 'unknown') AS city
# FROM customers AS c
# LEFT JOIN orders AS o ON o.customer_id = c.id
# WHERE o.id IS NULL
# ORDER BY c.name, c.id;
