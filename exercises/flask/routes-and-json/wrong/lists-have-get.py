# ---
# misconception: all JSON is an object
# caught_by: test_prices_refuses
# hint: not-an-object
# ---
# %% grade_id="prices"
def create_prices_app() -> Flask:
    """Return an application that says what a ride costs."""
    app = Flask(__name__)
    app.register_error_handler(HTTPException, as_json)

    @app.post("/prices")
    def price():
        ride = request.get_json()
        minutes, kind = ride.get("minutes"), ride.get("kind")
        if type(minutes) is not int or not 1 <= minutes <= 1440:
            abort(400, "minutes must be a whole number from 1 to 1440.")
        if kind not in ("classic", "electric"):
            abort(400, "kind must be classic or electric.")
        half_hours = -(-minutes // 30)  # rounded up
        return {"minutes": minutes, "kind": kind, "cents": half_hours * (100 if kind == "classic" else 250)}

    return app


from flask import abort, request
from werkzeug.exceptions import HTTPException


def as_json(error):
    """Return an error of Flask or of abort() as JSON."""
    return {"error": error.description}, error.code
