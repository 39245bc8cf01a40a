# ---
# title: The mini Flask API
# kind: http
# seconds: 5
# ---

# %% [markdown]
# # The mini Flask API
#
# Your school lends devices: cameras, laptops, phones and tablets. The lending desk works on a web page, the caretaker
# with a mobile app, and both need the same list. The two teams have agreed on a **contract** with you: which requests
# there are, and what each is answered. You write the service that keeps it.
#
# Each device is one JSON object:
#
# ```json
# {"id": 1, "name": "Camera A", "kind": "camera", "available": true}
# ```
#
# There are five tasks and 28 points. Task 1 is a function of its own. Tasks 2 to 5 make one application grow: write
# it in one cell, run the tests of a task, then go on to the next.

# %% [markdown]
# ## The contract
#
# ### A device
#
# | field | type | rule |
# | --- | --- | --- |
# | `id` | whole number | given by the server: 1, 2, 3, … An id is never given twice, not even after its device was deleted. |
# | `name` | text | needed. White space at both ends is removed; then it has 1 to 80 characters. No two devices have the same name. |
# | `kind` | text | needed. One of `camera`, `laptop`, `phone`, `tablet`. |
# | `available` | `true` or `false` | may be left out of a request; then it is `true`. |
#
# A request's body is a JSON object with `name`, `kind` and perhaps `available`. Other members, `id` among them, are
# ignored. A response holds the device with all four fields and no others.
#
# ### Requests
#
# | request | does | answers |
# | --- | --- | --- |
# | `POST /devices` | adds a device | `201` with the device; the header `Location` leads to it: `/devices/1` |
# | `GET /devices/1` | reads it | `200` with the device |
# | `PUT /devices/1` | replaces name, kind and availability by those of the body; the id stays | `200` with the device |
# | `DELETE /devices/1` | deletes it | `204` without a body. The same when it is not there (any more): whoever repeats the request gets the same answer. |
# | `GET /devices` | lists devices | `200` with `{"items": […], "total": 3}`, by rising id |
#
# `GET /devices` takes these query parameters; they work together, and others are ignored.
#
# | parameter | meaning | values | if left out |
# | --- | --- | --- | --- |
# | `kind` | only devices of this kind | one of the four kinds | all kinds |
# | `available` | only those that are, or are not, available | `true`, `false` | both |
# | `limit` | how many items to return at most | a whole number from 1 to 100 | 20 |
# | `offset` | how many matching devices to skip first | a whole number from 0 to 1000000 | 0 |
#
# `total` counts all devices that match `kind` and `available`, whatever `limit` and `offset` are.
#
# ### Errors
#
# Every error has a JSON body (`Content-Type: application/json`): an object with `error`, a text for a person.
#
# | status | when |
# | --- | --- |
# | `405` | the path is one of the two above, but not with this method; the header `Allow` lists the methods that it has |
# | `404` | no such path, or `GET` or `PUT` of a device that is not there. An id in a path is made of the digits 0 to 9, as many as the client likes; with anything else in its place there is no such path. |
# | `415` | the body's `Content-Type` is not `application/json` (a parameter such as `; charset=utf-8` may follow) |
# | `400` | the body is not JSON or not an object; or fields or query parameters are wrong |
# | `409` | another device has this name |
#
# When several are true, the first in this table is the answer. A `400` for wrong fields or parameters also has
# `fields`: an object with a member for each wrong one, and for no other, whose value is a text that says what is wrong:
#
# ```json
# {"error": "Some fields are wrong.", "fields": {"kind": "must be one of camera, laptop, phone, tablet"}}
# ```
#
# The texts are yours to choose.

# %% [markdown]
# The next cell belongs to the tests. Run it and leave it as it is.

# %% tags=["setup"] grade_id="setup"
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from autograder.student import hint, student


@contextmanager
def fresh_database():
    """Give the path of a database that isn't there yet, and remove it afterwards."""
    path = Path(tempfile.gettempdir()) / f"devices-{uuid4().hex}.db"
    try:
        yield str(path)
    finally:
        with suppress(OSError):
            path.unlink()


