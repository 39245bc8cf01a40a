# ---
# misconception: a redirect is calling the other view
# caught_by: test_csv_headers
# hint: redirect
# ---
# %% grade_id="export"
def create_export_app() -> Flask:
    """Return an application that gives the stations to a spreadsheet."""
    app = Flask(__name__)

    @app.get("/")
    def home():
        return export()

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
        return Response(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

    return app


from flask import Response, redirect, url_for
