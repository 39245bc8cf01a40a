# ---
# misconception: "two columns need an index each"
# caught_by: test_newest
# hint: newest-sort
# ---
# %% grade_id="newest" language="sql" magic_args="newest"
# CREATE INDEX orders_by_time_3 ON orders (placed_at DESC);