def media_type_of(response):
    """Return the media type of a response, without parameters such as the charset."""
    return response.headers.get("Content-Type", "none").partition(";")[0].strip()


def refused_with(response):
    """Return an error's status, its media type, and whether it says in words what is wrong."""
    if media_type_of(response) != "application/json":
        return response.status, media_type_of(response), False
    body = response.json
    text = body.get("error") if isinstance(body, dict) else None
    return response.status, "application/json", isinstance(text, str) and text.strip() != ""


def fields_at_fault(response):
    """Return the names under `fields` that come with a text, sorted; None where an error's body has no such object."""
    fields = response.json.get("fields") if isinstance(response.json, dict) else None
    if not isinstance(fields, dict):
        return None
    return sorted(name for name, text in fields.items() if isinstance(text, str) and text.strip())


# %% [markdown]
# ## Task 1: check what came in (3 points)
#
# Write `check_device(data)`. It takes the object of a request's body as a dictionary and returns a tuple of two
# dictionaries, `(device, problems)`:
#
# - When all is well, `device` has `name` (without white space at its ends), `kind` and `available`, and `problems` is
#   empty.
# - Otherwise `problems` has an entry for each wrong field, its text saying what is wrong. What `device` is then, is
#   up to you.
#
# | `data` | result |
# | --- | --- |
# | `{"name": " Camera A ", "kind": "camera"}` | `({"name": "Camera A", "kind": "camera", "available": True}, {})` |
# | `{"name": "Camera A", "kind": "camera", "id": 7, "available": False}` | `({"name": "Camera A", "kind": "camera", "available": False}, {})` |
# | `{"kind": "robot"}` | `(…, {"name": "…", "kind": "…"})` |
#
# A value may be of any JSON type: `{"name": 5, "kind": ["camera"], "available": "yes"}` has three problems.

# %% tags=["task"] grade_id="check_device"
KINDS = ("camera", "laptop", "phone", "tablet")
MAX_NAME = 80


def check_device(data: dict) -> tuple[dict, dict]:
    """Return the device that a request's body describes, and what is wrong by field."""
    ### BEGIN SOLUTION
    name, kind, available = data.get("name"), data.get("kind"), data.get("available", True)
    if isinstance(name, str):
        name = name.strip()
    problems = {}
    if not isinstance(name, str) or not 1 <= len(name) <= MAX_NAME:
        problems["name"] = f"must be text of 1 to {MAX_NAME} characters"
    if kind not in KINDS:
        problems["kind"] = f"must be one of {', '.join(KINDS)}"
    if not isinstance(available, bool):
        problems["available"] = "must be true or false"
    return {"name": name, "kind": kind, "available": available}, problems
    ### END SOLUTION


# %% tags=["test"] grade_id="test_check_device" points=3 skills=["flask.json"]
assert student.check_device({"name": " Camera A ", "kind": "camera"}) == (
    {"name": "Camera A", "kind": "camera", "available": True},
    {},
), hint("clean")
assert student.check_device({"name": "Camera A", "kind": "camera", "id": 7, "available": False}) == (
    {"name": "Camera A", "kind": "camera", "available": False},
    {},
), hint("clean")
_, problems = student.check_device({"kind": "robot"})
assert sorted(problems) == ["kind", "name"], hint("each-field")
_, problems = student.check_device({"name": 5, "kind": ["camera"], "available": "yes"})
assert sorted(problems) == ["available", "kind", "name"], hint("types")
### BEGIN HIDDEN TESTS
for kind in ("camera", "laptop", "phone", "tablet"):
    device, problems = student.check_device({"name": "ü" * 80, "kind": kind, "available": True})
    assert (device, problems) == ({"name": "ü" * 80, "kind": kind, "available": True}, {}), hint("name-length")
