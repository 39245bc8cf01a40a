# ---
# misconception: "LIKE with a known beginning searches an index"
# caught_by: test_day
# hint: day-scan
# ---
# %% grade_id="day" language="sql" magic_args="day"
# SELECT id, total_cents FROM orders WHERE placed_at LIKE '2026-03-09%' ORDER BY placed_at, id;
