# ---
# note: SQLite's GLOB searches an index, and so does a range made of dates
# ---
# %% grade_id="day" language="sql" magic_args="day"
# SELECT id, total_cents FROM orders WHERE placed_at GLOB '2026-03-09*' ORDER BY placed_at, id;
