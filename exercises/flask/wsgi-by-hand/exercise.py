# ---
# title: A WSGI application by hand
# kind: http
# seconds: 5
# ---

# %% [markdown]
# # A WSGI application by hand
#
# Your company offers a free trial. A person types a name and an e-mail address, clicks **Start my trial**, and sees a
# greeting. Behind the button stands a small service, and on the machine where it must run nothing but Python is
# installed. So you write it as a WSGI application, without a framework: three functions that answer one kind of request
# each, and a fourth that sends each request to the right one.
#
# A WSGI application is a function of two arguments. The server calls it once for each request:
#
# ```python
# def application(environ, start_response):
#     start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "2")])
#     return [b"hi"]
# ```
#
# | in `environ` | for `POST /trial?from=mail` with the body `name=Ada` |
# | --- | --- |
# | `REQUEST_METHOD` | `"POST"` |
# | `PATH_INFO` | `"/trial"` |
# | `QUERY_STRING` | `"from=mail"`, still percent-encoded |
# | `CONTENT_LENGTH` | `"8"`; may be missing or empty when there is no body |
# | `wsgi.input` | the body, to be read as bytes: `environ["wsgi.input"].read(8)` |
#
# There are four tasks and 20 points. Use only Python's standard library; the next cell imports four functions of
# `urllib.parse`, for the tests and for you. In every answer `Content-Length` is the number of bytes of the body.

# %% tags=["setup"] grade_id="setup"
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from autograder.student import hint, student

# %% [markdown]
# ## Task 1: is it alive? (2 points)
#
# A monitor asks every ten seconds whether the service runs. Write `health(environ, start_response)`. Whatever the
# request, it answers
#
# | status | `Content-Type` | `Content-Length` | body |
# | --- | --- | --- | --- |
# | `200 OK` | `text/plain; charset=utf-8` | `2` | `ok` |


# %% tags=["task"] grade_id="health"
def health(environ, start_response):
    """Say that the service runs."""
    ### BEGIN SOLUTION
    return send_text(start_response, "200 OK", "ok")


def send_text(start_response, status, text, headers=()):
    """Answer with plain text; more headers may be given."""
    body = text.encode("utf-8")
    start_response(
        status,
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), *headers],
    )
    return [body]


### END SOLUTION


