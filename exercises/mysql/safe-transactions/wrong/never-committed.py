# ---
# misconception: "a change is stored as soon as the statement ran"
# caught_by: test_transfer
# hint: transfer
# ---
# %% grade_id="transfer"
class NotEnoughMoney(Exception):
    """The source has less than is to be moved."""


def transfer(connection, source: int, target: int, cents: int) -> int:
    if cents <= 0 or source == target:
        raise ValueError("bad transfer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts WHERE id IN (%s, %s)", (source, target))
        if cursor.fetchone()[0] < 2:
            raise LookupError("no such account")
        found = cursor.execute(
            "UPDATE accounts SET balance_cents = balance_cents - %s WHERE id = %s AND balance_cents >= %s",
            (cents, source, cents),
        )
        if not found:
            raise NotEnoughMoney
        cursor.execute("UPDATE accounts SET balance_cents = balance_cents + %s WHERE id = %s", (cents, target))
        cursor.execute("INSERT INTO transfers (source, target, cents) VALUES (%s, %s, %s)", (source, target, cents))
        return cursor.lastrowid
