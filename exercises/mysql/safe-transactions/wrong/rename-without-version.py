# ---
# misconception: "the version is only to be counted up"
# caught_by: test_rename
# hint: rename-version
# ---
# %% grade_id="rename"
def rename(connection, account_id: int, version: int, owner: str) -> bool:
    with connection.cursor() as cursor:
        changed = cursor.execute(
            "UPDATE accounts SET owner = %s, version = %s WHERE id = %s", (owner, version + 1, account_id)
        )
    connection.commit()
    return changed == 1
