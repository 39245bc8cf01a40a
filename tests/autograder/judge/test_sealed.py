"""Tests in a process of their own: the same marks and words as in the learner's, and out of the learner's reach."""

from __future__ import annotations

import re

import pytest

ANSWER = """
import os, sys
class Missing(LookupError):
    def __init__(self, key, left=()):
        super().__init__(f"no {key}")
        self.key, self.left = key, left
class Cart:
    def __init__(self, owner="nobody"):
        self.owner, self.items = owner, []
    def add(self, item, count=1):
        self.items += [item] * count
        return len(self.items)
    def merged(self, other):
        both = Cart(self.owner)
        both.items = self.items + other.items
        return both
    @property
    def total(self): return len(self.items)
    def __len__(self): return len(self.items)
    def __contains__(self, item): return item in self.items
    def __getitem__(self, place): return self.items[place]
    def __eq__(self, other): return isinstance(other, Cart) and self.items == other.items
    def __lt__(self, other): return len(self) < len(other)
    def __hash__(self): return hash(self.owner)
    def __repr__(self): return f"Cart({self.items})"
LIMIT = {"a": [1, (2, 3)], 5: {4}}
def find(key):
    print("looking for", key)
    if key == "none": raise Missing(key, [1, 2])
    if key == "file": return open("/nowhere/at/all")
    if key == "deep": return find("broken")
    if key == "broken": return 1 / 0
    if key == "object": return object()
    return {"key": key}
def change(values, *, more=None):
    values.append(len(values))
    more["x"] = 1
    print("changed", file=sys.stderr)
    return sum(values)
def primes():
    yield from (2, 3, 5, 7)
async def later(x): return x + 1
def describe(cart): return f"{cart.owner} has {len(cart)}"
def wsgi(environ, start_response):
    print("to the log", file=environ["wsgi.errors"])
    if environ["PATH_INFO"] == "/boom": raise Missing("page")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "n=1"), ("X-Two", "a"), ("X-Two", "b")])
    return [environ["PATH_INFO"].encode(), environ.get("HTTP_COOKIE", "").encode()]
def make_app(name):
    def app(environ, start_response):
        start_response("404 NOT FOUND", [])
        return [name.encode()]
    return app
async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"].endswith("shutdown"): return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})
def transfer(connection, amount):
    connection.execute("UPDATE accounts SET balance = balance - ? WHERE id = 1", (amount,))
    connection.commit()
def wide():
    from IPython.display import display
    display({"text/plain": "a picture", "text/html": "<b>picture</b>"}, raw=True)
    return 1
"""
TESTS = {
    "values": 'assert student.find("a") == {"key": "a"} and student["LIMIT"] == {"a": [1, (2, 3)], 5: {4}}',
    "names": 'assert "find" in student and "fnd" not in student',
    "wrong": 'assert student.find("a") == {"key": "b"}, hint("k")',
    "undefined": 'assert student.fnd("a") == 1, hint("k")',
    "broken": 'assert student.find("deep") == 1, hint("k")',
    "not_plain": 'assert student.find("object") == 1, hint("k")',
    "raises": """with student.raises("Missing", hint("k"), match="none") as caught:
    student.find("none")
assert caught.message == "no none" and caught.attributes == {"key": "none", "left": [1, 2]}
with student.raises(LookupError):
    student.find("none")
with student.raises(FileNotFoundError) as missing:
    student.find("file")
assert missing.value.errno == 2 and missing.name == "FileNotFoundError"
with student.raises(ZeroDivisionError):
    student.find("broken")""",
    "not_raised": 'with student.raises(KeyError, hint("k")): student.find("a")',
    "another_raised": 'with student.raises(KeyError, hint("k")): student.find("broken")',
    "observed": """seen = student.observe("change", [1, 2], more={})
assert (seen.result, seen.args, seen.kwargs) == (5, ([1, 2, 2],), {"more": {"x": 1}})""",
    "taken": 'assert student.take(3, "primes") == [2, 3, 5]',
    "awaited": 'assert student.awaited("later", 3) == 4',
    "objects": """cart = student.make("Cart", owner="Ann")
assert cart.add("pen", count=2) == 2 and cart.total == 2 and len(cart) == 2 and "pen" in cart
assert cart[0] == "pen" and list(cart) == ["pen", "pen"] and str(cart) == "Cart(['pen', 'pen'])"
cart.owner = "Bo"
assert student.describe(cart) == "Bo has 2" and cart.class_name() == "Cart"
both = cart.make("merged", cart)
assert both.total == 4 and cart < both and cart != both and cart == cart and hash(cart) == hash(cart)""",
    "method_missing": 'cart = student.make("Cart")\nassert cart.remove("x") == 1',
    "wsgi": """client = student.client("wsgi")
first, second = client.get("/a"), client.get("/b")
assert (first.text, second.text, second.status) == ("/a", "/bn=1", 200)
assert second.headers.get_all("x-two") == ["a", "b"] and "to the log" in first.log
with student.raises("Missing"):
    client.get("/boom")""",
    "factory": 'assert student.client("make_app", "shop").get("/").text == "shop"',
    "factory_wrong": 'assert student.client("make_app", "shop").get("/").status == 200, hint("k")',
    "asgi": 'with student.client("asgi") as client: assert client.get("/x").text == "/x"',
    "no_app": 'assert student.client("find").get("/").status == 200',
    "database": """db = student.database()
other = db.connect()
student.transfer(db, 30)
assert db.rows("SELECT balance FROM accounts") == other.rows("SELECT balance FROM accounts") == [(70,)]
assert student.query("SELECT balance FROM accounts") == [{"balance": 100}]""",
    "sql": 'assert student.query(student.sql("all")) == [{"id": 1, "balance": 100}]',
    "no_sql": 'assert student.query(student.sql("none")) == []',
    "partial": 'points = 0\nif student.find("a"): points += 2.5\npoints',
    "shown": 'print("before")\nstudent.find("x")\nprint("after")\nassert student.wide() == 1',
    "helper": "assert double_of(student.find) == 2",
}
SETUP = "student.use_database('bank.sql')\ndef double_of(f): return 2 * len(f('k'))"
FILES = {
    "hints.yaml": b"k:\n  - Think again.\n",
    "bank.sql": b"CREATE TABLE accounts (id INTEGER, balance INTEGER); INSERT INTO accounts VALUES (1, 100);",
}


