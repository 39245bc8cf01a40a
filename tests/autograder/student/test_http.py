"""`student.client`: WSGI and ASGI applications, and what is said of those that break the rules."""

from __future__ import annotations

import logging

import pytest

from autograder.exceptions import StudentWorkError

FLASK = """
from flask import Flask, jsonify, request, session, redirect
def create_app(settings=None, *, prefix=""):
    app = Flask("shop")
    app.secret_key = "k"
    app.config.update(settings or {})
    @app.get(prefix + "/items")
    def items(): return jsonify(args=request.args, name=app.config.get("NAME"), seen=session.get("seen", 0))
    @app.post(prefix + "/items")
    def add():
        session["seen"] = session.get("seen", 0) + 1
        return jsonify(json=request.get_json(silent=True), form=request.form, type=request.content_type,
            files={k: [f.filename, f.read().decode(), f.content_type] for k, f in request.files.items()}), 201
    @app.get("/bad")
    def bad(): return str(1 / 0)
    @app.get("/go")
    def go(): return redirect("/items")
    return app
app = create_app()
"""


def test_a_request_brings_query_json_form_and_headers(notebook) -> None:
    notebook.run(FLASK)
    notebook.run(
        "c = student.client('app')\n"
        "assert c.get('/items', query={'page': 2}).json['args'] == {'page': '2'}\n"
        "assert c.get('/items?page=3').json['args'] == {'page': '3'}\n"
        "assert c.post('/items', json={'a': None}).json['json'] == {'a': None}\n"
        "assert c.post('/items', json=None).json['type'] == 'application/json'\n"
        "assert c.post('/items', data={'a': 'ü', 'n': 1}).json['form'] == {'a': 'ü', 'n': '1'}\n"
        "r = c.post('/items', data='{', content_type='application/json')\n"
        "assert (r.status, r.reason, r.json['json']) == (201, 'CREATED', None)\n"
        "assert c.open('PURGE', '/items').status == 405\n"
        "assert c.head('/items').data == b''\n"
        "assert 'GET' in c.options('/items').headers['allow']\n"
        "assert c.get('/go').headers['Location'] == '/items'"
    )


def test_a_file_is_uploaded(notebook) -> None:
    notebook.run(FLASK, "r = student.client('app').post('/items', data={'n': 1}, files={'photo': ('a.txt', b'hello')})")
    assert notebook["r"].json["files"] == {"photo": ["a.txt", "hello", "text/plain"]}
    assert notebook["r"].json["form"] == {"n": "1"}


def test_each_client_keeps_its_own_cookies(notebook) -> None:
    notebook.run(FLASK, "a, b = student.client('app'), student.client('app')\na.post('/items')\na.post('/items')")
    assert notebook.run("(a.get('/items').json['seen'], b.get('/items').json['seen'])") == (2, 0)


def test_a_factory_is_called_with_copied_arguments(notebook) -> None:
    notebook.run(FLASK)
    assert (
        notebook.run("student.client('create_app', {'NAME': 'x'}, prefix='/v1').get('/v1/items').json['name']") == "x"
    )
    assert notebook.run("student.client('create_app').get('/items').json['name']") is None


