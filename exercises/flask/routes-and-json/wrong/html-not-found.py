# ---
# misconception: abort answers in JSON
# caught_by: test_read
# hint: not-there
# ---
# %% grade_id="stations"
from flask import abort


def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    app = Flask(__name__)
    by_id = {station["id"]: station for station in STATIONS}

    @app.get("/stations")
    def list_stations():
        return [{"id": station["id"], "name": station["name"]} for station in STATIONS]

    @app.get("/stations/<int:station_id>")
    def read_station(station_id):
        if station_id not in by_id:
            abort(404)
        return by_id[station_id]

    return app
