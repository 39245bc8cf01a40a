# ---
# title: Functions that report their errors
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # Functions that report their errors: signing up
#
# A service lets people sign up. What arrives from outside is often wrong: a number that is none, a password of three
# letters, a body that is not JSON. Sometimes the service itself is in trouble. You write the functions between the two, and for
# each you decide: is this a result, a list of problems, or an error? And who has to hear of it?
#
# Five tasks. Where a text is given in quotes below, the tests compare it exactly. "Raises `ValueError`" also allows a class of
# your own that inherits from `ValueError`.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# ## Task 1: a number from the address bar
#
# Lists come in pages: `/orders?limit=50` asks for at most 50 orders. Write `read_limit(text, *, default=20, maximum=100)`.
# `text` is what stands after `limit=` (`str`), or `None` when nobody said. It returns an `int`:
#
# | `text` | result |
# | --- | --- |
# | `None`, or the empty string | `default` |
# | a whole number from 1 to `maximum`, also with spaces around it | that number |
# | a whole number above `maximum` | `maximum` |
# | a whole number below 1, or anything else | raises `ValueError`; its message contains the word `limit`, and `text` as it came |
#
# `default` and `maximum` can only be given by name: `read_limit("5", 10)` raises `TypeError`.


# %% tags=["task"] grade_id="read_limit"
def read_limit(text: str | None, *, default: int = 20, maximum: int = 100) -> int:
    """Return how many items a page may have, from the text of a query parameter."""
    ### BEGIN SOLUTION
    if not text:
        return default
    refusal = f"limit must be a whole number of 1 or more, not {text!r}"
    try:
        limit = int(text)
    except ValueError as error:
        raise ValueError(refusal) from error
    if limit < 1:
        raise ValueError(refusal)
    return min(limit, maximum)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_read_limit" points=3 skills=["python.functions", "python.errors"] coverage=["S07"]
assert student.read_limit("50") == 50, hint("limit-number")
assert student.read_limit(None) == 20, hint("limit-default")
assert student.read_limit("250") == 100, hint("limit-maximum")
with student.raises(ValueError, hint("limit-refused")):
    student.read_limit("ten")
with student.raises(ValueError, hint("limit-refused")):
    student.read_limit("0")
### BEGIN HIDDEN TESTS
assert student.read_limit("") == 20, hint("limit-default")
assert student.read_limit(None, default=5, maximum=8) == 5, hint("limit-default")
assert student.read_limit(" 7 ") == 7, hint("limit-number")
assert student.read_limit("1") == 1, hint("limit-number")
assert student.read_limit("100") == 100, hint("limit-maximum")
assert student.read_limit("101") == 100, hint("limit-maximum")
assert student.read_limit("9", maximum=8) == 8, hint("limit-maximum")
for wrong in ("-3", "2.5", "ten pages", "1;DROP TABLE orders"):
    with student.raises(ValueError, hint("limit-refused")) as error:
        student.read_limit(wrong)
    assert wrong in error.message, hint("limit-message")
    assert "limit" in error.message, hint("limit-word")
with student.raises(TypeError, hint("limit-by-name")):
    student.read_limit("5", 10)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: collecting problems
#
# A form should show everything that is wrong at once. Write `add_problem(field, message, problems=None)`. `problems` maps the
# name of a field to the messages about it, in the order they were added. The function returns `problems` with `message`
# added at the end of the list of `field`. Without `problems` it begins with none:
#
# ```python
# >>> add_problem("email", "is required")
# {'email': ['is required']}
# >>> add_problem("email", "is too long", {"name": ["is required"], "email": ["has a space"]})
# {'name': ['is required'], 'email': ['has a space', 'is too long']}
# ```


