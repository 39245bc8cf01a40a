# ---
# misconception: "a day is one moment"
# caught_by: test_day
# hint: day-rows
# ---
# %% grade_id="day" language="sql" magic_args="day"
# SELECT id, total_cents FROM orders WHERE placed_at = '2026-03-09' ORDER BY placed_at, id;
