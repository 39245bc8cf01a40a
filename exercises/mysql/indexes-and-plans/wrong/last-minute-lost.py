# ---
# misconception: "a day ends at 23:59"
# caught_by: test_day
# hint: day-ends
# ---
# %% grade_id="day" language="sql" magic_args="day"
# SELECT id, total_cents FROM orders
# WHERE placed_at >= '2026-03-09 00:00:00' AND placed_at <= '2026-03-09 23:59'
# ORDER BY placed_at, id;
