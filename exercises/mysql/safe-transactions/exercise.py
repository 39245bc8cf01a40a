# ---
# title: Transfers that never lose money
# kind: database
# seconds: 10
# ---

# %% [markdown]
# # Transfers that never lose money
#
# A school's canteen keeps an account for each pupil, and parents move money between their children's accounts. The first version
# was written in a hurry. A pupil typed `' OR '1'='1` into the search field and saw everybody's balance. When the server was restarted
# at noon, money had left one account and never arrived at the other. And at the two cash desks, somebody spent the same ten euros twice.
#
# You write the part that talks to the database, in four tasks for 20 points. It runs on **MariaDB** with the driver **PyMySQL**; where there
# is no MariaDB, SQLite stands in and behaves like PyMySQL for what you need here (the first test says so).
#
# | table | columns |
# | --- | --- |
# | `accounts` | `id`, `owner`, `email` (each only once), `balance_cents`, `version` (a whole number, 1 at first) |
# | `transfers` | `id` (given by the database), `source`, `target`, `cents` |
#
# A constraint of `transfers` refuses more than 50000 cents at once. The files `canteen.sql` and `canteen.mariadb.sql` have it all.
#
# Each function gets a `connection`. Don't close it: it belongs to the caller. In PyMySQL,
#
# - `with connection.cursor() as cursor:` gives a cursor;
# - `cursor.execute("SELECT … WHERE id = %s", (7,))` runs a statement with values, and returns how many rows it changed (or found);
# - `cursor.fetchone()` returns a row as a tuple, or `None`; `cursor.fetchall()` returns all of them; `cursor.lastrowid` is the `id` that the last `INSERT` got;
# - the first statement begins a transaction by itself, and only `connection.commit()` makes its changes last; `connection.rollback()` undoes them.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

student.use_database("canteen.sql", system="mariadb")

# %% [markdown]
# ## Task 1: find an account (3 points)
#
# Write `find_account(connection, email)`. It returns the account with this address as a `dict` with the keys `id`, `owner` and `balance_cents`, or
# `None` if there is none. Whatever text is given as `email`, it is looked for as it is, and never becomes a part of the statement.
#
# ```python
# >>> find_account(connection, "ada@example.com")
# {'id': 1, 'owner': 'Ada Ohm', 'balance_cents': 1000}
# >>> find_account(connection, "' OR '1'='1") is None
# True
# ```


# %% tags=["task"] grade_id="find_account"
def find_account(connection, email: str) -> dict | None:
    """Return the account with an e-mail address, or None."""
    ### BEGIN SOLUTION
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, owner, balance_cents FROM accounts WHERE email = %s", (email,))
        row = cursor.fetchone()
    if row is None:
        return None
    account_id, owner, balance = row
    return {"id": account_id, "owner": owner, "balance_cents": balance}
    ### END SOLUTION


# %% tags=["test"] grade_id="test_find_account" points=3 skills=["sql.parameters", "mysql.access"] coverage=["S52"]
db = student.database()
assert student.find_account(db, "ada@example.com") == {"id": 1, "owner": "Ada Ohm", "balance_cents": 1000}, hint("find")
assert student.find_account(db, "nobody@example.com") is None, hint("find-none")
assert student.find_account(db, "' OR '1'='1") is None, hint("find-injection")
### BEGIN HIDDEN TESTS
assert student.find_account(db, "o'neil@example.com") == {"id": 2, "owner": "Bo O'Neil", "balance_cents": 500}, hint(
    "find-injection"
)
assert student.find_account(db, "50%@example.com") == {"id": 4, "owner": "50% Club", "balance_cents": 500}, hint(
    "find-injection"
)
for email in (
    "x' UNION SELECT 1, 'x', 9 -- ",
    '" OR 1=1 -- ',
    "\\' OR 1=1 -- ",
    "%",
    "1 OR 1=1",
    "'; DELETE FROM accounts; -- ",
):
    assert student.find_account(db, email) is None, hint("find-injection")
