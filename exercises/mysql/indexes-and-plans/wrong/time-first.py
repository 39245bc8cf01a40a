# ---
# misconception: "the columns of an index may stand in any order"
# caught_by: test_newest
# hint: newest-sort
# ---
# %% grade_id="newest" language="sql" magic_args="newest"
# CREATE INDEX orders_by_time_and_customer ON orders (placed_at, customer_id);