def _with_sql(notebook) -> None:
    notebook.cells.insert(
        2, {**notebook.cells[1], "id": "sql", "metadata": {}, "source": "%%sql all\nSELECT * FROM accounts"}
    )


@pytest.fixture(scope="module")
def both(grade):
    words = {"setup": SETUP, "files": FILES, "edit": _with_sql}
    return grade(ANSWER, TESTS, **words), grade(ANSWER, TESTS, sealed=False, **words)


def test_every_word_of_student_gives_the_same_points_and_messages(both) -> None:
    sealed, shared = both
    assert sealed.cells == shared.cells
    failed = {name for name, cell in sealed.cells.items() if cell.status == "failed"}
    assert failed == {
        "wrong", "undefined", "broken", "not_plain", "not_raised", "another_raised", "method_missing", "factory_wrong",
        "no_app", "no_sql",
    }  # fmt: skip
    assert sealed.points["partial"] == 2.5
    assert sealed.noticed == ()


def test_what_learners_code_prints_and_shows_stands_where_it_came(both) -> None:
    sealed, shared = both
    assert sealed.printed("shown") == "before\nlooking for x\nafter\n"
    assert [o["output_type"] for o in sealed.outputs("shown")] == [o["output_type"] for o in shared.outputs("shown")]
    assert "changed" in sealed.printed("observed")  # what it wrote to standard error costs no points


def test_a_traceback_leads_into_the_learners_code(both) -> None:
    sealed, _ = both
    plain = re.sub(r"\x1b\[[0-9;]*m", "", sealed.traceback("broken"))
    assert 'if key == "deep": return find("broken")' in plain
    assert "return 1 / 0" in plain
    assert "autograder/judge" not in plain


def test_a_function_that_hangs_fails_its_test_and_no_other(grade) -> None:
    answer = "import time\ndef slow(n): time.sleep(n)\ndef fine(): return 1"
    graded = grade(answer, {"slow": "student.slow(30)", "fine": "assert student.fine() == 1"}, timeout=1.5)
    assert graded.points == {"slow": 0, "fine": 5}
    assert "`slow(30)` took longer than" in graded.cells["slow"].message


