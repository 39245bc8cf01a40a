# ---
# misconception: CSV is values joined by commas
# caught_by: test_csv
# hint: csv
# ---
# %% grade_id="export"
def create_export_app() -> Flask:
    """Return an application that gives the stations to a spreadsheet."""
    app = Flask(__name__)

    @app.get("/")
    def home():
        return redirect(url_for("export"))

    @app.get("/stations.csv")
    def export():
        lines = ["id,name,bikes,docks"] + [",".join(map(str, station.values())) for station in STATIONS]
        headers = {
            "Content-Disposition": 'attachment; filename="stations.csv"',
            "Cache-Control": "max-age=60",
        }
        return Response("\n".join(lines), content_type="text/csv; charset=utf-8", headers=headers)

    return app


from flask import Response, redirect, url_for
