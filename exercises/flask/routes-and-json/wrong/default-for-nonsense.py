# ---
# misconception: type=int refuses what is no number
# caught_by: test_search_refuses
# hint: no-number
# ---
# %% grade_id="search"
def create_search_app() -> Flask:
    """Return an application that finds stations by name and bikes."""
    app = Flask(__name__)

    @app.get("/search")
    def search():
        text = request.args.get("text", "").casefold()
        min_bikes = request.args.get("min_bikes", 0, type=int)
        found = [
            station for station in STATIONS if text in station["name"].casefold() and station["bikes"] >= min_bikes
        ]
        return {"count": len(found), "stations": found}

    return app


from flask import request
