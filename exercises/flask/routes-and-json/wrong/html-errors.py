# ---
# misconception: Flask's own errors are JSON in a JSON service
# caught_by: test_prices_refuses
# hint: malformed
# ---
# %% grade_id="prices"
def create_prices_app() -> Flask:
    """Return an application that says what a ride costs."""
    app = Flask(__name__)

    @app.post("/prices")
    def price():
        ride = request.get_json()
        if not isinstance(ride, dict):
            return as_json(400, "Send a JSON object.")
        minutes, kind = ride.get("minutes"), ride.get("kind")
        if type(minutes) is not int or not 1 <= minutes <= 1440:
            return as_json(400, "minutes must be a whole number from 1 to 1440.")
        if kind not in ("classic", "electric"):
            return as_json(400, "kind must be classic or electric.")
        half_hours = -(-minutes // 30)  # rounded up
        return {"minutes": minutes, "kind": kind, "cents": half_hours * (100 if kind == "classic" else 250)}

    return app


from flask import request


def as_json(status, text):
    return {"error": text}, status