device, problems = student.check_device({"name": f"\t{'n' * 80}\n", "kind": "phone"})
assert (device["name"], problems) == ("n" * 80, {}), hint("name-length")
for name in ("n" * 81, "", " \t ", None):
    _, problems = student.check_device({"name": name, "kind": "phone"})
    assert (name, sorted(problems)) == (name, ["name"]), hint("name-length")
assert student.check_device({"name": "P", "kind": "phone"})[0]["name"] == "P", hint("name-length")
for available in (1, 0, None, "true", "false"):
    _, problems = student.check_device({"name": "P", "kind": "phone", "available": available})
    assert (available, sorted(problems)) == (available, ["available"]), hint("only-booleans")
for kind in ("Camera", "", None, 1, {"kind": "camera"}):
    _, problems = student.check_device({"name": "P", "kind": kind})
    assert (kind, sorted(problems)) == (kind, ["kind"]), hint("types")
_, problems = student.check_device({"name": "", "kind": "robot", "available": 1})
assert [type(text) for text in problems.values()] == [str, str, str], hint("each-field")
assert [field for field, text in problems.items() if not text.strip()] == [], hint("each-field")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: add and read (10 points)
#
# Write `create_app(database_path)`. It returns a Flask application that keeps its devices in the SQLite database in the
# file `database_path` (a `str`), and creates what it needs there when the file is new. The application answers
# `POST /devices` and `GET /devices/1` as the contract says, with every error that these two can give.
#
# ## Task 3: list (6 points)
#
# Let the application answer `GET /devices`, first with the filters `kind` and `available`, then page by page with
# `limit` and `offset`.
#
# ## Task 4: replace and delete (5 points)
#
# Add `PUT /devices/1` and `DELETE /devices/1`.
#
# ## Task 5: what clients and operators rely on (4 points)
#
# - Every error is JSON, also where Flask itself refuses a path (`404`) or a method (`405`, with its `Allow`).
# - What was stored is there after a restart: a second `create_app` with the same path finds it. Applications with
#   different paths know nothing of each other.
#
# **Where to begin.** The lesson on the application factory shows how a table is made and how a connection is opened for
# a piece of work and closed again. Never put a client's text into an SQL statement: pass it as a parameter. Split the work over as
# many functions and blueprints as you like; the tests call only `create_app` and send requests.

# %% tags=["task"] grade_id="create_app"
from flask import Flask


def create_app(database_path: str) -> Flask:
    """Return an application that serves the contract from the SQLite database at `database_path`."""
    ### BEGIN SOLUTION
    app = Flask(__name__)
    app.config["DATABASE"] = database_path
    app.register_blueprint(api)
    app.register_error_handler(HTTPException, error_as_json)
    with app.app_context(), database() as db:
        db.execute(SCHEMA)
    return app


import re
import sqlite3
from contextlib import closing, contextmanager

from flask import Blueprint, abort, current_app, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException

SCHEMA = """
CREATE TABLE IF NOT EXISTS devices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never gives an id a second time
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    available INTEGER NOT NULL
)
"""
MATCHING = """
FROM devices
WHERE (:kind IS NULL OR kind = :kind) AND (:available IS NULL OR available = :available)
"""
DEVICE_PATH = "/devices/<int:device_id>"
LARGEST_ID = 2**63 - 1  # of SQLite; a larger number would be an error rather than a device that is not there

api = Blueprint("devices", __name__)


@api.post("/devices")
def add_device():
    device = body_device()
    with taken_name_is_a_conflict(), database() as db:
        cursor = db.execute("INSERT INTO devices (name, kind, available) VALUES (:name, :kind, :available)", device)
    location = url_for(".read_device", device_id=cursor.lastrowid)
    return find_device(cursor.lastrowid), 201, {"Location": location}


@api.get(DEVICE_PATH)
def read_device(device_id):
    return find_device(device_id)


@api.put(DEVICE_PATH)
def replace_device(device_id):
    find_device(device_id)
    device = body_device()
    with taken_name_is_a_conflict(), database() as db:
        db.execute(
            "UPDATE devices SET name = :name, kind = :kind, available = :available WHERE id = :id",
            {**device, "id": device_id},
        )
    return find_device(device_id)