assert db.rows("SELECT count(*) FROM accounts") == [(6,)], hint("find-injection")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: search and sort (4 points)
#
# Write `search_accounts(connection, text, sort)`. It returns a `list` of the `id`s of all accounts whose `owner` contains `text` anywhere, small and capital
# letters alike. The text is meant literally: `%` finds owners with a percent sign, `_` those with an underscore. The empty text finds all.
#
# | `sort` | order |
# | --- | --- |
# | `"owner"` | by `owner`, A to Z; equal ones by `id` |
# | `"balance"` | the largest `balance_cents` first; equal ones by `id` |
# | anything else | `ValueError` |
#
# ```python
# >>> search_accounts(connection, "ohm", "balance")
# [3, 1]
# ```
#
# Both databases know `column LIKE %s ESCAPE '!'`: in the pattern, `!%` means a percent sign, `!_` an underscore, and `!!` an exclamation mark.


# %% tags=["task"] grade_id="search_accounts"
def search_accounts(connection, text: str, sort: str) -> list[int]:
    """Return the ids of the accounts whose owner contains a text, sorted by `owner` or `balance`."""
    ### BEGIN SOLUTION
    if sort not in ORDERS:
        raise ValueError(f"sort must be one of {', '.join(ORDERS)}, not {sort!r}")
    literally = re.sub("[!%_]", r"!\g<0>", text)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM accounts WHERE owner LIKE %s ESCAPE '!' ORDER BY {ORDERS[sort]}", (f"%{literally}%",)
        )
        return [account_id for (account_id,) in cursor.fetchall()]


import re

# What may stand in a statement is written here; what a user types only chooses from it.
ORDERS = {"owner": "owner, id", "balance": "balance_cents DESC, id"}
### END SOLUTION

# %% tags=["test"] grade_id="test_search_accounts" points=4 skills=["sql.parameters"] coverage=["S20"]
db = student.database()
assert student.search_accounts(db, "ohm", "owner") == [1, 3], hint("search")
assert student.search_accounts(db, "ohm", "balance") == [3, 1], hint("sort-parameter")
assert student.search_accounts(db, "%", "owner") == [4], hint("search-literal")
with student.raises(ValueError, hint("sort-allowed")):
    student.search_accounts(db, "ohm", "email")
### BEGIN HIDDEN TESTS
assert student.search_accounts(db, "_", "balance") == [5], hint("search-literal")
assert student.search_accounts(db, "!", "balance") == [6], hint("search-literal")
assert student.search_accounts(db, "O'N", "owner") == [2], hint("search")
assert student.search_accounts(db, "", "balance") == [3, 1, 6, 2, 4, 5], hint("sort-parameter")
assert student.search_accounts(db, "", "owner") == [4, 1, 2, 3, 6, 5], hint("search")
assert student.search_accounts(db, "nobody", "owner") == [], hint("search")
db.execute("INSERT INTO accounts (id, owner, email, balance_cents) VALUES (9, 'Bo O''Neil', 'bo2@example.com', 0)")
assert student.search_accounts(db, "neil", "owner") == [2, 9], hint("search")
assert student.search_accounts(db, "' OR 1=1 -- ", "owner") == [], hint("search")
for sort in ("", "owner; DROP TABLE transfers", "balance_cents", "id", "BALANCE", "(SELECT 1)"):
    with student.raises(ValueError, hint("sort-allowed")):
        student.search_accounts(db, "ohm", sort)
### END HIDDEN TESTS

# %% [markdown]
# The next cell belongs to the tests of tasks 3 and 4. Run it and leave it as it is.


# %% tags=["setup"] grade_id="two_at_once"
def outcome(function, *args):
    """Call a function; return "done", or the name of the exception that it raised."""
    try:
        function(*args)
    except Exception as error:
        return type(error).__name__
    return "done"


def one_after_the_other(connection, *transfers):
    """Make several transfers on one connection; return the outcome of each."""
    return [outcome(transfer, connection, *arguments) for arguments in transfers]


