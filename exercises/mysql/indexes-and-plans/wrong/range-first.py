# ---
# misconception: "the range may come first"
# caught_by: test_dashboard
# hint: dashboard-both
# ---
# %% grade_id="dashboard" language="sql" magic_args="dashboard"
# CREATE INDEX orders_by_time_and_status ON orders (placed_at, status, total_cents);
