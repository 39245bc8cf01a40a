# ---
# title: Routes and JSON
# kind: http
# seconds: 5
# ---

# %% [markdown]
# # Routes and JSON
#
# A city hires out bicycles at stations. Its new app for phones needs a service that tells it about them: which stations
# there are, where bicycles are left, what a ride costs; and the city's planners want the numbers as a table for their
# spreadsheet.
#
# You write four small Flask applications, one for each task, 20 points in all. Each is made by a function, such as
# `create_stations_app()`, that returns a new `Flask`. So you can run a cell again as often as you like, and nothing of the
# last try is left over. The tests call the function and send requests to what it returns.
#
# Unless a task says otherwise, a body is JSON, with `Content-Type: application/json`, and an error's body is a JSON
# object with `error`, a text for a person, which is yours to choose: `{"error": "There is no station 9."}`.
#
# The next cell holds the stations, and two functions that the tests use. Run it and leave it as it is.

# %% tags=["setup"] grade_id="setup"
import csv
import io

from autograder.student import hint, student
from flask import Flask

STATIONS = [
    {"id": 1, "name": "Central Station", "bikes": 12, "docks": 30},
    {"id": 2, "name": "Market Square, north side", "bikes": 0, "docks": 16},
    {"id": 4, "name": "Zürich Gate", "bikes": 5, "docks": 20},
    {"id": 7, "name": 'The "Old" Harbour', "bikes": 7, "docks": 12},
    {"id": 8, "name": "Harbour Street", "bikes": 3, "docks": 10},
]


def answer(response):
    """Return a response's status, its media type, and its body if that is JSON."""
    media_type = response.headers.get("Content-Type", "none").partition(";")[0].strip()
    return response.status, media_type, response.json if media_type == "application/json" else None


def refusal(response):
    """Return an error's status, its media type, and whether it says in words what is wrong."""
    status, media_type, body = answer(response)
    text = body.get("error") if isinstance(body, dict) else None
    return status, media_type, isinstance(text, str) and text.strip() != ""


# %% [markdown]
# ## Task 1: the stations (5 points)
#
# `STATIONS`, above, is a list of dictionaries. Write `create_stations_app()`. Its application answers:
#
# | request | answer |
# | --- | --- |
# | `GET /stations` | `200` with a list of all stations in the order of `STATIONS`, each with `id` and `name` only: `[{"id": 1, "name": "Central Station"}, …]` |
# | `GET /stations/4` | `200` with the whole station of that id: `{"id": 4, "name": "Zürich Gate", "bikes": 5, "docks": 20}` |
# | `GET /stations/3` | `404` with a JSON error, for there is no such station |


# %% tags=["task"] grade_id="stations"
def create_stations_app() -> Flask:
    """Return an application that lists the stations and tells about each."""
    ### BEGIN SOLUTION
    app = Flask(__name__)
    by_id = {station["id"]: station for station in STATIONS}

    @app.get("/stations")
    def list_stations():
        return [{"id": station["id"], "name": station["name"]} for station in STATIONS]

    @app.get("/stations/<int:station_id>")
    def read_station(station_id):
        if station_id not in by_id:
            return {"error": f"There is no station {station_id}."}, 404
        return by_id[station_id]

    return app
    ### END SOLUTION


