"""One HTTP contract, in every language, over real HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.exceptions import StudentWorkError

# GET /items lists, POST /items adds a name; an empty name is 400; anything else is 404.
SERVERS = {
    "php": """%%php --save server.php
<?php
$file = sys_get_temp_dir() . "/items-" . getenv("PORT");
$items = file_exists($file) ? json_decode(file_get_contents($file)) : [];
function answer($status, $data) {
    http_response_code($status);
    header("Content-Type: application/json");
    echo json_encode($data);
}
if (parse_url($_SERVER["REQUEST_URI"], PHP_URL_PATH) !== "/items") return answer(404, ["error" => "not found"]);
if ($_SERVER["REQUEST_METHOD"] === "GET") return answer(200, $items);
$name = json_decode(file_get_contents("php://input"))->name;
if ($name === "") return answer(400, ["error" => "empty"]);
$items[] = $name;
file_put_contents($file, json_encode($items));
header("Location: /items/" . count($items));
answer(201, ["name" => $name]);
""",
    "ruby": """%%ruby --save server.rb
require "webrick"
require "json"
items = []
server = WEBrick::HTTPServer.new(Port: ENV["PORT"].to_i, BindAddress: "127.0.0.1", AccessLog: [])
server.mount_proc("/") do |request, response|
  response["Content-Type"] = "application/json"
  response.status, data =
    if request.path != "/items" then [404, {error: "not found"}]
    elsif request.request_method == "GET" then [200, items]
    else
      name = JSON.parse(request.body)["name"]
      if name.empty? then [400, {error: "empty"}]
      else
        items << name
        response["Location"] = "/items/#{items.size}"
        [201, {name: name}]
      end
    end
  response.body = data.to_json
end
server.start
""",
    "node": """%%node --save server.js
const items = [];
require("http").createServer((request, response) => {
  let body = "";
  request.on("data", chunk => body += chunk);
  request.on("end", () => {
    const answer = (status, data, headers = {}) => {
      response.writeHead(status, {"Content-Type": "application/json", ...headers});
      response.end(JSON.stringify(data));
    };
    if (request.url.split("?")[0] !== "/items") return answer(404, {error: "not found"});
    if (request.method === "GET") return answer(200, items);
    const {name} = JSON.parse(body);
    if (name === "") return answer(400, {error: "empty"});
    answer(201, {name}, {Location: "/items/" + items.push(name)});
  });
}).listen(process.env.PORT);
""",
    "java": """%%java --save Server.java
import com.sun.net.httpserver.*;
import java.net.*;
import java.util.*;
public class Server {
    static void answer(HttpExchange exchange, int status, String json) throws Exception {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.getBytes().length);
        exchange.getResponseBody().write(json.getBytes());
        exchange.close();
    }
    public static void main(String[] args) throws Exception {
        var items = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/", exchange -> {
            try {
                if (!exchange.getRequestURI().getPath().equals("/items")) { answer(exchange, 404, "{}"); return; }
                if (exchange.getRequestMethod().equals("GET")) { answer(exchange, 200, items.toString()); return; }
                String body = new String(exchange.getRequestBody().readAllBytes());
                String name = body.substring(body.indexOf(":") + 1, body.indexOf("}")).trim();
                if (name.equals("\\"\\"")) { answer(exchange, 400, "{}"); return; }
                items.add(name);
                exchange.getResponseHeaders().set("Location", "/items/" + items.size());
                answer(exchange, 201, "{\\"name\\": " + name + "}");
            } catch (Exception problem) { throw new RuntimeException(problem); }
        });
        server.start();
    }
}
""",
    "flask": """
from flask import Flask, jsonify, request
def create_app():
    app, items = Flask("items"), []
    @app.get("/items")
    def listed(): return jsonify(items)
    @app.post("/items")
    def added():
        name = request.json["name"]
        if not name: return {"error": "empty"}, 400
        items.append(name)
        return {"name": name}, 201, {"Location": f"/items/{len(items)}"}
    return app
""",
}
CONTRACT = """
def check_contract(client):
    assert client.get("/items").json == []
    created = client.post("/items", json={"name": "pen & ink"})
    assert (created.status, created.json) == (201, {"name": "pen & ink"})
    assert created.headers["location"].endswith("/items/1")
    assert client.post("/items", json={"name": ""}).status == 400
    assert client.get("/items", query={"page": 1}).json == ["pen & ink"]
    assert client.get("/nothing").status == 404
    assert client.get("/items").headers["content-type"].startswith("application/json")
