# ---
# note: rows are locked with FOR UPDATE, in the order of their ids, and balances computed in Python
# ---
# %% grade_id="transfer"
class NotEnoughMoney(Exception):
    """The source has less than is to be moved."""


def transfer(connection, source: int, target: int, cents: int) -> int:
    if cents <= 0 or source == target:
        raise ValueError("bad transfer")
    balances = {}
    connection.begin()
    try:
        with connection.cursor() as cursor:
            for account in sorted((source, target)):
                cursor.execute("SELECT balance_cents FROM accounts WHERE id = %s FOR UPDATE", (account,))
                row = cursor.fetchone()
                if row is None:
                    raise LookupError(account)
                balances[account] = row[0]
            if balances[source] < cents:
                raise NotEnoughMoney(source)
            for account, change in ((source, -cents), (target, cents)):
                cursor.execute(
                    "UPDATE accounts SET balance_cents = %(balance)s WHERE id = %(id)s",
                    {"balance": balances[account] + change, "id": account},
                )
            cursor.execute("INSERT INTO transfers (source, target, cents) VALUES (%s, %s, %s)", (source, target, cents))
            number = cursor.lastrowid
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
    return number


# %% grade_id="rename"
def rename(connection, account_id: int, version: int, owner: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT version FROM accounts WHERE id = %s FOR UPDATE", (account_id,))
            row = cursor.fetchone()
            if row != (version,):
                connection.rollback()
                return False
            cursor.execute(
                "UPDATE accounts SET owner = %s, version = %s WHERE id = %s", (owner, version + 1, account_id)
            )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return True