@pytest.mark.parametrize("logging_set_up", ["", "import logging; logging.basicConfig()"])
def test_a_server_error_shows_what_the_applications_log_ends_with(
    logging_set_up: str, notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # without pytest's own
    error = notebook.failure(logging_set_up, FLASK, "assert student.client('app').get('/bad').status == 200")
    logging.getLogger("shop").handlers.clear()
    first, second, *_, last = str(error).split("\n")
    assert first == "Expected 200, but got 500."
    assert second.startswith("GET /bad was answered with 500 INTERNAL SERVER ERROR (text/html")
    assert last == "ZeroDivisionError: division by zero"


def test_a_body_that_is_not_json_is_shown(notebook) -> None:
    error = notebook.failure(
        "def app(environ, start_response):\n    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [b'hello']",
        "student.client('app').get('/x').json",
    )
    assert str(error) == "The body is not JSON. GET /x was answered with 200 OK (text/plain): hello"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return []", "`app` never called start_response."),
        ("start('200 OK', [])\n    return b'x'", "`app` returned bytes, and WSGI wants an iterable of bytes."),
        ("start('200 OK', [])\n    return None", "`app` returned NoneType, and WSGI wants an iterable of bytes"),
        ("start('200 OK', [])\n    return ['x']", "The body that `app` returned holds str, and WSGI wants bytes."),
        ("start(200, [])\n    return []", "with a status of type int; it wants text such as '200 OK'"),
        ("start('200', [])\n    return []", "with the status '200'; it wants a code, a space and a reason"),
        ("start('200 OK', {})\n    return []", "with headers of type dict; it wants a list of pairs"),
        ("start('200 OK', [('A', 1)])\n    return []", "whose value is int; both must be str"),
        ("start('200 OK', [('A', 'b\\r\\nC: d')])\n    return []", "holds a line break"),
        ("start('200 OK', [('A', '€')])\n    return []", "which HTTP can't carry there"),
        ("start('200 OK', [])\n    start('200 OK', [])\n    return []", "called start_response twice"),
    ],
)
def test_a_broken_rule_of_wsgi_is_named_with_what_to_do(body: str, said: str, notebook) -> None:
    error = notebook.failure(f"def app(environ, start):\n    {body}", "student.client('app').get('/')")
    assert isinstance(error, StudentWorkError)
    assert said in str(error)


def test_a_wsgi_applications_generator_is_read_and_closed(notebook) -> None:
    notebook.run(
        "closed = []\n"
        "def app(environ, start):\n"
        "    write = start('200 OK', [])\n"
        "    write(b'a')\n"
        "    try:\n"
        "        yield b'b'\n"
        "    finally:\n"
        "        closed.append(environ['QUERY_STRING'])"
    )
    assert notebook.run("student.client('app').get('/?q=1').text") == "ab"
    assert notebook["closed"] == ["q=1"]


def test_an_exception_of_a_bare_application_arrives(notebook) -> None:
    assert isinstance(
        notebook.failure("def app(e, s): return 1 / 0", "student.client('app').get('/')"), ZeroDivisionError
    )


@pytest.mark.parametrize("definition", ["app = 3", "def app(a): return 1", "def app(): return {}"])
def test_what_is_no_application_is_named(definition: str, notebook) -> None:
    assert "is not a web application" in str(notebook.failure(definition, "student.client('app')"))


STARLETTE = """
import contextlib
from starlette.applications import Starlette
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route
events = []
def create_app(fail=False):
    @contextlib.asynccontextmanager
    async def lifespan(app):
        events.append("start")
        if fail: raise RuntimeError("no database")
        yield {"db": "open"}
        events.append("end")
    async def echo(request):
        body = await request.body()
        return JSONResponse({"path": request.url.path, "q": dict(request.query_params), "body": body.decode(),
            "db": request.state.db, "header": request.headers.get("x-trace"), "id": request.path_params["id"],
            "cookie": request.cookies.get("k")}, 201, headers={"set-cookie": "k=v"})
    async def bad(request): raise KeyError("gone")
    async def stream(request):
        async def parts():
            for n in range(3): yield f"{n};"
        return StreamingResponse(parts(), media_type="text/plain")
    def blocking(request): return JSONResponse(events)
    return Starlette(lifespan=lifespan, routes=[Route("/items/{id:int}", echo, methods=["POST"]), Route("/bad", bad),
        Route("/stream", stream), Route("/events", blocking)])
app = create_app()
"""