"""


@pytest.mark.parametrize(
    "language",
    [
        pytest.param("php", marks=pytest.mark.needs("php-cli")),
        pytest.param("ruby", marks=pytest.mark.needs("ruby", "ruby-webrick")),
        pytest.param("java", marks=pytest.mark.needs("default-jdk-headless")),
        "node",
        "flask",
    ],
)
def test_one_contract_holds_in_every_language(language: str, notebook) -> None:
    name = SERVERS[language].split("\n")[0].split()[-1:]
    start = f"student.serve({name[0]!r})" if name else "student.client('create_app')"
    notebook.run(SERVERS[language], CONTRACT, f"with {start} as client:\n    check_contract(client)")


def test_a_service_ends_with_its_block_and_with_its_cell(notebook) -> None:
    notebook.run(SERVERS["node"], "with student.serve('server.js') as first: first.get('/items')")
    said = "`server.js` has been stopped, and can't answer GET /items."
    assert str(notebook.failure("first.get('/items')")).startswith(said)
    notebook.run("second = student.serve('server.js')\nsecond.get('/items')")
    assert str(notebook.failure("second.get('/items')")).startswith(said)


def test_two_services_have_ports_and_data_of_their_own(notebook) -> None:
    notebook.run(SERVERS["node"])
    notebook.run(
        "a, b = student.serve('server.js'), student.serve('server.js')\n"
        "a.post('/items', json={'name': 'x'})\n"
        "assert (a.get('/items').json, b.get('/items').json) == (['x'], [])"
    )


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "throw new Error('no luck')",
            "`x.js` should go on answering requests, but ended with exit status 1. It wrote:",
        ),
        ("setInterval(() => 1, 1000)", "`x.js` does not listen on port"),
    ],
)
def test_a_program_that_does_not_serve_is_told_why(program: str, said: str, notebook) -> None:
    error = notebook.failure(f"%%node --save x.js\n{program}", "student.serve('x.js', timeout=0.5)")
    assert isinstance(error, StudentWorkError)
    assert str(error).startswith(said)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "require('net').createServer(s => s.end('nonsense')).listen(process.env.PORT)",
            "did not answer GET / properly",
        ),
        ("require('net').createServer(s => s.destroy()).listen(process.env.PORT)", "did not answer GET / properly"),
        (
            "require('http').createServer((q, s) => { throw new Error('no luck') }).listen(process.env.PORT)",
            "Error: no luck",
        ),
    ],
)
def test_an_answer_that_is_none_is_told_with_what_the_program_wrote(program: str, said: str, notebook) -> None:
    error = notebook.failure(f"%%node --save x.js\n{program}", "student.serve('x.js').get('/')")
    assert isinstance(error, StudentWorkError)
    assert said in str(error)


@pytest.mark.needs("php-cli")
def test_an_error_in_php_is_answered_with_500_and_said_in_the_log(notebook) -> None:
    error = notebook.failure(
        "%%php --save x.php\n<?php\nthrow new DomainException('no luck');",
        "response = student.serve('x.php').get('/')\nassert 200 == response.status, 'Hint'",
    )
    assert notebook["response"].data == b""
    assert "Expected 200, but got 500." in str(error)
    assert "PHP Fatal error:  Uncaught DomainException: no luck in x.php:2" in str(error)


@pytest.mark.needs("default-jdk-headless")
def test_a_program_that_does_not_compile_is_told(notebook) -> None:
    error = notebook.failure("%%java --save S.java\nclass S { int x = y; }", "student.serve('S.java')")
    assert str(error).startswith("`S.java` does not compile:\nS.java:1: error: cannot find symbol")


def test_a_request_arrives_as_it_was_sent(notebook) -> None:
    notebook.run(
        "%%node --save echo.js\n"
        "require('http').createServer((q, s) => { let b = ''; q.on('data', d => b += d); q.on('end', () => {\n"
        "  s.setHeader('Set-Cookie', ['a=1', 'b=2']);\n"
        "  s.end(JSON.stringify([q.method, q.url, q.headers, b])) }) }).listen(process.env.PORT)"
    )
    notebook.run(
        "client = student.serve('echo.js')\n"
        "first = client.put('/a%20b/ü', query={'q': 'x y'}, data={'n': 1}, headers={'X-Trace': 't'})\n"
        "second = client.get('/a%20b/x')"
    )
    method, url, headers, body = notebook["first"].json
    assert (method, url, body) == ("PUT", "/a%20b/%C3%BC?q=x+y", "n=1")
    assert headers["x-trace"] == "t"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert notebook["first"].headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert notebook["second"].json[2]["cookie"] == "a=1; b=2"


def test_nothing_is_left_when_the_notebooks_process_is_killed(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import subprocess, sys, os
        from pathlib import Path
        from autograder.processes import Process
        process = Process(["sleep", "1000"], Path("."), {}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(process.popen.pid, flush=True)
        sys.stdin.read()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with parent:
        child = int(parent.stdout.readline())
        descriptor = os.pidfd_open(child)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    import select

    ended, _, _ = select.select([descriptor], [], [], 10)
    os.close(descriptor)
    assert ended, f"process {child} still runs"