# %% tags=["test"] grade_id="test_list" points=2 skills=["flask.routing", "flask.json"]
client = student.client("create_stations_app")
response = client.get("/stations")
assert answer(response) == (
    200,
    "application/json",
    [
        {"id": 1, "name": "Central Station"},
        {"id": 2, "name": "Market Square, north side"},
        {"id": 4, "name": "Zürich Gate"},
        {"id": 7, "name": 'The "Old" Harbour'},
        {"id": 8, "name": "Harbour Street"},
    ],
), hint("list")
### BEGIN HIDDEN TESTS
assert client.post("/stations", json={}).status == 405, hint("get-only")
assert answer(client.get("/stations?id=1"))[0] == 200, hint("list")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_read" points=3 skills=["flask.routing", "flask.json"]
client = student.client("create_stations_app")
response = client.get("/stations/4")
assert response.status == 200, hint("id-is-a-number")
assert answer(response) == (
    200,
    "application/json",
    {"id": 4, "name": "Zürich Gate", "bikes": 5, "docks": 20},
), hint("id-not-position")
response = client.get("/stations/3")
assert refusal(response) == (404, "application/json", True), hint("not-there")
### BEGIN HIDDEN TESTS
assert client.get("/stations/8").json["name"] == "Harbour Street", hint("id-not-position")
assert client.get("/stations/1").json["name"] == "Central Station", hint("id-not-position")
assert refusal(client.get("/stations/0")) == (404, "application/json", True), hint("id-not-position")
assert refusal(client.get("/stations/5")) == (404, "application/json", True), hint("id-not-position")
assert client.get("/stations/four").status == 404, hint("id-is-a-number")
assert client.get("/stations/4/bikes").status == 404, hint("id-is-a-number")
assert client.delete("/stations/4").status == 405, hint("get-only")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: search (5 points)
#
# Write `create_search_app()`. `GET /search` answers `200` with the stations that match, whole, in the order of `STATIONS`:
#
# ```json
# {"count": 1, "stations": [{"id": 7, "name": "The \"Old\" Harbour", "bikes": 7, "docks": 12}]}
# ```
#
# That was the answer to `GET /search?text=harbour&min_bikes=5`. A station must match both parameters:
#
# | parameter | matches | if left out |
# | --- | --- | --- |
# | `text` | stations whose name contains this text; upper and lower case are the same | every station |
# | `min_bikes` | stations with at least so many bikes; a whole number in the digits 0 to 9 | every station |
#
# When `min_bikes` is anything else (`many`, `-1`, `1.5`, or empty), the answer is `400` with a JSON error. Other parameters
# are ignored.


# %% tags=["task"] grade_id="search"
def create_search_app() -> Flask:
    """Return an application that finds stations by name and bikes."""
    ### BEGIN SOLUTION
    app = Flask(__name__)

    @app.get("/search")
    def search():
        text = request.args.get("text", "").casefold()
        min_bikes = request.args.get("min_bikes", "0")
        if not re.fullmatch("[0-9]{1,9}", min_bikes):
            return {"error": "min_bikes must be a whole number of 0 or more."}, 400
        found = [
            station for station in STATIONS if text in station["name"].casefold() and station["bikes"] >= int(min_bikes)
        ]
        return {"count": len(found), "stations": found}

    return app


import re

from flask import request

### END SOLUTION


# %% tags=["test"] grade_id="test_search" points=3 skills=["flask.requests", "flask.json"]
client = student.client("create_search_app")
response = client.get("/search?min_bikes=5")
assert answer(response)[:2] == (200, "application/json"), hint("left-out")
assert [station["id"] for station in response.json["stations"]] == [1, 4, 7], hint("at-least")
response = client.get("/search?text=STREET")
assert [station["id"] for station in response.json["stations"]] == [8], hint("case")
response = client.get("/search?text=harbour&min_bikes=5")
assert answer(response) == (
    200,
    "application/json",
    {"count": 1, "stations": [{"id": 7, "name": 'The "Old" Harbour', "bikes": 7, "docks": 12}]},
), hint("search")
### BEGIN HIDDEN TESTS
for query, ids in [
    ({}, [1, 2, 4, 7, 8]),
    ({"min_bikes": 7}, [1, 7]),
    ({"min_bikes": 8}, [1]),
    ({"min_bikes": 0}, [1, 2, 4, 7, 8]),
    ({"min_bikes": 1}, [1, 4, 7, 8]),
    ({"min_bikes": 1, "lang": "de"}, [1, 4, 7, 8]),
    ({"text": "ZÜRICH"}, [4]),
    ({"text": ", n"}, [2]),
    ({"text": "station", "min_bikes": 13}, []),
    ({"text": "airport"}, []),
    ({"text": ""}, [1, 2, 4, 7, 8]),
    ({"text": ".*"}, []),
    ({"text": "t"}, [1, 2, 4, 7, 8]),
]:
    status, media_type, body = answer(client.get("/search", query=query))
    assert (query, status, media_type) == (query, 200, "application/json"), hint("search")
    assert (query, [station["id"] for station in body["stations"]]) == (query, ids), hint("search")
    assert (query, body["count"]) == (query, len(ids)), hint("search")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_search_refuses" points=2 skills=["flask.requests", "flask.json"]
