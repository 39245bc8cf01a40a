# ---
# misconception: "an index helps with each of its columns"
# caught_by: test_by_email
# hint: login-scan
# ---
# %% grade_id="by_email" language="sql" magic_args="by_email"
# CREATE INDEX customers_by_name_and_email ON customers (name, email);