# %% tags=["test"] grade_id="test_health" points=2
response = student.client("health").get("/health")
assert (response.status, response.text) == (200, "ok"), hint("first-answer")
assert response.headers.get("Content-Type") == "text/plain; charset=utf-8", hint("content-type")
assert response.headers.get("Content-Length") == "2", hint("content-length")
### BEGIN HIDDEN TESTS
assert response.reason == "OK", hint("first-answer")
response = student.client("health").post("/anything?x=1", data=b"a body")
assert (response.status, response.text, response.headers.get("Content-Length")) == (200, "ok", "2"), hint(
    "first-answer"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: greet (5 points)
#
# Write `hello(environ, start_response)`. It answers `200 OK` with `Content-Type: text/plain; charset=utf-8` and greets the
# `name` in the query. Without a name, or with an empty one, it greets the world.
#
# | request | body |
# | --- | --- |
# | `GET /hello?name=Ada` | `Hello, Ada!` |
# | `GET /hello?name=Zo%C3%AB` | `Hello, Zoë!` |
# | `GET /hello?name=Ada+Lovelace` | `Hello, Ada Lovelace!` |
# | `GET /hello` and `GET /hello?name=` | `Hello, world!` |
#
# The query may hold other parameters too; they change nothing. `name` comes at most once.


# %% tags=["task"] grade_id="hello"
def hello(environ, start_response):
    """Greet the person whom the query names."""
    ### BEGIN SOLUTION
    name = dict(parse_qsl(environ.get("QUERY_STRING", ""))).get("name", "world")
    return send_text(start_response, "200 OK", f"Hello, {name}!")
    ### END SOLUTION


# %% tags=["test"] grade_id="test_hello" points=3
client = student.client("hello")
response = client.get("/hello?name=Ada")
assert (response.status, response.text) == (200, "Hello, Ada!"), hint("query")
assert response.headers.get("Content-Type") == "text/plain; charset=utf-8", hint("content-type")
assert client.get("/hello").text == "Hello, world!", hint("no-name")
assert client.get("/hello?name=").text == "Hello, world!", hint("no-name")
### BEGIN HIDDEN TESTS
assert client.get("/hello?lang=de&name=Ada&x=1").text == "Hello, Ada!", hint("query")
assert client.get("/hello?lang=de").text == "Hello, world!", hint("no-name")
assert client.get("/hello?surname=Lovelace").text == "Hello, world!", hint("query")
assert client.get("/hello?name=a%3Db").text == "Hello, a=b!", hint("decode")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_hello_names" points=2
client = student.client("hello")
response = client.get("/hello?name=Zo%C3%AB")
assert response.text == "Hello, Zoë!", hint("decode")
assert response.headers.get("Content-Length") == "12", hint("content-length")
assert client.get("/hello?name=Ada+Lovelace").text == "Hello, Ada Lovelace!", hint("decode")
### BEGIN HIDDEN TESTS
response = client.get("/hello?name=%E6%9D%8E+%26+C%2B%2B")
assert response.text == "Hello, 李 & C++!", hint("decode")
assert response.headers.get("Content-Length") == str(len("Hello, 李 & C++!".encode())), hint("content-length")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the button is clicked (6 points)
#
# When the button is clicked, the browser takes what was typed into the form, writes it like a query, and sends it as
# the *body* of a `POST`:
#
# ```
# POST /trial HTTP/1.1
# Content-Type: application/x-www-form-urlencoded
# Content-Length: 34
#
# name=Zo%C3%AB&email=zoe%40mail.com
# ```
#
# Write `trial(environ, start_response)`. It reads the fields `name` and `email` from the body and removes white space at
# their ends.
#
# - If all is well it answers `303 See Other` with an empty body (`Content-Length: 0`) and a `Location` that sends the
#   browser on to the greeting: for this request `/hello?name=Zo%C3%AB`. The name must be percent-encoded there, for it may
#   hold any character. (How a space is encoded, `+` or `%20`, is up to you.)
# - Otherwise it answers `400 Bad Request`, `Content-Type: text/plain; charset=utf-8`, with a line for each problem, in
#   this order, separated by `\n`:
#
# | problem | line |
# | --- | --- |
# | `name` is missing or empty | `name is missing` |
# | `email` is missing or empty | `email is missing` |
# | `email` is there, but holds no `@` | `email has no @` |
#
# Read no more of the body than `CONTENT_LENGTH` says: many servers wait for ever for the bytes that never come.


# %% tags=["task"] grade_id="trial"
def trial(environ, start_response):
    """Take the form of a free trial, and send the browser on to the greeting."""
    ### BEGIN SOLUTION
    length = int(environ.get("CONTENT_LENGTH") or 0)
    form = dict(parse_qsl(environ["wsgi.input"].read(length).decode("utf-8", errors="replace")))
    name, email = (form.get(field, "").strip() for field in ("name", "email"))
    problems = []
    if not name:
        problems.append("name is missing")
    if not email:
        problems.append("email is missing")
    elif "@" not in email:
        problems.append("email has no @")
    if problems:
        return send_text(start_response, "400 Bad Request", "\n".join(problems))
    location = "/hello?" + urlencode({"name": name})
    start_response("303 See Other", [("Location", location), ("Content-Length", "0")])
    return []
    ### END SOLUTION


# %% tags=["test"] grade_id="test_trial" points=3
client = student.client("trial")
response = client.post("/trial", data={"name": "Zoë", "email": "zoe@mail.com"})
assert (response.status, response.data) == (303, b""), hint("form")
location = urlsplit(response.headers.get("Location", ""))
assert (location.path, parse_qs(location.query)) == ("/hello", {"name": ["Zoë"]}), hint("location")
assert response.headers.get("Content-Length") == "0", hint("content-length")
### BEGIN HIDDEN TESTS
assert response.reason == "See Other", hint("form")
for name in ("Ada & Co", "a=b", "50%", "C++", "#1", "two\r\nlines", "李"):
    response = client.post("/trial", data={"email": "a@b", "name": f"  {name} "})
    location = urlsplit(response.headers.get("Location", ""))
    assert (response.status, location.path) == (303, "/hello"), hint("location")
    assert parse_qs(location.query) == {"name": [name]}, hint("location")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_trial_refuses" points=3
client = student.client("trial")
response = client.post("/trial", data={"name": "Ada", "email": "mail.com"})
assert (response.status, response.text.strip()) == (400, "email has no @"), hint("problems")
assert response.headers.get("Content-Type") == "text/plain; charset=utf-8", hint("content-type")
response = client.post("/trial", data={"name": "", "email": ""})
assert (response.status, response.text.splitlines()) == (400, ["name is missing", "email is missing"]), hint("problems")
response = client.post("/trial")
assert (response.status, response.text.splitlines()) == (400, ["name is missing", "email is missing"]), hint("no-body")
### BEGIN HIDDEN TESTS
assert response.headers.get("Content-Length") == str(len(response.data)), hint("content-length")
assert response.reason == "Bad Request", hint("problems")
response = client.post("/trial", data={"name": " \t ", "email": "zoe"})
assert (response.status, response.text.splitlines()) == (400, ["name is missing", "email has no @"]), hint(
    "white-space"
)
response = client.post("/trial", data={"name": "Ada", "email": "  "})
assert (response.status, response.text.splitlines()) == (400, ["email is missing"]), hint("white-space")
response = client.post("/trial", data={"email": "a@b"})
assert (response.status, response.text.splitlines()) == (400, ["name is missing"]), hint("problems")
response = client.post("/trial?name=Ada&email=a@b", data="other=1", content_type="application/x-www-form-urlencoded")
assert response.status == 400, hint("form")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: one application (7 points)
#
# Write `app(environ, start_response)`, which sends each request to the right function:
#
# | path | method | answered by |
# | --- | --- | --- |
# | `/health` | `GET` | `health` |
# | `/hello` | `GET` | `hello` |
# | `/trial` | `POST` | `trial` |
#
# - Any other path: `404 Not Found`. Paths are compared exactly, so `/health/` is another path.
# - One of these paths with another method: `405 Method Not Allowed`, with the header `Allow` that lists the methods that the
#   path has, separated by a comma and a space.
# - `HEAD` works wherever `GET` does. The answer has the status and the headers of the `GET`, `Content-Length` too, but an
#   empty body. So `Allow` is `GET, HEAD` for two of the paths and `POST` for the third. (The order doesn't matter.)
#
# The texts of the errors are yours to choose.


# %% tags=["task"] grade_id="app"
def app(environ, start_response):
    """Send each request to the function that answers it."""
    ### BEGIN SOLUTION
    methods = ROUTES.get(environ["PATH_INFO"])
    if methods is None:
        return send_text(start_response, "404 Not Found", "not found")
    method = environ["REQUEST_METHOD"]
    if method not in methods:
        allow = ("Allow", ", ".join(methods))
        return send_text(start_response, "405 Method Not Allowed", "method not allowed", [allow])
    return methods[method](environ, start_response)


def headed(application):
    """Return the methods of a path that is read: GET, and HEAD without the body."""

    def head(environ, start_response):
        application(environ, start_response)
        return []

    return {"GET": application, "HEAD": head}


ROUTES = {"/health": headed(health), "/hello": headed(hello), "/trial": {"POST": trial}}
### END SOLUTION


# %% [markdown]
# Try your application: the next cell clicks the button, and then goes where the answer sends it, as a browser does.

# %%
client = student.client("app")
answer = client.post("/trial", data={"name": "Zoë", "email": "zoe@mail.com"})
print(answer, "→", answer.headers.get("Location"))
print(client.get(answer.headers["Location"]))

# %% tags=["test"] grade_id="test_routes" points=3
client = student.client("app")
assert client.get("/health").text == "ok", hint("route")
assert client.get("/hello?name=Ada").text == "Hello, Ada!", hint("route")
response = client.post("/trial", data={"name": "Zoë", "email": "zoe@mail.com"})
assert response.status == 303, hint("route")
assert client.get(response.headers["Location"]).text == "Hello, Zoë!", hint("location")
### BEGIN HIDDEN TESTS
assert client.post("/trial", data={"name": "Zoë"}).status == 400, hint("route")
assert client.get("/hello?name=/health").text == "Hello, /health!", hint("route")
assert client.get("/health?name=Ada").text == "ok", hint("route")
response = client.post("/trial", data={"name": "Ada & Bob + C", "email": "a@b"})
assert client.get(response.headers["Location"]).text == "Hello, Ada & Bob + C!", hint("location")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_refusals" points=2
client = student.client("app")
assert client.get("/nothing").status == 404, hint("not-found")
response = client.get("/trial")
assert (response.status, response.headers.get("Allow")) == (405, "POST"), hint("allow")
### BEGIN HIDDEN TESTS
assert response.reason == "Method Not Allowed", hint("allow")
response = client.get("/")
assert (response.status, response.reason) == (404, "Not Found"), hint("not-found")
assert response.headers.get("Content-Length") == str(len(response.data)), hint("content-length")
for path in ("/health/", "/HELLO", "/hello/Ada", "/trial/1"):
    assert (path, client.get(path).status) == (path, 404), hint("not-found")
for path in ("/health", "/hello"):
    response = client.delete(path)
    assert (path, response.status) == (path, 405), hint("allow")
    assert sorted(response.headers.get("Allow", "").replace(" ", "").split(",")) == ["GET", "HEAD"], hint("allow")
    assert response.headers.get("Content-Length") == str(len(response.data)), hint("content-length")
assert client.put("/trial").headers.get("Allow") == "POST", hint("allow")
assert client.post("/nothing").status == 404, hint("not-found")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_head" points=2
client = student.client("app")
response = client.head("/health")
assert (response.status, response.data) == (200, b""), hint("head")
assert response.headers.get("Content-Length") == "2", hint("head")
### BEGIN HIDDEN TESTS
response = client.head("/hello?name=Ada")
assert (response.status, response.data) == (200, b""), hint("head")
assert response.headers.get("Content-Length") == "11", hint("head")
assert response.headers.get("Content-Type") == "text/plain; charset=utf-8", hint("head")
assert client.head("/trial").status == 405, hint("head")
assert client.head("/nothing").status == 404, hint("not-found")
### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Serve `app` to your own browser: `from wsgiref.simple_server import make_server`, then
#   `make_server("127.0.0.1", 8000, app).serve_forever()`, and open <http://127.0.0.1:8000/hello?name=Ada>. Stop it with
#   JupyterLab's ■ (interrupt the kernel).
# - What of this would you like to have written for you? Make a list, and compare it with what Flask does in the next
#   lesson.