# %% tags=["task"] grade_id="add_problem"
def add_problem(field: str, message: str, problems: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    """Return `problems` with one more message about `field`."""
    ### BEGIN SOLUTION
    if problems is None:
        problems = {}
    problems.setdefault(field, []).append(message)
    return problems
    ### END SOLUTION


# %% tags=["test"] grade_id="test_add_problem" points=2 skills=["python.functions"] coverage=["S07"]
assert student.add_problem("email", "is required") == {"email": ["is required"]}, hint("problems-add")
so_far = {"name": ["is required"], "email": ["has a space"]}
both = {"name": ["is required"], "email": ["has a space", "is too long"]}
assert student.add_problem("email", "is too long", so_far) == both, hint("problems-add")
### BEGIN HIDDEN TESTS
assert student.add_problem("name", "is too long") == {"name": ["is too long"]}, hint("problems-remembered")
assert student.add_problem("name", "is required") == {"name": ["is required"]}, hint("problems-remembered")
assert student.add_problem("age", "is below 0", {"name": ["is required"]}) == {
    "name": ["is required"],
    "age": ["is below 0"],
}, hint("problems-add")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: what is wrong with this sign-up?
#
# Write `check_signup(data)`. `data` is a `dict` that came from outside, so keys may be missing and values may be of any
# type. It returns a `dict` of problems in the form of task 2, and `{}` when all is well. It looks at **both** fields whatever it
# finds in the first. Rules, in the order in which the messages stand:
#
# | field | when | message |
# | --- | --- | --- |
# | `email` | missing, or not a `str` | `"is required"` |
# | `email` | not exactly one `@`, or nothing before it, or nothing after it | `"is not an e-mail address"` |
# | `password` | missing, or not a `str` | `"is required"` |
# | `password` | shorter than 12 characters | `"needs 12 characters or more"` |
# | `password` | the same text as `email` | `"is the same as the e-mail address"` |
#
# A value that `"is required"` gets no other message; the last two can both apply. There are no other rules (the empty
# string is a `str`).


# %% tags=["task"] grade_id="check_signup"
def check_signup(data: dict) -> dict[str, list[str]]:
    """Return what is wrong with a sign-up, by field."""
    ### BEGIN SOLUTION
    problems: dict[str, list[str]] = {}
    email, password = data.get("email"), data.get("password")
    if not isinstance(email, str):
        add_problem("email", "is required", problems)
    else:
        name, at, domain = email.partition("@")
        if not name or not domain or "@" in domain:
            add_problem("email", "is not an e-mail address", problems)
    if not isinstance(password, str):
        add_problem("password", "is required", problems)
    else:
        if len(password) < 12:
            add_problem("password", "needs 12 characters or more", problems)
        if password == email:
            add_problem("password", "is the same as the e-mail address", problems)
    return problems
    ### END SOLUTION


# %% tags=["test"] grade_id="test_check_signup" points=3 skills=["python.functions", "python.errors"] coverage=["S07"]
good = {"email": "ada@example.com", "password": "correct horse battery"}
assert student.check_signup(good) == {}, hint("check-rules")
assert student.check_signup({"email": "ada", "password": "secret"}) == {
    "email": ["is not an e-mail address"],
    "password": ["needs 12 characters or more"],
}, hint("check-all")
assert student.check_signup({}) == {"email": ["is required"], "password": ["is required"]}, hint("check-missing")
### BEGIN HIDDEN TESTS
assert student.check_signup({"email": None, "password": 123456789012}) == {
    "email": ["is required"],
    "password": ["is required"],
}, hint("check-missing")
assert student.check_signup({"email": ["a@b"], "password": "x" * 12}) == {"email": ["is required"]}, hint(
    "check-missing"
)
for address in ("@example.com", "ada@", "a@b@c", "", "@"):
    problems = student.check_signup({"email": address, "password": "x" * 12})
    assert problems == {"email": ["is not an e-mail address"]}, hint("check-rules")
assert student.check_signup({"email": "a@b", "password": "x" * 12}) == {}, hint("check-rules")
assert student.check_signup({"email": "a@b", "password": "x" * 11}) == {"password": ["needs 12 characters or more"]}, (
    hint("check-rules")
)
assert student.check_signup({"email": "a@b", "password": ""}) == {"password": ["needs 12 characters or more"]}, hint(
    "check-missing"
)
assert student.check_signup({"email": "a@b", "password": "a@b"}) == {
    "password": ["needs 12 characters or more", "is the same as the e-mail address"]
}, hint("check-rules")
long_one = "somebody@example.com"
assert student.check_signup({"email": long_one, "password": long_one}) == {
    "password": ["is the same as the e-mail address"]
}, hint("check-rules")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: the whole sign-up
#
# Beside this notebook lies the team's module `accounts.py`. Open it and read it (or run `help("accounts")`): it offers
# `accounts.create(email, taken)` and `accounts.EmailTakenError`.
#
# Write `sign_up(body, taken)`. `body` is the request's body (`str`). `taken` is the list of addresses that have an account; you
# only hand it on to `accounts.create`. The function returns a `tuple`: an HTTP status (`int`) and the answer (`dict`).
#
# | what happened | status | answer |
# | --- | --- | --- |
# | `body` is not JSON | 400 | `{"error": "the body is not JSON"}` |
# | `body` is JSON, but not an object (`[1, 2]`, `"hi"`, `null`, …) | 400 | `{"error": "the body is not a JSON object"}` |
# | `check_signup` finds problems | 422 | `{"problems": …}` with what `check_signup` returned |
# | `accounts.create` raises `EmailTakenError` | 409 | `{"error": …}` with the message of that error |
# | the account is created | 201 | what `accounts.create` returned |
#
# Nothing else is yours to handle. If the database does not answer, `accounts.create` raises `ConnectionError`: let it through, so
# that somebody hears of it. (To try this out, hand in `None` for `taken`.)
#
# Write what you import, for this task and the next, into the first cell, in place of both lines.

# %% tags=["task"] grade_id="imports"
### BEGIN SOLUTION
import functools
import json

import accounts
### END SOLUTION


# %% tags=["task"] grade_id="sign_up"
def sign_up(body: str, taken: list[str]) -> tuple[int, dict]:
    """Answer a request to sign up: an HTTP status and the body of the answer."""
    ### BEGIN SOLUTION
    try:
        data = json.loads(body)
    except json.JSONDecodeError:
        return 400, {"error": "the body is not JSON"}
    if not isinstance(data, dict):
        return 400, {"error": "the body is not a JSON object"}
    problems = check_signup(data)
    if problems:
        return 422, {"problems": problems}
    try:
        account = accounts.create(data["email"], taken)
    except accounts.EmailTakenError as error:
        return 409, {"error": str(error)}
    return 201, account
    ### END SOLUTION


# %% tags=["test"] grade_id="test_sign_up" points=4 skills=["python.errors", "python.modules"] coverage=["S07"]
good = '{"email": "ada@example.com", "password": "correct horse battery"}'
assert student.sign_up(good, []) == (201, {"id": 1, "email": "ada@example.com"}), hint("signup-created")
assert student.sign_up("email=ada@example.com", []) == (400, {"error": "the body is not JSON"}), hint("signup-json")
no_password = (422, {"problems": {"password": ["is required"]}})
assert student.sign_up('{"email": "ada@example.com"}', []) == no_password, hint("signup-problems")
### BEGIN HIDDEN TESTS
for body in ("[1, 2]", '"hi"', "null", "7"):
    assert student.sign_up(body, []) == (400, {"error": "the body is not a JSON object"}), hint("signup-json")
assert student.sign_up("", []) == (400, {"error": "the body is not JSON"}), hint("signup-json")
others = ["bo@example.com", "cy@example.com"]
assert student.sign_up(good, others) == (201, {"id": 3, "email": "ada@example.com"}), hint("signup-created")
assert student.sign_up(good, ["ada@example.com"]) == (
    409,
    {"error": "ada@example.com has an account already"},
), hint("signup-taken")
with student.raises(ConnectionError, hint("signup-swallowed")):
    student.sign_up(good, None)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 5: try again
#
# A connection that failed once often works a moment later. Write the decorator `retry(attempts)`. A function decorated
# with `@retry(3)` is called up to 3 times:
#
# - it returns what the function returns, as soon as a call succeeds;
# - when a call raises `ConnectionError`, the function is called again with the same arguments; if the **last** allowed call
#   raises it, that error goes to the caller;
# - any other error goes to the caller at once: the function is not called again;
# - the decorated function keeps its name (`__name__`) and its docstring.
#
# `attempts` is a whole number of 1 or more. A real one would wait between calls; yours need not.
#
# The cell below is how the tests try your decorator: on a function that fails a few times, then works.


# %% tags=["setup"] grade_id="flaky"
def call_flaky(attempts, failures, *, bug=False):
    """Call a function that fails so many times through `retry`; report what happened."""
    calls = []

    @retry(attempts)
    def ask(question, *, times=1):
        """Answer a question."""
        calls.append(question)
        if len(calls) <= failures:
            raise (ValueError if bug else ConnectionError)(f"call {len(calls)} failed")
        return question * times

    try:
        result = ask("ping", times=2)
    except (ConnectionError, ValueError) as error:
        result = str(error)
    return {"result": result, "calls": calls, "name": ask.__name__, "doc": ask.__doc__}


# %% tags=["task"] grade_id="retry"
def retry(attempts: int):
    """Make a decorator that calls a function again, up to `attempts` calls, when a connection fails."""

    ### BEGIN SOLUTION
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(attempts - 1):
                try:
                    return function(*args, **kwargs)
                except ConnectionError:
                    continue
            return function(*args, **kwargs)

        return wrapper

    return decorate
    ### END SOLUTION


# %% tags=["test"] grade_id="test_retry" points=3 skills=["python.decorators", "python.errors"] coverage=["S07"]
assert student.call_flaky(3, failures=0)["result"] == "pingping", hint("retry-result")
second = student.call_flaky(3, failures=1)
assert second["result"] == "pingping", hint("retry-result")
assert second["calls"] == ["ping", "ping"], hint("retry-count")
### BEGIN HIDDEN TESTS
assert student.call_flaky(3, failures=0)["calls"] == ["ping"], hint("retry-count")
last = student.call_flaky(3, failures=2)
assert last["result"] == "pingping", hint("retry-last")
assert last["calls"] == ["ping", "ping", "ping"], hint("retry-count")
never = student.call_flaky(3, failures=9)
assert never["result"] == "call 3 failed", hint("retry-last")
assert never["calls"] == ["ping", "ping", "ping"], hint("retry-count")
once = student.call_flaky(1, failures=1)
assert once["result"] == "call 1 failed", hint("retry-last")
assert once["calls"] == ["ping"], hint("retry-count")
mistake = student.call_flaky(3, failures=1, bug=True)
assert mistake["result"] == "call 1 failed", hint("retry-others")
assert mistake["calls"] == ["ping"], hint("retry-others")
### END HIDDEN TESTS

# %% [markdown]
# The last test looks at the name and the docstring that the decorated function shows to `help`, to logs and to debuggers.

# %% tags=["test"] grade_id="test_retry_keeps_the_name" points=1 skills=["python.decorators"] coverage=["S07"]
assert student.call_flaky(2, failures=0)["name"] == "ask", hint("retry-wraps")
assert student.call_flaky(2, failures=0)["doc"] == "Answer a question.", hint("retry-wraps")

# %% [markdown]
# ## Where to go from here
#
# You have written functions that refuse clearly, that report all problems at once, that handle just the errors they know, and one that
# wraps any other function. Next: *Work through a large file*.
