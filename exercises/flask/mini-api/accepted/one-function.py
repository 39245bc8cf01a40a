# ---
# note: everything inside create_app, one connection kept in g for each request, names looked up before writing, absolute Location
# ---
# %% grade_id="create_app"
import sqlite3

from flask import Flask, g, jsonify, request
from werkzeug.exceptions import HTTPException


def create_app(database_path: str) -> Flask:
    app = Flask("lending")

    def db():
        if "db" not in g:
            g.db = sqlite3.connect(database_path, isolation_level=None)
        return g.db

    @app.teardown_appcontext
    def close(_error):
        connection = g.pop("db", None)
        if connection is not None:
            connection.close()

    with app.app_context():
        db().execute(
            "create table if not exists device"
            " (id integer primary key autoincrement, name text unique, kind text, available text)"
        )

    def problem(status, text, **more):
        return jsonify(error=text, **more), status

    @app.errorhandler(HTTPException)
    def http_error(error):
        answer, status = problem(error.code, f"{error.name}.")
        if error.code == 405:
            answer.headers["Allow"] = ", ".join(error.valid_methods)
        return answer, status

    def to_json(row):
        return dict(zip(("id", "name", "kind", "available"), (*row[:3], row[3] == "true")))

    def get(device_id):
        if device_id > 2**62:
            return None
        return db().execute("select id, name, kind, available from device where id = ?", (device_id,)).fetchone()

    def read_body(own_id=None):
        if request.mimetype != "application/json":
            return None, problem(415, "Send application/json.")
        data = request.get_json(silent=True)
        if type(data) is not dict:
            return None, problem(400, "Send a JSON object.")
        device, problems = check_device(data)
        if problems:
            return None, problem(400, "Wrong fields.", fields=problems)
        taken = (
            db().execute("select id from device where name = ? and id is not ?", (device["name"], own_id)).fetchone()
        )
        if taken:
            return None, problem(409, f"Device {taken[0]} has this name.")
        return (device["name"], device["kind"], "true" if device["available"] else "false"), None

    @app.route("/devices", methods=["GET", "POST"])
    def collection():
        if request.method == "POST":
            values, refusal = read_body()
            if refusal:
                return refusal
            new = db().execute("insert into device (name, kind, available) values (?, ?, ?)", values).lastrowid
            return jsonify(to_json(get(new))), 201, {"Location": f"{request.host_url}devices/{new}"}

        wrong = {}
        conditions, values = ["1"], []
        for field, choices in (("kind", KINDS), ("available", ("true", "false"))):
            if field in request.args:
                if request.args[field] in choices:
                    conditions.append(f"{field} = ?")
                    values.append(request.args[field])
                else:
                    wrong[field] = f"Choose from {choices}."
        page = {}
        for field, default, low, high in (("limit", 20, 1, 100), ("offset", 0, 0, 1_000_000)):
            try:
                page[field] = int(request.args.get(field, default))
                if not low <= page[field] <= high:
                    raise ValueError
            except ValueError:
                wrong[field] = f"Give a number from {low} to {high}."
        if wrong:
            return problem(400, "Wrong parameters.", fields=wrong)
        rows = (
            db()
            .execute(
                f"select id, name, kind, available from device where {' and '.join(conditions)} order by id", values
            )
            .fetchall()
        )
        items = [to_json(row) for row in rows[page["offset"] :][: page["limit"]]]
        return jsonify(total=len(rows), items=items)

    @app.route("/devices/<int:device_id>", methods=["GET", "PUT", "DELETE"])
    def single(device_id):
        row = get(device_id)
        if request.method == "DELETE":
            if row:
                db().execute("delete from device where id = ?", (device_id,))
            return "", 204
        if not row:
            return problem(404, "There is no such device.")
        if request.method == "PUT":
            values, refusal = read_body(device_id)
            if refusal:
                return refusal
            db().execute("update device set name = ?, kind = ?, available = ? where id = ?", (*values, device_id))
        return jsonify(to_json(get(device_id)))

    return app
