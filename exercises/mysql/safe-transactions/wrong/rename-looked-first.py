# ---
# misconception: "between looking and changing nobody comes"
# caught_by: test_rename
# hint: rename-raced
# ---
# %% grade_id="rename"
def rename(connection, account_id: int, version: int, owner: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM accounts WHERE id = %s", (account_id,))
        row = cursor.fetchone()
        if row is None or row[0] != version:
            return False
        cursor.execute("UPDATE accounts SET owner = %s, version = version + 1 WHERE id = %s", (owner, account_id))
    connection.commit()
    return True
