# ---
# misconception: the id in the path is a number by itself
# caught_by: test_read
# hint: id-is-a-number
# ---
# %% grade_id="stations"
def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    app = Flask(__name__)
    by_id = {station["id"]: station for station in STATIONS}

    @app.get("/stations")
    def list_stations():
        return [{"id": station["id"], "name": station["name"]} for station in STATIONS]

    @app.get("/stations/<station_id>")
    def read_station(station_id):
        if station_id not in by_id:
            return {"error": f"There is no station {station_id}."}, 404
        return by_id[station_id]

    return app