def test_a_function_that_can_not_be_interrupted_ends_the_run(grade) -> None:
    answer = (
        "import signal\ndef stubborn():\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass\n"
        "def fine(): return 1"
    )
    tests = {"first": "assert student.fine() == 1", "hangs": "student.stubborn()", "last": "assert student.fine() == 1"}
    graded = grade(answer, tests, timeout=1)
    assert graded.points == {"first": 5, "hangs": 0, "last": 0}
    assert any("not run to its end" in what for what in graded.noticed)


def test_a_test_that_goes_on_for_ever_itself_is_stopped(grade) -> None:
    graded = grade("def f(): return 1", {"t": "while student.f(): pass", "u": "assert student.f() == 1"}, timeout=1)
    assert graded.points == {"t": 0, "u": 5}


def test_a_test_that_swallows_the_end_of_the_learners_process_earns_nothing(grade) -> None:
    test = "try:\n    student.leave()\nexcept Exception:\n    pass"
    graded = grade("import os\ndef leave(): os._exit(0)", {"t": test})
    assert graded.points == {"t": 0}


def test_the_learners_process_has_no_test_in_its_memory(grade) -> None:
    answer = """
def search(*words):
    found = set()
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            span, mode, *_ = line.split()
            if not mode.startswith("rw"): continue
            start, end = (int(number, 16) for number in span.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except (OSError, ValueError, OverflowError): continue
            for word in words:  # "Q" and the word are never put together here, or they would be found
                at = data.find(word.encode())
                while at > 0:
                    if data[at - 1] == ord("Q"): found.add(word)
                    at = data.find(word.encode(), at + 1)
    return sorted(found)
MINE = "Qcontrol-7141"
"""
    # the word that is searched for never stands whole in what the learner's process is asked
    test = 'secret = "Qhidden-9317"\nassert student.search("control-7141", "hidden-9317") == ["control-7141"]'
    assert grade(answer, {"t": test}).points == {"t": 5}
    assert grade(answer, {"t": test}, sealed=False).points == {"t": 0}


def test_databases_of_tests_are_out_of_the_learners_reach_until_they_are_given(grade) -> None:
    answer = """
import os, tempfile
def files():
    tops = (tempfile.gettempdir(), os.getcwd(), os.path.dirname(os.getcwd()))
    return sorted({os.path.join(folder, name) for top in tops for folder, _, names in os.walk(top)
                   for name in names if name.endswith((".db", ".seed"))})
def count(connection): return len(connection.execute("SELECT * FROM t").fetchall())
"""
    test = """db = student.database("t.sql")
assert student.files() == []
assert student.count(db) == 1
assert len(student.files()) == 1"""
    files = {"t.sql": b"CREATE TABLE t (x); INSERT INTO t VALUES (1);"}
    assert grade(answer, {"t": test}, files=files).points == {"t": 5}


def test_the_learners_sql_reaches_no_other_file(grade) -> None:
    test = "db = student.database()\nwith db.refuses():\n    db.execute(\"ATTACH DATABASE 'other.db' AS other\")"
    assert grade("", {"t": test}).points == {"t": 5}


def test_what_the_learner_writes_into_the_folder_changes_no_hint_and_no_module_of_a_test(grade) -> None:
    answer = """
from pathlib import Path
Path("hints.yaml").write_text("k:\\n  - forged\\n")
Path("helper.py").write_text("def check(x): return True")
def f(): return 1
"""
    files = {"hints.yaml": b"k:\n  - Think again.\n", "helper.py": b"def check(x): return x == 2"}
    graded = grade(answer, {"t": "import helper\nassert helper.check(student.f()), hint('k')"}, files=files)
    assert graded.points == {"t": 0}
    assert "Think again" in graded.cells["t"].message


def test_the_filed_notebook_is_the_instructors_with_the_answers_in_it(grade) -> None:
    def edit(notebook) -> None:
        notebook.metadata["mine"] = {"x": 1}
        notebook.cells[2].source = "5"
        notebook.cells[2].metadata["tags"] = ["skip-execution"]
        notebook.cells[0].source = "student = None"
        notebook.cells.reverse()
        notebook.cells.append({**notebook.cells[1], "id": "twin"})

    graded = grade("def f(): return 0", {"t": "assert student.f() == 1"}, edit=edit)
    cells = graded.notebook["cells"]
    assert [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells] == ["setup", "answer", "t", None]
    assert "".join(cells[2]["source"]) == "assert student.f() == 1"
    assert set(graded.notebook["metadata"]) == {"kernelspec", "language_info"}
    assert graded.points == {"t": 0}
    assert any("text of cell 't'" in what for what in graded.noticed)