@api.delete(DEVICE_PATH)
def delete_device(device_id):
    with database() as db:
        db.execute("DELETE FROM devices WHERE id = ?", [min(device_id, LARGEST_ID)])
    return "", 204


@api.get("/devices")
def list_devices():
    query = checked_query()
    with database() as db:
        (total,) = db.execute(f"SELECT count(*) {MATCHING}", query).fetchone()
        rows = db.execute(f"SELECT * {MATCHING} ORDER BY id LIMIT :limit OFFSET :offset", query).fetchall()
    return {"items": [as_device(row) for row in rows], "total": total}


def body_device():
    """Return the device of the request's body, or refuse the request."""
    data = request.get_json()  # refuses another media type with 415 and malformed JSON with 400
    if not isinstance(data, dict):
        abort(400, "The body must be a JSON object.")
    device, problems = check_device(data)
    if problems:
        raise WrongFields(problems)
    return device


def checked_query():
    """Return the parameters of a list, or refuse the request."""
    problems = {}

    def choice(name, choices):
        value = request.args.get(name)
        if value is not None and value not in choices:
            problems[name] = f"must be one of {', '.join(choices)}"
        return value

    def number(name, default, low, high):
        value = request.args.get(name, str(default))
        if re.fullmatch("[0-9]{1,9}", value) and low <= int(value) <= high:
            return int(value)
        problems[name] = f"must be a whole number from {low} to {high}"
        return None

    kind = choice("kind", KINDS)
    available = choice("available", ("true", "false"))
    query = {
        "kind": kind,
        "available": None if available is None else available == "true",
        "limit": number("limit", 20, 1, 100),
        "offset": number("offset", 0, 0, 1_000_000),
    }
    if problems:
        raise WrongFields(problems)
    return query


def find_device(device_id):
    """Return a device, or refuse the request."""
    with database() as db:
        row = db.execute("SELECT * FROM devices WHERE id = ?", [min(device_id, LARGEST_ID)]).fetchone()
    if row is None:
        abort(404, f"There is no device {device_id}.")
    return as_device(row)


def as_device(row):
    """Return a row as JSON shows it: SQLite keeps true and false as 1 and 0."""
    return {**row, "available": bool(row["available"])}


@contextmanager
def database():
    """Open the database for one piece of work: committed at its end, undone after an error, closed in any case."""
    with closing(sqlite3.connect(current_app.config["DATABASE"])) as db, db:
        db.row_factory = sqlite3.Row
        yield db


@contextmanager
def taken_name_is_a_conflict():
    """Answer 409 where the database refuses a second device of the same name."""
    try:
        yield
    except sqlite3.IntegrityError:
        abort(409, "Another device has this name.")


class WrongFields(BadRequest):
    """Fields or query parameters that break a rule."""

    description = "Some fields are wrong."

    def __init__(self, fields):
        super().__init__()
        self.fields = fields


def error_as_json(error):
    """Return an error as the contract shows it; its headers, such as Allow, stay."""
    body = {"error": error.description}
    if isinstance(error, WrongFields):
        body["fields"] = error.fields
    response = error.get_response()
    response.data = current_app.json.dumps(body)
    response.content_type = "application/json"
    return response


### END SOLUTION


# %% [markdown]
# Look at your application here, as often as you like:

# %%
with fresh_database() as path:
    client = student.client("create_app", path)
    print(client.post("/devices", json={"name": "Camera A", "kind": "camera"}))
    print(client.get("/devices/1"))

# %% [markdown]
# ### Tests of task 2

