# ---
# misconception: "the more indexes, the faster"
# caught_by: test_by_email
# hint: one-index
# ---
# %% grade_id="by_email" language="sql" magic_args="by_email"
# CREATE INDEX by_email ON customers (email);
# CREATE INDEX by_email_and_name ON customers (email, name);
# CREATE INDEX by_status ON orders (status);
