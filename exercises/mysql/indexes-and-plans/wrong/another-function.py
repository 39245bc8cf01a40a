# ---
# misconception: "another function can use the index"
# caught_by: test_day
# hint: day-scan
# ---
# %% grade_id="day" language="sql" magic_args="day"
# SELECT id, total_cents FROM orders WHERE SUBSTR(placed_at, 1, 10) = '2026-03-09' ORDER BY placed_at, id;
