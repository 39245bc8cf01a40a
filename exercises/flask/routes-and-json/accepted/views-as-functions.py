# ---
# note: views without decorators, jsonify, make_response, abort with a response, regular expressions for the search
# ---
# %% grade_id="stations"
from flask import Flask, abort, jsonify, make_response


def create_stations_app() -> Flask:
    app = Flask("stations")

    def stations(wanted=None):
        if wanted is None:
            return jsonify([{key: station[key] for key in ("id", "name")} for station in STATIONS])
        for station in STATIONS:
            if station["id"] == wanted:
                return jsonify(station)
        abort(make_response(jsonify(error="No station."), 404))

    app.add_url_rule("/stations", view_func=stations)
    app.add_url_rule("/stations/<int:wanted>", view_func=stations)
    return app


# %% grade_id="search"
import re

from flask import request


def create_search_app() -> Flask:
    app = Flask("search")

    @app.route("/search")
    def search():
        pattern = re.compile(re.escape(request.args.get("text") or ""), re.IGNORECASE)
        try:
            least = int(request.args.get("min_bikes", 0))
        except ValueError:
            least = -1
        if least < 0:
            return jsonify(error="Not a number of bikes."), 400
        stations = [s for s in STATIONS if pattern.search(s["name"]) and not s["bikes"] < least]
        return jsonify(stations=stations, count=len(stations))

    return app


# %% grade_id="prices"
import math

from flask import request


def create_prices_app() -> Flask:
    app = Flask("prices")

    @app.route("/prices", methods=["POST"])
    def prices():
        if request.mimetype != "application/json":
            return {"error": "JSON, please."}, 415
        match request.get_json(silent=True):
            case {"minutes": int(minutes), "kind": "classic" | "electric" as kind} if (
                0 < minutes < 1441 and minutes is not True
            ):
                rate = {"classic": 100, "electric": 250}[kind]
                return {"cents": math.ceil(minutes / 30) * rate, "kind": kind, "minutes": minutes}
        return {"error": "Give minutes and kind."}, 400

    return app


# %% grade_id="export"
from flask import make_response, redirect


def create_export_app() -> Flask:
    app = Flask("export")

    @app.route("/stations.csv")
    def table():
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        rows.writerow(["id", "name", "bikes", "docks"])
        rows.writerows(station.values() for station in STATIONS)
        response = make_response(text.getvalue())
        response.mimetype = "text/csv"
        response.headers.set("Content-Disposition", 'attachment; filename="stations.csv"')
        response.cache_control.max_age = 60
        return response

    @app.route("/")
    def index():
        return redirect("/stations.csv", 302)

    return app
