# ---
# misconception: "quotation marks around a value make it safe"
# caught_by: test_find_account
# hint: find-injection
# ---
# %% grade_id="find_account"
def find_account(connection, email: str) -> dict | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, owner, balance_cents FROM accounts WHERE email = '{email}'")
        row = cursor.fetchone()
    if row is None:
        return None
    return {"id": row[0], "owner": row[1], "balance_cents": row[2]}
