# ---
# note: NOT EXISTS, and a common table expression
# ---
# %% grade_id="never" language="sql" magic_args="never"
# WITH buyers AS (SELECT DISTINCT customer_id AS id FROM orders WHERE status IN ('open', 'paid', 'shipped'))
# SELECT id, name, COALESCE(city, 'unknown') AS city FROM customers AS c
# WHERE NOT EXISTS (SELECT 1 FROM buyers WHERE buyers.id = c.id)
# ORDER BY name, id
