# ---
# misconception: "a parameter is safe, so its % means a percent sign"
# caught_by: test_search_accounts
# hint: search-literal
# ---
# %% grade_id="search_accounts"
def search_accounts(connection, text: str, sort: str) -> list[int]:
    orders = {"owner": "owner, id", "balance": "balance_cents DESC, id"}
    if sort not in orders:
        raise ValueError(sort)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM accounts WHERE owner LIKE %s ORDER BY {orders[sort]}", (f"%{text}%",))
        return [row[0] for row in cursor.fetchall()]
