# ---
# misconception: nothing found is an empty answer
# caught_by: test_read
# hint: not-there
# ---
# %% grade_id="stations"
def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    app = Flask(__name__)
    by_id = {station["id"]: station for station in STATIONS}

    @app.get("/stations")
    def list_stations():
        return [{"id": station["id"], "name": station["name"]} for station in STATIONS]

    @app.get("/stations/<int:station_id>")
    def read_station(station_id):
        return by_id.get(station_id, {})

    return app
