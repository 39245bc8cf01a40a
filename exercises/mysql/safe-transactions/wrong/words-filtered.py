# ---
# misconception: "taking dangerous words out of a text makes it safe"
# caught_by: test_find_account
# hint: find-injection
# ---
# %% grade_id="find_account"
def find_account(connection, email: str) -> dict | None:
    for bad in (" OR ", "--", ";", "UNION"):
        email = email.replace(bad, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, owner, balance_cents FROM accounts WHERE email = '" + email + "'")
        row = cursor.fetchone()
    return dict(zip(("id", "owner", "balance_cents"), row)) if row else None
