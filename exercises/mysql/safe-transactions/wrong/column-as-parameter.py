# ---
# misconception: "whatever comes from outside can be a parameter, also a column"
# caught_by: test_search_accounts
# hint: sort-parameter
# ---
# %% grade_id="search_accounts"
def search_accounts(connection, text: str, sort: str) -> list[int]:
    if sort not in ("owner", "balance"):
        raise ValueError(sort)
    text = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    with connection.cursor() as cursor:
        column = "owner" if sort == "owner" else "balance_cents"
        cursor.execute("SELECT id FROM accounts WHERE owner LIKE %s ESCAPE '!' ORDER BY %s, id", (f"%{text}%", column))
        return [row[0] for row in cursor.fetchall()]