# %% tags=["test"] grade_id="test_create" points=3 skills=["flask.json"]
with fresh_database() as path:
    client = student.client("create_app", path)
    response = client.post("/devices", json={"name": " Camera A ", "kind": "camera"})
    assert (response.status, media_type_of(response)) == (201, "application/json"), hint("created")
    assert response.json == {"id": 1, "name": "Camera A", "kind": "camera", "available": True}, hint("created")
    assert response.json["available"] is True, hint("boolean")
    assert urlsplit(response.headers.get("Location", "")).path == "/devices/1", hint("location")
    response = client.post("/devices", json={"name": "Phone B", "kind": "phone", "available": False})
    assert (response.status, response.json) == (
        201,
        {"id": 2, "name": "Phone B", "kind": "phone", "available": False},
    ), hint("created")
    assert urlsplit(response.headers.get("Location", "")).path == "/devices/2", hint("location")
    ### BEGIN HIDDEN TESTS
    assert response.json["available"] is False, hint("boolean")
    response = client.post("/devices", json={"id": 77, "name": "Tablet C", "kind": "tablet", "owner": "me"})
    assert (response.status, response.json) == (
        201,
        {"id": 3, "name": "Tablet C", "kind": "tablet", "available": True},
    ), hint("other-members")
    for name in ("O'Brien's phone", "x', 'camera', 1); DROP TABLE devices; --", 'Größe "2"'):
        response = client.post("/devices", json={"name": name, "kind": "phone"})
        assert (response.status, media_type_of(response)) == (201, "application/json"), hint("sql-parameters")
        assert response.json["name"] == name, hint("sql-parameters")
    response = client.post(
        "/devices",
        data='{"name": "Laptop D", "kind": "laptop"}',
        content_type="application/json; charset=utf-8",
    )
    assert response.status == 201, hint("media-type")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_read" points=2 skills=["flask.json", "flask.errors"]
