# ---
# misconception: an id is a place in the list
# caught_by: test_read
# hint: id-not-position
# ---
# %% grade_id="stations"
def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    app = Flask(__name__)

    @app.get("/stations")
    def list_stations():
        return [{"id": station["id"], "name": station["name"]} for station in STATIONS]

    @app.get("/stations/<int:station_id>")
    def read_station(station_id):
        if station_id > len(STATIONS):
            return {"error": f"There is no station {station_id}."}, 404
        return STATIONS[station_id - 1]

    return app
