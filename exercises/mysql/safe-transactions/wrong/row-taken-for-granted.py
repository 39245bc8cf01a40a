# ---
# misconception: "a query always finds something"
# caught_by: test_find_account
# hint: find-none
# ---
# %% grade_id="find_account"
def find_account(connection, email: str) -> dict | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, owner, balance_cents FROM accounts WHERE email = %s", (email,))
        number, owner, balance = cursor.fetchone()
    return {"id": number, "owner": owner, "balance_cents": balance}
