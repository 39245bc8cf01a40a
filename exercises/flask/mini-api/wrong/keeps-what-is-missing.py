# ---
# misconception: a PUT changes only the fields that it brings
# caught_by: test_replace
# hint: replace
# ---
# %% grade_id="create_app"
from flask import Flask


def create_app(database_path: str) -> Flask:
    """Return an application that serves the contract from the SQLite database at `database_path`."""
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
    data = request.get_json()
    if not isinstance(data, dict):
        abort(400, "The body must be a JSON object.")
    device, problems = check_device({**find_device(device_id), **data})
    if problems:
        raise WrongFields(problems)
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