class Interrupted:
    """A connection, or a cursor of it, that lets somebody else go first just before its first change."""

    def __init__(self, real, interrupt):
        self._real = real
        self._interrupt = interrupt

    def cursor(self, *args, **kwargs):
        return Interrupted(self._real.cursor(*args, **kwargs), self._interrupt)

    def execute(self, sql, *args):
        if sql.split()[0].upper() in ("UPDATE", "INSERT", "DELETE", "REPLACE"):
            self._interrupt()
        return self._real.execute(sql, *args)

    def __enter__(self):
        self._real.__enter__()
        return self

    def __exit__(self, *error):
        return self._real.__exit__(*error)

    def __iter__(self):
        return iter(self._real)

    def __getattr__(self, name):
        return getattr(self._real, name)


def cash_desk(connection, account, cents):
    """Take money off an account if there is enough (a negative amount puts money in); return whether it worked."""
    with connection.cursor() as till:
        till.execute("UPDATE accounts SET balance_cents = balance_cents - %s WHERE id = %s", (cents, account))
        till.execute("SELECT balance_cents FROM accounts WHERE id = %s", (account,))
        enough = till.fetchone()[0] >= 0
    connection.commit() if enough else connection.rollback()
    return enough


def two_at_once(connection, desk, source, target, cents, account, paid):
    """Make a transfer, and let the cash desk take money just before the transfer's first change.

    If the account is locked, the desk has to wait and tries again afterwards.
    """
    results = {}

    def interrupt():
        if not results:
            results["desk"] = "waits"
            try:
                results["desk"] = cash_desk(desk, account, paid)
            except desk.OperationalError:
                desk.rollback()

    results["transfer"] = outcome(transfer, Interrupted(connection, interrupt), source, target, cents)
    if results.get("desk", "waits") == "waits":
        results["desk"] = cash_desk(desk, account, paid)
    return results["transfer"], results["desk"]


def renamed_at_once(connection, other, account):
    """Rename an account, and let somebody else rename it just before the first change; return who was told that it worked."""
    results = {}

    def interrupt():
        if not results:
            results["other"] = "waits"
            try:
                with other.cursor() as faster:
                    faster.execute(
                        "UPDATE accounts SET owner = 'Faster', version = version + 1 WHERE id = %s", (account,)
                    )
                other.commit()
                results["other"] = True
            except other.OperationalError:
                other.rollback()

    results["rename"] = rename(Interrupted(connection, interrupt), account, 1, "Slower")
    return results["rename"], results["other"]


# %% [markdown]
# ## Task 3: transfer (10 points)
#
# Write `transfer(connection, source, target, cents)`. It moves `cents` (whole number) from the account with the `id` `source` to the one with the `id` `target`,
# adds a row to `transfers`, and returns the `id` of that row.
#
# | what is wrong | raises |
# | --- | --- |
# | `cents` isn't greater than 0, or both accounts are the same | `ValueError` |
# | an account isn't there (however much money the other one has) | `LookupError` |
# | the source has less than `cents` | `NotEnoughMoney` |
# | the database refuses something, for instance 50001 cents | the database's own error |
#
# Three promises, each with a test of its own:
#
# - When it returns, all three changes are there to stay, for every connection. (4 points)
# - **When it raises, nothing has changed**, and the connection can be used for the next transfer at once. (3 points)
# - A balance never falls below 0 and no money gets lost, **even if another program changes the same accounts between any two of your statements**. (3 points)


# %% tags=["task"] grade_id="transfer"
class NotEnoughMoney(Exception):
    """The source has less than is to be moved."""


def transfer(connection, source: int, target: int, cents: int) -> int:
    """Move money between two accounts, completely or not at all; return the id of the transfer."""
    ### BEGIN SOLUTION
    if cents <= 0:
        raise ValueError("cents must be greater than 0")
    if source == target:
        raise ValueError("source and target must be two accounts")
    with transaction(connection) as cursor:
        cursor.execute("SELECT count(*) FROM accounts WHERE id IN (%s, %s)", (source, target))
        if cursor.fetchone() != (2,):
            raise LookupError(f"account {source} or {target} is not there")
        # Condition and change in one statement: nobody can come between them.
        withdrawn = cursor.execute(
            "UPDATE accounts SET balance_cents = balance_cents - %s WHERE id = %s AND balance_cents >= %s",
            (cents, source, cents),
        )
        if not withdrawn:
            raise NotEnoughMoney(f"account {source} has less than {cents} cents")
        cursor.execute("UPDATE accounts SET balance_cents = balance_cents + %s WHERE id = %s", (cents, target))
        cursor.execute("INSERT INTO transfers (source, target, cents) VALUES (%s, %s, %s)", (source, target, cents))
        return cursor.lastrowid


