# ---
# misconception: a dictionary in the program keeps what was stored
# caught_by: test_storage
# hint: restart
# ---
# %% grade_id="create_app"
from itertools import count

from flask import Flask, abort, request, url_for


def create_app(database_path: str) -> Flask:
    app = Flask(__name__)
    devices = {}
    ids = count(1)

    @app.errorhandler(400)
    @app.errorhandler(404)
    @app.errorhandler(405)
    @app.errorhandler(409)
    @app.errorhandler(415)
    def as_json(error):
        response = error.get_response()
        response.data = app.json.dumps({"error": error.description})
        response.content_type = "application/json"
        return response

    def found(device_id):
        if device_id not in devices:
            abort(404)
        return devices[device_id]

    @app.post("/devices")
    def add():
        device, problems = check_device(request.get_json())
        if problems:
            return {"error": "Some fields are wrong.", "fields": problems}, 400
        device["id"] = next(ids)
        devices[device["id"]] = device
        return device, 201, {"Location": url_for("read", device_id=device["id"])}

    @app.get("/devices/<int:device_id>")
    def read(device_id):
        return found(device_id)

    @app.delete("/devices/<int:device_id>")
    def delete(device_id):
        devices.pop(device_id, None)
        return "", 204

    return app