with fresh_database() as path:
    client = student.client("create_app", path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    client.post("/devices", json={"name": "Phone B", "kind": "phone", "available": False})
    response = client.get("/devices/2")
    assert (response.status, media_type_of(response)) == (200, "application/json"), hint("read")
    assert response.json == {"id": 2, "name": "Phone B", "kind": "phone", "available": False}, hint("read")
    response = client.get("/devices/3")
    assert refused_with(response) == (404, "application/json", True), hint("not-there")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/2").json["available"] is False, hint("boolean")
    assert client.get("/devices/1").json["available"] is True, hint("boolean")
    assert client.get("/devices/1").json["name"] == "Camera A", hint("read")
    for identifier in ("99999999999999999999", "one", "-1", "1.5", "0"):
        response = client.get(f"/devices/{identifier}")
        assert (identifier, *refused_with(response)) == (identifier, 404, "application/json", True), hint("any-id")
    assert client.get("/devices/9223372036854775808").status == 404, hint("any-id")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_refuse" points=3 skills=["flask.json", "flask.errors"]
with fresh_database() as path:
    client = student.client("create_app", path)
    response = client.post("/devices", json={"name": "", "kind": "camera", "available": "yes"})
    assert refused_with(response) == (400, "application/json", True), hint("wrong-fields")
    assert fields_at_fault(response) == ["available", "name"], hint("wrong-fields")
    response = client.post("/devices", data='{"name": "Camera A", ', content_type="application/json")
    assert refused_with(response) == (400, "application/json", True), hint("malformed")
    response = client.post("/devices", data='{"name": "Camera A", "kind": "camera"}', content_type="text/plain")
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    ### BEGIN HIDDEN TESTS
    for body in ("[]", '"camera"', "null", "5", ""):
        response = client.post("/devices", data=body, content_type="application/json")
        assert (body, *refused_with(response)) == (body, 400, "application/json", True), hint("malformed")
    response = client.post("/devices", json={})
    assert (response.status, fields_at_fault(response)) == (400, ["kind", "name"]), hint("wrong-fields")
    response = client.post("/devices", data={"name": "Camera A", "kind": "camera"})
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    response = client.post("/devices", data="{", content_type="text/plain")
    assert response.status == 415, hint("order-of-errors")
    response = client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    assert (response.status, response.json["id"]) == (201, 1), hint("nothing-stored")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_conflict" points=2 skills=["flask.errors"]
with fresh_database() as path:
    client = student.client("create_app", path)
    first = client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    second = client.post("/devices", json={"name": "Camera A", "kind": "phone"})
    assert (first.status, *refused_with(second)) == (201, 409, "application/json", True), hint("taken-name")
    ### BEGIN HIDDEN TESTS
    response = client.post("/devices", json={"name": " Camera A", "kind": "camera"})
    assert refused_with(response) == (409, "application/json", True), hint("taken-name")
    response = client.post("/devices", json={"name": "Camera A", "kind": "robot"})
    assert (response.status, fields_at_fault(response)) == (400, ["kind"]), hint("order-of-errors")
    assert client.get("/devices/1").json["kind"] == "camera", hint("nothing-stored")
    response = client.post("/devices", json={"name": "camera a", "kind": "camera"})
    assert response.status == 201, hint("taken-name")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tests of task 3

# %% tags=["test"] grade_id="test_filter" points=3 skills=["flask.json"]
with fresh_database() as path:
    client = student.client("create_app", path)
    response = client.get("/devices")
    assert (response.status, response.json) == (200, {"items": [], "total": 0}), hint("list")
    for name, kind, available in [
        ("Camera A", "camera", True),
        ("Phone B", "phone", False),
        ("Camera C", "camera", False),
        ("Laptop D", "laptop", True),
    ]:
        client.post("/devices", json={"name": name, "kind": kind, "available": available})
    response = client.get("/devices", query={"kind": "camera"})
    assert response.json == {
        "items": [
            {"id": 1, "name": "Camera A", "kind": "camera", "available": True},
            {"id": 3, "name": "Camera C", "kind": "camera", "available": False},
        ],
        "total": 2,
    }, hint("list")
    response = client.get("/devices", query={"available": "false"})
    assert [device["id"] for device in response.json["items"]] == [2, 3], hint("filter-available")
    response = client.get("/devices", query={"kind": "robot"})
    assert refused_with(response) == (400, "application/json", True), hint("wrong-parameters")
    assert fields_at_fault(response) == ["kind"], hint("wrong-parameters")
    ### BEGIN HIDDEN TESTS
    everything = client.get("/devices").json
    assert ([device["id"] for device in everything["items"]], everything["total"]) == ([1, 2, 3, 4], 4), hint("list")
    assert [device["available"] is True for device in everything["items"]] == [True, False, False, True], hint(
        "boolean"
    )
    assert [device["available"] is False for device in everything["items"]] == [False, True, True, False], hint(
        "boolean"
    )
    for query, ids in [
        ({"available": "true"}, [1, 4]),
        ({"available": "true", "kind": "camera"}, [1]),
        ({"available": "false", "kind": "camera"}, [3]),
        ({"available": "false", "kind": "laptop"}, []),
        ({"kind": "tablet"}, []),
        ({"colour": "red", "kind": "phone"}, [2]),
    ]:
        found = client.get("/devices", query=query)
        assert (query, found.status) == (query, 200), hint("filter-both")
        assert (query, [device["id"] for device in found.json["items"]]) == (query, ids), hint("filter-both")
        assert (query, found.json["total"]) == (query, len(ids)), hint("filter-both")
    for value in ("1", "True", ""):
        response = client.get("/devices", query={"available": value})
        assert (value, response.status) == (value, 400), hint("wrong-parameters")
        assert fields_at_fault(response) == ["available"], hint("wrong-parameters")
    for value in ("Camera", "", "camera' OR '1'='1"):
        response = client.get("/devices", query={"kind": value})
        assert (value, response.status) == (value, 400), hint("wrong-parameters")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_pages" points=3 skills=["flask.json"]
with fresh_database() as path:
    client = student.client("create_app", path)
    for number in range(1, 22):
        client.post("/devices", json={"name": f"Device {number}", "kind": "phone" if number > 2 else "camera"})
    page = client.get("/devices", query={"limit": 3, "offset": 5}).json
    assert [device["id"] for device in page["items"]] == [6, 7, 8], hint("pages")
    assert page["total"] == 21, hint("total")
    assert len(client.get("/devices").json["items"]) == 20, hint("page-size")
    response = client.get("/devices", query={"limit": 0, "offset": "two"})
    assert refused_with(response) == (400, "application/json", True), hint("page-limits")
    assert fields_at_fault(response) == ["limit", "offset"], hint("page-limits")
    ### BEGIN HIDDEN TESTS
    page = client.get("/devices", query={"kind": "phone", "offset": 16}).json
    assert ([device["id"] for device in page["items"]], page["total"]) == ([19, 20, 21], 19), hint("total")
    page = client.get("/devices", query={"offset": 21}).json
    assert page == {"items": [], "total": 21}, hint("total")
    page = client.get("/devices", query={"limit": 1}).json
    assert [device["id"] for device in page["items"]] == [1], hint("pages")
    page = client.get("/devices", query={"limit": 100, "offset": 0}).json
    assert [device["id"] for device in page["items"]] == list(range(1, 22)), hint("page-size")
    for query in ({"limit": 101}, {"limit": -1}, {"limit": ""}, {"limit": "1.5"}, {"limit": "9" * 5000}):
        response = client.get("/devices", query=query)
        assert (response.status, fields_at_fault(response)) == (400, ["limit"]), hint("page-limits")
    for query in ({"offset": 1000001}, {"offset": -1}, {"offset": "1e3"}, {"offset": "9" * 30}):
        response = client.get("/devices", query=query)
        assert (response.status, fields_at_fault(response)) == (400, ["offset"]), hint("page-limits")
    page = client.get("/devices", query={"offset": 1000000})
    assert (page.status, page.json) == (200, {"items": [], "total": 21}), hint("page-limits")
    response = client.get("/devices", query={"kind": "robot", "available": "no", "limit": 0, "offset": -1})
    assert fields_at_fault(response) == ["available", "kind", "limit", "offset"], hint("wrong-parameters")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tests of task 4

# %% tags=["test"] grade_id="test_replace" points=3 skills=["flask.json", "flask.errors"]
with fresh_database() as path:
    client = student.client("create_app", path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera", "available": False})
    client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    response = client.put("/devices/1", json={"name": "Tablet A", "kind": "tablet"})
    assert (response.status, response.json) == (
        200,
        {"id": 1, "name": "Tablet A", "kind": "tablet", "available": True},
    ), hint("replace")
    assert client.get("/devices/1").json == response.json, hint("replace")
    response = client.put("/devices/1", json={"name": "Tablet A", "kind": "tablet", "available": False})
    assert (response.status, media_type_of(response)) == (200, "application/json"), hint("own-name")
    response = client.put("/devices/3", json={"name": "Camera C", "kind": "camera"})
    assert refused_with(response) == (404, "application/json", True), hint("replace-nothing")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/3").status == 404, hint("replace-nothing")
    response = client.put("/devices/99999999999999999999", json={"name": "Camera C", "kind": "camera"})
    assert refused_with(response) == (404, "application/json", True), hint("any-id")
    assert client.get("/devices/1").json["available"] is False, hint("replace")
    response = client.put("/devices/1", json={"name": "Phone B", "kind": "phone"})
    assert refused_with(response) == (409, "application/json", True), hint("taken-name")
    response = client.put("/devices/1", json={"name": "Tablet A"})
    assert refused_with(response) == (400, "application/json", True), hint("replace-whole")
    assert fields_at_fault(response) == ["kind"], hint("replace-whole")
    response = client.put("/devices/1", data="{}", content_type="text/plain")
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    response = client.put("/devices/1", data="[]", content_type="application/json")
    assert refused_with(response) == (400, "application/json", True), hint("malformed")
    response = client.put("/devices/3", data="{}", content_type="text/plain")
    assert response.status == 404, hint("order-of-errors")
    response = client.put("/devices/1", json={"id": 2, "name": " Tablet A ", "kind": "tablet", "available": True})
    assert (response.status, response.json) == (
        200,
        {"id": 1, "name": "Tablet A", "kind": "tablet", "available": True},
    ), hint("other-members")
    assert response.json["available"] is True, hint("boolean")
    assert client.get("/devices/2").json == {"id": 2, "name": "Phone B", "kind": "phone", "available": True}, hint(
        "replace"
    )
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_delete" points=2 skills=["flask.json"]
with fresh_database() as path:
    client = student.client("create_app", path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    response = client.delete("/devices/2")
    assert (response.status, response.data) == (204, b""), hint("deleted")
    assert client.get("/devices/2").status == 404, hint("deleted")
    response = client.delete("/devices/2")
    assert (response.status, response.data) == (204, b""), hint("delete-again")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/1").status == 200, hint("deleted")
    assert client.get("/devices").json["total"] == 1, hint("deleted")
    assert client.delete("/devices/77").status == 204, hint("delete-again")
    response = client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    assert (response.status, response.json["id"]) == (201, 3), hint("id-given-twice")
    assert client.delete("/devices/99999999999999999999").status == 204, hint("any-id")
    assert client.delete("/devices/9223372036854775808").status == 204, hint("any-id")
    response = client.delete("/devices/one")
    assert refused_with(response) == (404, "application/json", True), hint("any-id")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tests of task 5

# %% tags=["test"] grade_id="test_errors" points=2 skills=["flask.errors"]
with fresh_database() as path:
    client = student.client("create_app", path)
    response = client.get("/gadgets")
    assert refused_with(response) == (404, "application/json", True), hint("not-there")
    response = client.delete("/devices")
    assert refused_with(response) == (405, "application/json", True), hint("method")
    ### BEGIN HIDDEN TESTS
    allowed = {method.strip() for method in response.headers.get("Allow", "").split(",")}
    assert allowed & {"GET", "POST", "PUT", "DELETE"} == {"GET", "POST"}, hint("allow")
    response = client.open("PATCH", "/devices/1", data="{}", content_type="text/plain")
    assert refused_with(response) == (405, "application/json", True), hint("method")
    allowed = {method.strip() for method in response.headers.get("Allow", "").split(",")}
    assert allowed & {"GET", "POST", "PUT", "DELETE"} == {"GET", "PUT", "DELETE"}, hint("allow")
    assert refused_with(client.post("/devices/1", json={})) == (405, "application/json", True), hint("method")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_storage" points=2 skills=["flask.factory", "flask.configuration"]
with fresh_database() as path, fresh_database() as other:
    client = student.client("create_app", path)
    assert client.post("/devices", json={"name": "Camera A", "kind": "camera"}).status == 201, hint("created")
    again = student.client("create_app", path)
    assert again.get("/devices/1").status == 200, hint("restart")
    elsewhere = student.client("create_app", other)
    assert elsewhere.get("/devices/1").status == 404, hint("apart")
    ### BEGIN HIDDEN TESTS
    assert again.get("/devices/1").json == {"id": 1, "name": "Camera A", "kind": "camera", "available": True}, hint(
        "restart"
    )
    assert again.put("/devices/1", json={"name": "Camera Z", "kind": "camera"}).status == 200, hint("restart")
    assert client.get("/devices/1").json["name"] == "Camera Z", hint("restart")
    assert again.delete("/devices/1").status == 204, hint("restart")
    assert client.get("/devices/1").status == 404, hint("restart")
    assert elsewhere.post("/devices", json={"name": "Camera A", "kind": "camera"}).json["id"] == 1, hint("apart")
    assert client.get("/devices").json["total"] == 0, hint("apart")
    ### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Add `?sort=name` to the list. What must the contract say so that pages don't overlap?
# - Two clients change the same device at the same moment: the second overwrites the first without knowing. Look up the
#   headers `ETag` and `If-Match`, and write the three lines that the contract would need.