from contextlib import contextmanager


@contextmanager
def transaction(connection):
    """Give a cursor; commit what the block does with it, or undo all of it when the block raises."""
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    ### END SOLUTION


# %% tags=["test"] grade_id="test_transfer" points=4 skills=["sql.transactions", "mysql.access"] coverage=["S20"]
BALANCES = "SELECT balance_cents FROM accounts WHERE id < 4 ORDER BY id"
db = student.database()
first = student.transfer(db, 1, 2, 300)
assert db.rows(BALANCES) == [(700,), (800,), (100000,)], hint("transfer")
assert db.rows("SELECT id, source, target, cents FROM transfers") == [(first, 1, 2, 300)], hint("transfer-row")
with student.raises("NotEnoughMoney", hint("not-enough")):
    student.transfer(db, 1, 2, 701)
with student.raises(ValueError, hint("bad-transfer")):
    student.transfer(db, 1, 2, 0)
### BEGIN HIDDEN TESTS
second = student.transfer(db, 1, 3, 700)
third = student.transfer(db, 2, 1, 1)
assert db.rows(BALANCES) == [(1,), (799,), (100700,)], hint("not-enough")
assert db.rows("SELECT id, source, target, cents FROM transfers ORDER BY cents") == [
    (third, 2, 1, 1),
    (first, 1, 2, 300),
    (second, 1, 3, 700),
], hint("transfer-row")
for source, target, cents in ((1, 2, -5), (2, 2, 1), (7, 7, 1)):
    with student.raises(ValueError, hint("bad-transfer")):
        student.transfer(db, source, target, cents)
for source, target, cents in ((7, 1, 1), (1, 7, 1), (1, 7, 999999), (7, 8, 1)):
    with student.raises(LookupError, hint("unknown")):
        student.transfer(db, source, target, cents)
assert db.rows("SELECT count(*) FROM transfers") == [(3,)], hint("all-or-nothing")
### END HIDDEN TESTS

# %% [markdown]
# The next test makes several transfers on **one** connection, of which the first fails. Nothing of it may be left when the second is committed.

# %% tags=["test"] grade_id="test_all_or_nothing" points=3 skills=["sql.transactions"] coverage=["S20"]
BALANCES = "SELECT balance_cents FROM accounts WHERE id < 4 ORDER BY id"
db = student.database()
refused, then = student.one_after_the_other(db, (3, 1, 50001), (1, 2, 100))
assert refused not in ("done", "NotEnoughMoney", "LookupError", "ValueError"), hint("database-error")
assert then == "done", hint("all-or-nothing")
assert db.rows(BALANCES) == [(900,), (600,), (100000,)], hint("all-or-nothing")
### BEGIN HIDDEN TESTS
for failing, error in (((1, 7, 10), "LookupError"), ((2, 1, 5000), "NotEnoughMoney"), ((7, 1, 10), "LookupError")):
    assert student.one_after_the_other(db, failing, (1, 2, 100), (3, 1, 1000)) == [error, "done", "done"], hint(
        "all-or-nothing"
    )
assert db.rows(BALANCES) == [(3600,), (900,), (97000,)], hint("all-or-nothing")
assert db.rows("SELECT count(*), sum(cents) FROM transfers") == [(7, 3400)], hint("all-or-nothing")
### END HIDDEN TESTS

# %% [markdown]
# And now two at once. Just before your function's first change, the cash desk takes 8.00 off account 1, which had 10.00, on another connection (or, if you hold a lock, as
# soon as you let go). Only one of the two can have the money.

