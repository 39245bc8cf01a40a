# ---
# misconception: "DESC at the end holds for all columns"
# caught_by: test_reorder
# hint: reorder
# ---
# %% grade_id="reorder" language="sql" magic_args="reorder"
# SELECT sku, min_stock - stock AS missing
# FROM products
# WHERE ended_on IS NULL AND stock < min_stock
# ORDER BY missing, sku DESC;