client = student.client("create_search_app")
response = client.get("/search?min_bikes=many")
assert refusal(response) == (400, "application/json", True), hint("no-number")
### BEGIN HIDDEN TESTS
for value in ("-1", "1.5", "", "five"):
    response = client.get("/search", query={"min_bikes": value, "text": "harbour"})
    assert (value, *refusal(response)) == (value, 400, "application/json", True), hint("no-number")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: what does it cost? (6 points)
#
# Write `create_prices_app()`. `POST /prices` takes a JSON object with
#
# | field | type | values |
# | --- | --- | --- |
# | `minutes` | whole number | 1 to 1440, how long the ride takes |
# | `kind` | text | `classic` or `electric` |
#
# and answers `200` with both and the price in cents. Every half hour that has begun costs 100 cents on a classic bicycle
# and 250 on an electric one:
#
# | request's body | answer |
# | --- | --- |
# | `{"minutes": 30, "kind": "classic"}` | `{"minutes": 30, "kind": "classic", "cents": 100}` |
# | `{"minutes": 31, "kind": "classic"}` | `{"minutes": 31, "kind": "classic", "cents": 200}` |
# | `{"minutes": 45, "kind": "electric"}` | `{"minutes": 45, "kind": "electric", "cents": 500}` |
#
# Every error has a JSON body:
#
# - `415` when the request's `Content-Type` is not `application/json`;
# - `400` when the body is not JSON, is not an object, lacks a field, or holds another value than the table allows. `true` is
#   not a whole number, and `30.0` isn't either. Fields that the table doesn't name are ignored.


