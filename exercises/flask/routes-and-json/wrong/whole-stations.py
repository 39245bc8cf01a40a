# ---
# misconception: the list may as well hold everything
# caught_by: test_list
# hint: list
# ---
# %% grade_id="stations"
def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    app = Flask(__name__)
    by_id = {station["id"]: station for station in STATIONS}

    @app.get("/stations")
    def list_stations():
        return STATIONS

    @app.get("/stations/<int:station_id>")
    def read_station(station_id):
        if station_id not in by_id:
            return {"error": f"There is no station {station_id}."}, 404
        return by_id[station_id]

    return app
