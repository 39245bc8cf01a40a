# ---
# misconception: "NOT IN works for any list"
# caught_by: test_never
# hint: never-guests
# ---
# %% grade_id="never" language="sql" magic_args="never"
# SELECT id, name, COALESCE(city, 'unknown') AS city
# FROM customers
# WHERE id NOT IN (SELECT customer_id FROM orders WHERE status <> 'cancelled')
# ORDER BY name, id;
