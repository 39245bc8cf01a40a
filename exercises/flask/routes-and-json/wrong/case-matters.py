# ---
# misconception: a person types as the data is written
# caught_by: test_search
# hint: case
# ---
# %% grade_id="search"
def create_search_app() -> Flask:
    """Return an application that finds stations by name and bikes."""
    app = Flask(__name__)

    @app.get("/search")
    def search():
        text = request.args.get("text", "")
        min_bikes = request.args.get("min_bikes", "0")
        if not re.fullmatch("[0-9]{1,9}", min_bikes):
            return {"error": "min_bikes must be a whole number of 0 or more."}, 400
        found = [station for station in STATIONS if text in station["name"] and station["bikes"] >= int(min_bikes)]
        return {"count": len(found), "stations": found}

    return app


import re

from flask import request