# %% tags=["test"] grade_id="test_two_at_once" points=3 skills=["sql.isolation"] coverage=["S20"]
BALANCES = "SELECT balance_cents FROM accounts WHERE id < 4 ORDER BY id"
db = student.database()
done = student.two_at_once(db, db, 1, 2, 800, 1, 800)
balances = [balance for (balance,) in db.rows(BALANCES)]
assert balances[0] == 200, hint("race")
assert done in (("NotEnoughMoney", True), ("done", False)), hint("race")
assert balances[1] == (1300 if done[0] == "done" else 500), hint("race")
### BEGIN HIDDEN TESTS
db.execute("UPDATE accounts SET balance_cents = 1000 WHERE id IN (1, 2)")
assert student.two_at_once(db, db, 1, 2, 300, 2, -40) == ("done", True), hint("race-target")
assert db.rows(BALANCES) == [(700,), (1340,), (100000,)], hint("race-target")
assert student.two_at_once(db, db, 1, 2, 300, 1, 250) == ("done", True), hint("race")
assert db.rows(BALANCES) == [(150,), (1640,), (100000,)], hint("race")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: whoever saves last (3 points)
#
# Two secretaries open the same account on their screens. One corrects the owner's name and saves, then the other saves what stood on *her* screen, and the
# correction is gone. No lock helps, because nobody holds one during a coffee break. A **version** does: it was read together with the name, and whoever saves says which
# version is being changed.
#
# Write `rename(connection, account_id, version, owner)`. If the account still has this `version`, it sets the `owner`, makes the version one
# larger, commits, and returns `True`. If not (somebody was faster, or there is no such account), it changes nothing and returns `False`. As in task 3, it must hold
# even if another program comes between any two statements.


# %% tags=["task"] grade_id="rename"
def rename(connection, account_id: int, version: int, owner: str) -> bool:
    """Change an account's owner if it still has a version; return whether it had."""
    ### BEGIN SOLUTION
    with transaction(connection) as cursor:
        changed = cursor.execute(
            "UPDATE accounts SET owner = %s, version = version + 1 WHERE id = %s AND version = %s",
            (owner, account_id, version),
        )
    return changed == 1
    ### END SOLUTION


# %% tags=["test"] grade_id="test_rename" points=3 skills=["sql.isolation"] coverage=["S52"]
OWNERS = "SELECT owner, version FROM accounts WHERE id < 3 ORDER BY id"
db = student.database()
assert student.rename(db, 1, 1, "Ada Watt") is True, hint("rename")
assert db.rows(OWNERS) == [("Ada Watt", 2), ("Bo O'Neil", 1)], hint("rename")
assert student.rename(db, 1, 1, "Ada Volt") is False, hint("rename-version")
assert db.rows(OWNERS) == [("Ada Watt", 2), ("Bo O'Neil", 1)], hint("rename-version")
### BEGIN HIDDEN TESTS
assert student.rename(db, 1, 2, "Ada Watt") is True, hint("rename-same")
assert student.rename(db, 1, 3, "Robert'); DROP TABLE accounts; --") is True, hint("rename")
assert db.rows(OWNERS)[0] == ("Robert'); DROP TABLE accounts; --", 4), hint("rename")
for account_id, version in ((1, 3), (1, 5), (7, 1), (2, 0)):
    assert student.rename(db, account_id, version, "Nobody") is False, hint("rename-version")
assert db.rows("SELECT count(*) FROM accounts WHERE owner = 'Nobody'") == [(0,)], hint("rename-version")
told = student.renamed_at_once(db, db, 3)
assert told in ((False, True), (True, "waits")), hint("rename-raced")
assert db.rows("SELECT owner, version FROM accounts WHERE id = 3") == [("Slower" if told[0] else "Faster", 2)], hint(
    "rename-raced"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# Two transfers in opposite directions can each hold what the other one needs. That is a *deadlock*; the database ends one of them with an error, your rollback leaves nothing
# behind, and the caller tries again. A framework's ORM does the same under the hood: SQLAlchemy's `with engine.begin()` is your transaction, and its `version_id_col` your version.
