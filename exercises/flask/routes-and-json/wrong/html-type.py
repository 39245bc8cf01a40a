# ---
# misconception: Flask sees what type a text is
# caught_by: test_csv_headers
# hint: headers
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
        table = io.StringIO(newline="")
        writer = csv.DictWriter(table, ["id", "name", "bikes", "docks"])
        writer.writeheader()
        writer.writerows(STATIONS)
        headers = {
            "Content-Disposition": 'attachment; filename="stations.csv"',
            "Cache-Control": "max-age=60",
        }
        return Response(table.getvalue(), headers=headers)

    return app


from flask import Response, redirect, url_for
