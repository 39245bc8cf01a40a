# ---
# misconception: "only values can be dangerous, the name of a column can't"
# caught_by: test_search_accounts
# hint: sort-allowed
# ---
# %% grade_id="search_accounts"
def search_accounts(connection, text: str, sort: str) -> list[int]:
    order = {"balance": "balance_cents DESC"}.get(sort, sort)
    text = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM accounts WHERE owner LIKE %s ESCAPE '!' ORDER BY {order}, id", (f"%{text}%",))
        return [row[0] for row in cursor.fetchall()]
