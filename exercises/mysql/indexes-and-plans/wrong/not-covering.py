# ---
# misconception: "an index needs only the columns of the conditions"
# caught_by: test_dashboard
# hint: dashboard-covering
# ---
# %% grade_id="dashboard" language="sql" magic_args="dashboard"
# CREATE INDEX orders_by_status_and_time ON orders (status, placed_at);
