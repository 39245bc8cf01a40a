# ---
# misconception: "a balance that was enough a moment ago still is"
# caught_by: test_two_at_once
# hint: race
# ---
# %% grade_id="transfer"
class NotEnoughMoney(Exception):
    """The source has less than is to be moved."""


def transfer(connection, source: int, target: int, cents: int) -> int:
    if cents <= 0 or source == target:
        raise ValueError("bad transfer")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts WHERE id IN (%s, %s)", (source, target))
            if cursor.fetchone()[0] < 2:
                raise LookupError("no such account")
            cursor.execute("SELECT balance_cents FROM accounts WHERE id = %s", (source,))
            (balance,) = cursor.fetchone()
            if balance < cents:
                raise NotEnoughMoney
            cursor.execute("UPDATE accounts SET balance_cents = balance_cents - %s WHERE id = %s", (cents, source))
            cursor.execute("UPDATE accounts SET balance_cents = balance_cents + %s WHERE id = %s", (cents, target))
            cursor.execute("INSERT INTO transfers (source, target, cents) VALUES (%s, %s, %s)", (source, target, cents))
            number = cursor.lastrowid
        connection.commit()
        return number
    except Exception:
        connection.rollback()
        raise