def test_an_asgi_application_answers_with_its_lifespan_around_it(notebook) -> None:
    notebook.run(STARLETTE)
    notebook.run(
        "with student.client('app') as c:\n"
        "    r = c.post('/items/7?q=x%20y', data='hällo', headers={'X-Trace': 't'})\n"
        "    assert c.post('/items/1').json['cookie'] == 'v'\n"
        "    assert c.get('/stream').text == '0;1;2;'\n"
        "    assert c.get('/events').json == ['start']\n"
        "    assert c.get('/items/1').status == 405"
    )
    answer = notebook["r"]
    assert (answer.status, answer.reason, answer.headers["content-type"]) == (201, "CREATED", "application/json")
    assert answer.json == {
        "path": "/items/7", "q": {"q": "x y"}, "body": "hällo", "db": "open", "header": "t", "id": 7, "cookie": None,
    }  # fmt: skip
    assert notebook["events"] == ["start", "end"]


def test_an_asgi_application_ends_with_its_cell(notebook) -> None:
    notebook.run(STARLETTE, "c = student.client('create_app')\nc.get('/events')")
    assert notebook["events"] == ["start", "end"]
    assert "was closed with its cell" in str(notebook.failure("c.get('/events')"))


def test_an_asgi_applications_server_error_has_its_traceback_as_log(notebook) -> None:
    error = notebook.failure(STARLETTE, "assert student.client('app').get('/bad').status == 200")
    assert str(error).endswith("KeyError: 'gone'")


def test_an_asgi_application_that_cannot_start_says_why(notebook) -> None:
    error = notebook.failure(STARLETTE, "student.client('create_app', True)")
    assert str(error).startswith("`create_app(True)` could not start: Traceback")
    assert "no database" in str(error)


BARE = """
async def app(scope, receive, send):
    if scope["type"] != "http": raise NotImplementedError
    async def start(**more): await send({{"type": "http.response.start", "status": 299, **more}})
    async def body(data): await send({{"type": "http.response.body", "body": data}})
    {}
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("pass", "`app` ended without a whole answer."),
        ("await body(b'')", "sent 'http.response.body' where ASGI doesn't allow it"),
        ("await start(status='200')", "sent a status of type str"),
        ("await start(headers=[('a', 'b')])", "both must be bytes"),
        ("await start(); await body('x')", "sent a body of type str; it wants bytes"),
    ],
)
def test_a_broken_rule_of_asgi_is_named(body: str, said: str, notebook) -> None:
    error = notebook.failure(BARE.format(body), "student.client('app').get('/')")
    assert isinstance(error, StudentWorkError)
    assert said in str(error)


def test_a_bare_asgi_application_without_lifespan_answers(notebook) -> None:
    notebook.run(BARE.format("await start(headers=[(b'a', b'1')]); await body((await receive())['body'])"))
    notebook.run("r = student.client('app').post('/', data=b'x')")
    assert (notebook["r"].status, notebook["r"].data, notebook["r"].headers["A"]) == (299, b"x", "1")
    notebook.run(BARE.format("1 / 0"))
    assert isinstance(notebook.failure("student.client('app').get('/')"), ZeroDivisionError)


def test_a_later_cells_wrong_answer_gets_the_hint_that_fits_it(notebook, hints) -> None:
    hints("read:\n  - In general.\nid-type:\n  - Is the id a number?\nmissing:\n  - Is it there?\n")
    notebook.run("def status(n):\n    return {'a': 404}[n] if isinstance(n, str) else n")
    cell = "assert student.status({}) == 200, hint('read', {{404: 'id-type', 'KeyError': 'missing'}})"
    assert str(notebook.failure(cell.format(500))).endswith("Hint (read): In general.")
    assert str(notebook.failure(cell.format(404))).endswith("Hint (id-type): Is the id a number?")
    assert notebook.failure(cell.format("'b'")).__notes__ == ["Hint (missing): Is it there?"]


def test_a_hint_that_is_not_there_never_hides_the_failure(notebook, hints) -> None:
    cell = "def f(): return 1\nassert student.f() == 2, hint('k')"
    assert str(notebook.failure(cell)).endswith("there is no hints.yaml beside this notebook.")
    hints("other:\n  - x\n")
    assert str(notebook.failure(cell)).endswith("hints.yaml has no steps for 'k'.")
    hints("[")
    assert str(notebook.failure(cell)).startswith("Expected 2, but got 1.")
