# ---
# misconception: "a product is still sold until the day on which it ends"
# caught_by: test_reorder
# hint: ended
# ---
# %% grade_id="reorder" language="sql" magic_args="reorder"
# SELECT sku, min_stock - stock AS missing
# FROM products
# WHERE (ended_on IS NULL OR ended_on > '2026-03-10') AND stock < min_stock
# ORDER BY missing DESC, sku;
