# ---
# note: each function by itself, with bodies in parts, a generator, percent-encoded spaces, a line break after each problem
# ---
# %% grade_id="health"
def health(environ, start_response):
    start_response("200 OK", [("content-type", "text/plain; charset=utf-8"), ("content-length", "2")])
    yield b"o"
    yield b"k"


# %% grade_id="hello"
from urllib.parse import parse_qsl, quote


def hello(environ, start_response):
    name = dict(parse_qsl(environ["QUERY_STRING"])).get("name") or "world"
    parts = [b"Hello, ", name.encode(), b"!"]
    start_response(
        "200 OK",
        [("Content-Length", str(sum(map(len, parts)))), ("Content-Type", "text/plain; charset=utf-8")],
    )
    return parts


# %% grade_id="trial"
def trial(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or "0"))
    form = {field: value.strip() for field, value in parse_qsl(body.decode())}
    lines = [f"{field} is missing" for field in ("name", "email") if not form.get(field)]
    if form.get("email") and "@" not in form["email"]:
        lines.append("email has no @")
    if lines:
        body = "".join(line + "\n" for line in lines).encode()
        start_response(
            "400 Bad Request",
            [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))],
        )
        return [body]
    start_response(
        "303 See Other", [("Content-Length", "0"), ("Location", f"/hello?name={quote(form['name'], safe='')}")]
    )
    return [b""]


# %% grade_id="app"
def app(environ, start_response):
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path in ("/health", "/hello"):
        allowed = ("HEAD", "GET")
    elif path == "/trial":
        allowed = ("POST",)
    else:
        start_response("404 Not Found", [("Content-Length", "0")])
        return ()
    if method not in allowed:
        start_response("405 Method Not Allowed", [("Allow", ", ".join(allowed)), ("Content-Length", "0")])
        return ()
    body = b"".join({"/health": health, "/hello": hello, "/trial": trial}[path](environ, start_response))
    return [b"" if method == "HEAD" else body]