# %% tags=["task"] grade_id="prices"
def create_prices_app() -> Flask:
    """Return an application that says what a ride costs."""
    ### BEGIN SOLUTION
    app = Flask(__name__)
    app.register_error_handler(HTTPException, as_json)

    @app.post("/prices")
    def price():
        ride = request.get_json()
        if not isinstance(ride, dict):
            abort(400, "Send a JSON object.")
        minutes, kind = ride.get("minutes"), ride.get("kind")
        if type(minutes) is not int or not 1 <= minutes <= 1440:
            abort(400, "minutes must be a whole number from 1 to 1440.")
        if kind not in ("classic", "electric"):
            abort(400, "kind must be classic or electric.")
        half_hours = -(-minutes // 30)  # rounded up
        return {"minutes": minutes, "kind": kind, "cents": half_hours * (100 if kind == "classic" else 250)}

    return app


from flask import abort, request
from werkzeug.exceptions import HTTPException


def as_json(error):
    """Return an error of Flask or of abort() as JSON."""
    return {"error": error.description}, error.code


### END SOLUTION


# %% tags=["test"] grade_id="test_prices" points=3 skills=["flask.json"]
client = student.client("create_prices_app")
for minutes, kind, cents in [(30, "classic", 100), (31, "classic", 200), (45, "electric", 500)]:
    response = client.post("/prices", json={"minutes": minutes, "kind": kind})
    assert answer(response) == (
        200,
        "application/json",
        {"minutes": minutes, "kind": kind, "cents": cents},
    ), hint("price")
### BEGIN HIDDEN TESTS
for minutes, kind, cents in [
    (1, "classic", 100),
    (29, "electric", 250),
    (60, "classic", 200),
    (1440, "electric", 12000),
]:
    response = client.post("/prices", json={"kind": kind, "minutes": minutes, "coupon": "x"})
    assert answer(response) == (
        200,
        "application/json",
        {"minutes": minutes, "kind": kind, "cents": cents},
    ), hint("price")
response = client.post(
    "/prices", data='{"minutes": 5, "kind": "classic"}', content_type="application/json; charset=utf-8"
)
assert response.status == 200, hint("media-type")
assert client.get("/prices").status == 405, hint("post-only")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_prices_refuses" points=3 skills=["flask.json", "flask.requests"]
client = student.client("create_prices_app")
response = client.post("/prices", json={"minutes": 0, "kind": "classic"})
assert refusal(response) == (400, "application/json", True), hint("allowed-values")
response = client.post("/prices", data='{"minutes": 30, ', content_type="application/json")
assert refusal(response) == (400, "application/json", True), hint("malformed")
response = client.post("/prices", data="minutes=30&kind=classic", content_type="application/x-www-form-urlencoded")
assert refusal(response) == (415, "application/json", True), hint("media-type")
### BEGIN HIDDEN TESTS
for minutes in (1441, -30, "30", 30.0, True, None, [30]):
    response = client.post("/prices", json={"minutes": minutes, "kind": "electric"})
    assert (minutes, *refusal(response)) == (minutes, 400, "application/json", True), hint("allowed-values")
for kind in ("Classic", "", None, 1, ["classic"]):
    response = client.post("/prices", json={"minutes": 30, "kind": kind})
    assert (kind, *refusal(response)) == (kind, 400, "application/json", True), hint("allowed-values")
for body in ({}, {"minutes": 30}, {"kind": "classic"}):
    assert (body, *refusal(client.post("/prices", json=body))) == (body, 400, "application/json", True), hint("missing")
for body in ("[]", '["minutes", "kind"]', "null", "30", '"kind"'):
    response = client.post("/prices", data=body, content_type="application/json")
    assert (body, *refusal(response)) == (body, 400, "application/json", True), hint("not-an-object")
response = client.post("/prices", data='{"minutes": 30, "kind": "classic"}', content_type="text/plain")
assert refusal(response) == (415, "application/json", True), hint("media-type")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: the table (4 points)
#
# Write `create_export_app()`. It answers with something else than JSON:
#
# | request | answer |
# | --- | --- |
# | `GET /stations.csv` | `200` with all stations as CSV: a first line `id,name,bikes,docks`, then a line for each station in the order of `STATIONS` |
# | `GET /` | `302` with a `Location` that leads to `/stations.csv` |
#
# The headers of the CSV are
#
# ```
# Content-Type: text/csv; charset=utf-8
# Content-Disposition: attachment; filename="stations.csv"
# Cache-Control: max-age=60
# ```
#
# so that a browser saves the file under that name, and may use its copy for a minute. In CSV a name that holds a comma or a
# quotation mark stands in quotation marks, and each mark inside is doubled. Python's module `csv` knows that (it is
# imported above, and so is `io`). Lines may end with `\n` or `\r\n`.


# %% tags=["task"] grade_id="export"
def create_export_app() -> Flask:
    """Return an application that gives the stations to a spreadsheet."""
    ### BEGIN SOLUTION
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
        return Response(table.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

    return app


from flask import Response, redirect, url_for

### END SOLUTION


# %% tags=["test"] grade_id="test_csv" points=2 skills=["flask.responses"]
client = student.client("create_export_app")
response = client.get("/stations.csv")
assert response.status == 200, hint("csv")
rows = list(csv.reader(io.StringIO(response.text, newline="")))
assert rows[:3] == [
    ["id", "name", "bikes", "docks"],
    ["1", "Central Station", "12", "30"],
    ["2", "Market Square, north side", "0", "16"],
], hint("csv")
### BEGIN HIDDEN TESTS
assert rows[3:] == [
    ["4", "Zürich Gate", "5", "20"],
    ["7", 'The "Old" Harbour', "7", "12"],
    ["8", "Harbour Street", "3", "10"],
], hint("csv")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_csv_headers" points=2 skills=["flask.responses"]
client = student.client("create_export_app")
response = client.get("/stations.csv")
assert response.headers.get("Content-Type") == "text/csv; charset=utf-8", hint("headers")
assert response.headers.get("Content-Disposition") == 'attachment; filename="stations.csv"', hint("headers")
response = client.get("/")
assert (response.status, response.headers.get("Location")) == (302, "/stations.csv"), hint("redirect")
### BEGIN HIDDEN TESTS
assert client.get("/stations.csv").headers.get("Cache-Control") == "max-age=60", hint("headers")
### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - The phone's app asks for the list every minute, and it hardly ever changes. Look up `ETag` and `If-None-Match`, add
#   `response.add_etag()` and `return response.make_conditional(request)` to the export, and see what a second request costs.
# - In which of your four applications would a list of 50,000 stations hurt first, and what would you change?
