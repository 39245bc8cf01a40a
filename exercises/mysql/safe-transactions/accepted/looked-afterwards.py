# ---
# note: takes the money first and looks afterwards whether there was enough
# ---
# %% grade_id="transfer"
class NotEnoughMoney(Exception):
    """The source has less than is to be moved."""


def transfer(connection, source: int, target: int, cents: int) -> int:
    if cents <= 0 or source == target:
        raise ValueError("bad transfer")
    cursor = connection.cursor()
    try:
        cursor.execute("UPDATE accounts SET balance_cents = balance_cents - %s WHERE id = %s", (cents, source))
        cursor.execute("UPDATE accounts SET balance_cents = balance_cents + %s WHERE id = %s", (cents, target))
        cursor.execute("SELECT id, balance_cents FROM accounts WHERE id IN (%s, %s)", (source, target))
        left = dict(cursor.fetchall())
        if len(left) < 2:
            raise LookupError("one of the accounts is not there")
        if left[source] < 0:
            raise NotEnoughMoney
        cursor.execute("INSERT INTO transfers (source, target, cents) VALUES (%s, %s, %s)", (source, target, cents))
        number = cursor.lastrowid
        connection.commit()
        return number
    except BaseException:
        connection.rollback()
        raise
    finally:
        cursor.close()


# %% grade_id="search_accounts"
def search_accounts(connection, text: str, sort: str) -> list[int]:
    if sort == "owner":
        order = "owner, id"
    elif sort == "balance":
        order = "balance_cents DESC, id"
    else:
        raise ValueError(f"no such order: {sort}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts WHERE INSTR(LOWER(owner), %s) > 0 OR %s = '' ORDER BY " + order,
            (text.lower(), text),
        )
        return [row[0] for row in cursor]


# %% grade_id="rename"
def rename(connection, account_id: int, version: int, owner: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts SET owner = %s, version = version + 1 WHERE id = %s AND version = %s",
            [owner, account_id, version],
        )
        changed = cursor.rowcount
    connection.commit()
    return bool(changed)
