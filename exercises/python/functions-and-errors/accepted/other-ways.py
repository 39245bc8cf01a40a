# ---
# note: an error class of its own, a copy of the problems, a regular expression, names imported from the module, a loop with raise
# ---
# %% grade_id="read_limit"
class LimitError(ValueError):
    pass


def read_limit(text, *, default=20, maximum=100):
    if text is None or text == "":
        return default
    try:
        number = int(text.strip())
    except ValueError:
        number = 0
    if number <= 0:
        raise LimitError(f"{text} can't be a limit")
    return number if number < maximum else maximum


# %% grade_id="add_problem"
def add_problem(field, message, problems=None):
    problems = {name: list(messages) for name, messages in (problems or {}).items()}
    return {**problems, field: [*problems.get(field, []), message]}


# %% grade_id="check_signup"
import re


def check_signup(data):
    problems = {}
    email = data.get("email")
    password = data.get("password")
    if not isinstance(email, str):
        problems["email"] = ["is required"]
    elif not re.fullmatch(r"[^@]+@[^@]+", email):
        problems["email"] = ["is not an e-mail address"]
    if not isinstance(password, str):
        problems["password"] = ["is required"]
    else:
        found = []
        if len(password) < 12:
            found.append("needs 12 characters or more")
        if password == email:
            found.append("is the same as the e-mail address")
        if found:
            problems["password"] = found
    return problems


# %% grade_id="imports"
import json
from functools import update_wrapper

from accounts import EmailTakenError, create


# %% grade_id="sign_up"
def sign_up(body, taken):
    try:
        data = json.loads(body)
    except ValueError:
        return (400, {"error": "the body is not JSON"})
    if type(data) is not dict:
        return (400, {"error": "the body is not a JSON object"})
    if problems := check_signup(data):
        return (422, {"problems": problems})
    try:
        return (201, create(data["email"], taken))
    except EmailTakenError as taken_error:
        return (409, {"error": str(taken_error)})


# %% grade_id="retry"
def retry(attempts):
    def decorate(function):
        def again(*args, **kwargs):
            left = attempts
            while True:
                left -= 1
                try:
                    return function(*args, **kwargs)
                except ConnectionError:
                    if left == 0:
                        raise

        return update_wrapper(again, function)

    return decorate
