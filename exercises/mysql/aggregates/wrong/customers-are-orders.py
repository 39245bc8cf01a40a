# ---
# misconception: "COUNT of a column counts its different values"
# caught_by: test_totals
# hint: totals-customers
# ---
# %% grade_id="totals" language="sql" magic_args="totals"
# SELECT COUNT(*) AS orders, COUNT(customer_id) AS customers, COUNT(rating) AS rated, ROUND(AVG(rating), 1) AS rating
# FROM orders
# WHERE status <> 'cancelled';
