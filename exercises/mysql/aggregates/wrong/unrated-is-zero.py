# ---
# misconception: "an order without a rating has the rating 0"
# caught_by: test_totals
# hint: totals-rating
# ---
# %% grade_id="totals" language="sql" magic_args="totals"
# SELECT COUNT(*) AS orders, COUNT(DISTINCT customer_id) AS customers, COUNT(rating) AS rated,
#        ROUND(AVG(COALESCE(rating, 0)), 1) AS rating
# FROM orders
# WHERE status <> 'cancelled';
