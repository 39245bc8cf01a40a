"""Bad data: each slip is one error that names the file, the place, the value and the remedy."""

from __future__ import annotations

import os
import time
from uuid import uuid5

import msgspec
import pytest

import curriculum
from curriculum.datafile import LARGEST_YAML
from curriculum.model import NAMESPACE


def error_of(place) -> curriculum.DataError:
    with pytest.raises(curriculum.DataError) as caught:
        curriculum.load(place)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) - len(str(caught.value.path)) < 500
    return caught.value


TWIN_EXERCISE = """\
exercises:
  - {id: web/messages, title: A, kind: http, minutes: 5, points: 1, skills: [http.messages], status: planned}
"""

# name: (file, old text, new text, line, place, what the problem says, what the remedy says)
SLIPS = {
    "a cycle": (
        "modules/web.yaml",
        "definition: Read a message., level: foundation}",
        "definition: Read a message., level: foundation, prerequisites: [flask.routing]}",
        6,
        "skills[0].prerequisites[0]",
        "circle: http.messages → flask.routing → http.methods → http.messages",
        "Take one",
    ),
    "a skill that needs itself": (
        "modules/flask.yaml",
        "prerequisites: [http.methods]",
        "prerequisites: [flask.routing]",
        10,
        "skills[0].prerequisites[0]",
        "flask.routing → flask.routing",
        "Take one",
    ),
    "lessons that wait for each other": (
        "modules/web.yaml",
        "skills: [http.messages], coverage: [S1, S3]",
        "skills: [http.messages, flask.routing], coverage: [S1, S3]",
        15,
        "lessons[0].skills",
        "web/messages → http.methods → web/methods → http.messages → web/messages",
        "another lesson",
    ),
    "an unknown skill": (
        "modules/flask.yaml",
        "prerequisites: [http.methods]",
        "prerequisites: [http.method]",
        10,
        "skills[0].prerequisites[0]",
        "Unknown skill 'http.method'",
        "Did you mean 'http.methods'?",
    ),
    "an unknown skill in an exercise": (
        "modules/flask.yaml",
        "skills: [flask.routing, http.methods]",
        "skills: [flask.routing, sql.joins]",
        19,
        "exercises[0].skills[1]",
        "Unknown skill 'sql.joins'",
        "add what it names",
    ),
    "an unknown coverage id": (
        "modules/flask.yaml",
        "coverage: [S2], status: planned}",
        "coverage: [S20], status: planned}",
        12,
        "lessons[0].coverage[0]",
        "Unknown coverage id 'S20'",
        "Did you mean 'S2'?",
    ),
    "a coverage item's unknown module": (
        "coverage.yaml",
        "modules: [flask]",
        "modules: [flsk]",
        6,
        "[1].modules[0]",
        "Unknown module 'flsk'",
        "Did you mean 'flask'?",
    ),
    "a duplicate skill": (
        "modules/flask.yaml",
        "id: flask.routing",
        "id: http.messages",
        6,
        "skills[0].id",
        "'http.messages' stands twice; the first is at {folder}/modules/web.yaml:6",
        "Give each its own",
    ),
    "a duplicate exercise": (
        "modules/web.yaml",
        "exercises:\n",
        TWIN_EXERCISE,
        19,
        "exercises[1].id",
        "'web/messages' stands twice; the first is at {folder}/modules/web.yaml:18",
        "Give each its own",
    ),
    "a duplicate uuid": (
        "modules/web.yaml",
        "id: http.messages, name: Messages,",
        f"id: http.messages, uuid: {uuid5(NAMESPACE, 'skill:http.methods')}, name: Messages,",
        7,
        "skills[1].uuid",
        "stands twice; the first is at {folder}/modules/web.yaml:6",
        "leave the field out",
    ),
    "one id twice in a list": (
        "modules/flask.yaml",
        "skills: [flask.routing, http.methods]",
        "skills: [flask.routing, flask.routing]",
        19,
        "exercises[0].skills[1]",
        "'flask.routing' stands twice",
        "Take one out",
    ),
    "a part in the wrong module": (
        "modules/flask.yaml",
        "id: flask/routing",
        "id: web/routing",
        12,
        "lessons[0].id",
        "'web/routing' stands in the module 'flask'",
        "'flask/routing'",
    ),
    "a wrong type": (
        "modules/web.yaml",
        "minutes: 30",
        "minutes: half an hour",
        15,
        "lessons[0].minutes",
        "Expected `int`, found 'half an hour'",
        "whole number of minutes",
    ),
    "a number out of bounds": (
        "modules/web.yaml",
        "minutes: 30",
        "minutes: 0",
        15,
        "lessons[0].minutes",
        "Expected `int` >= 1, found 0",
        "from 1 to 6000",
    ),
    "a malformed id": (
        "modules/flask.yaml",
        "id: flask.routing",
        "id: Flask Routing",
        6,
        "skills[0].id",
        "found 'Flask Routing'",
        "lower-case words",
    ),
    "a word that is none of those allowed": (
        "modules/flask.yaml",
        "level: working",
        "level: expert",
        9,
        "skills[0].level",
        "'expert'",
        "`foundation`, `working` or `advanced`",
    ),
    "a list that is no list": (
        "modules/flask.yaml",
        "prerequisites: [http.methods]",
        "prerequisites: http.methods",
        10,
        "skills[0].prerequisites",
        "Expected `array`, found 'http.methods'",
        "`[http.methods]`",
    ),
    "nothing where a list should be": (
        "modules/flask.yaml",
        "outcomes: [route requests]",
        "outcomes:",
        4,
        "outcomes",
        "Expected `array`, found nothing",
        "at least one",
    ),
    "an exercise without a skill": (
        "modules/flask.yaml",
        "skills: [flask.routing, http.methods]",
        "skills: []",
        19,
        "exercises[0].skills",
        "length >= 1, found []",
        "at least one",
    ),
    "a missing field": (
        "modules/flask.yaml",
        "    kind: http\n",
        "",
        14,
        "exercises[0]",
        "`kind` is missing",
        "`function`, `http`",
    ),
    "a misspelt field": (
        "modules/flask.yaml",
        "    prerequisites: [http",
        "    prerequisits: [http",
        10,
        "skills[0].prerequisits",
        "Unknown field `prerequisits`",
        "Did you mean `prerequisites`?",
    ),
    "a field of another form": (
        "modules/flask.yaml",
        "summary: A framework.",
        "summary: A framework.\ncolour: red",
        4,
        "colour",
        "Unknown field `colour`",
        "`id`, `title`",
    ),
    "a link in no known form": (
        "modules/web.yaml",
        "onet: [15-1254.00]",
        "onet: [15-1254]",
        13,
        "skills[1].links.onet[0]",
        "found '15-1254'",
        "15-1254.00",
    ),
    "a title on two lines": (
        "modules/flask.yaml",
        "title: Flask",
        'title: "Flask\\nagain"',
        2,
        "title",
        r"found 'Flask\nagain'",
        "on one line",
    ),
    "an escape sequence for terminals": (
        "modules/flask.yaml",
        "summary: A framework.",
        'summary: "\\e[2J"',
        3,
        "summary",
        r"found '\x1b[2J'",
        "docs/data.md",
    ),
    "a coverage item that nothing teaches": (
        "coverage.yaml",
        "fact: true",
        "fact: true\n- {id: S4, text: Nobody cares}",
        11,
        "[3]",
        "'S4' is nowhere taught",
        "`coverage` of a lesson",
    ),
    "a coverage item that nothing assesses": (
        "coverage.yaml",
        "  fact: true\n",
        "",
        7,
        "[2]",
        "'S3' is nowhere assessed",
        "in 'web', or say `fact: true`",
    ),
    "a coverage item that its module forgets": (
        "coverage.yaml",
        "modules: [flask]",
        "modules: [flask, web]",
        6,
        "[1].modules[1]",
        "No lesson or exercise of 'web' covers 'S2'",
        "take 'web' out",
    ),
    "a module without a file": (
        "path.yaml",
        "[web, flask]",
        "[web, flask, django]",
        5,
        "modules[2]",
        "'django' has no file modules/django.yaml",
        "Write it",
    ),
    "a file that the path does not name": (
        "path.yaml",
        "[web, flask]",
        "[flask]",
        1,
        "",
        "does not name this module",
        "add NAME",
    ),
    "a module named twice": (
        "path.yaml",
        "[web, flask]",
        "[web, flask, web]",
        5,
        "modules[2]",
        "'web' stands twice",
        "",
    ),
    "a module whose file has another name": (
        "modules/flask.yaml",
        "id: flask\n",
        "id: flasks\n",
        1,
        "id",
        "id is 'flasks', but its file is flask.yaml",
        "one name",
    ),
    "a version that is a number": ("path.yaml", '"1.0"', "1.0", 4, "version", "Expected `str`, found 1.0", "in quotes"),
    "YAML that does not parse": (
        "modules/flask.yaml",
        "outcomes: [route requests]",
        "outcomes: [route requests",
        5,
        "",
        "not YAML",
        "closed brackets",
    ),
    "a colon in plain text": (
        "path.yaml",
        "A small path",
        "A path: small",
        2,
        "",
        "not YAML: mapping values",
        "quotes",
    ),
    "a key that stands twice": (
        "modules/flask.yaml",
        "title: Flask",
        "title: Flask\ntitle: Flask 3",
        3,
        "title",
        "The field `title` stands on line 2 already",
        "Keep one",
    ),
    "an alias": ("coverage.yaml", "[flask]", "*x", 6, "[1].modules", "The alias `*x`", "refused"),
    "an anchor": ("coverage.yaml", "[flask]", "&x [flask]", 6, "[1].modules", "The anchor `&x`", "refused"),
    "a tag": (
        "path.yaml",
        "title: A small path",
        "title: !!python/object/apply:os.getcwd []",
        2,
        "title",
        "The tag `tag:yaml.org,2002:python/object/apply:os.getcwd`",
        "plain values",
    ),
    "a second document": ("path.yaml", "id: small\n", "--- 1\n---\nid: small\n", 2, "", "second document", "`---`"),
    "a key that is a list": ("path.yaml", "id: small", "[id]: small", 1, "", "A key that is no word", "field: value"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_file_line_place_value_and_remedy(folder, replace, slip):
    name, old, new, line, place, problem, remedy = SLIPS[slip]
    replace(name, old, new)
    error = error_of(folder)
    if slip == "a file that the path does not name":
        name = "modules/web.yaml"
    assert error.path == folder / name
    assert (error.line, error.place) == (line, place)
    assert problem.format(folder=folder) in error.problem
    assert remedy in error.remedy
    assert str(error).startswith(f"{folder / name}:{line}: ")


def test_a_billion_laughs_are_refused_at_the_first(folder):
    laughs = ["a: &a [ha, ha]"]
    laughs += [f"{c}: &{c} [{', '.join([f'*{chr(ord(c) - 1)}'] * 9)}]" for c in "bcdefghij"]
    (folder / "coverage.yaml").write_text("\n".join(laughs))
    error = error_of(folder)
    assert (error.line, error.place) == (1, "a")


def test_a_file_of_50_megabytes_is_refused_unread(folder):
    with (folder / "modules/flask.yaml").open("a") as file:
        file.truncate(50_000_000)
    began = time.perf_counter()
    error = error_of(folder)
    assert time.perf_counter() - began < 1
    assert error.path == folder / "modules/flask.yaml"
    assert "50.0 MB" in error.problem


def test_the_largest_file_allowed_is_read_in_seconds(folder):
    line = "- [" + "x, " * 60 + "x]\n"
    (folder / "coverage.yaml").write_text(line * (LARGEST_YAML // len(line)))
    assert error_of(folder).place == "[0]"


def test_nesting_without_end_is_refused(folder):
    (folder / "coverage.yaml").write_text("[" * 100_000)
    assert "levels of nesting" in error_of(folder).problem or "not YAML" in error_of(folder).problem


def test_what_is_not_utf8_names_the_byte_and_the_line(folder):
    file = folder / "modules/flask.yaml"
    file.write_bytes(file.read_bytes().replace(b"A framework.", b"A fr\xe4mework."))
    error = error_of(folder)
    assert (error.path, error.line) == (file, 3)
    assert "0xe4" in error.problem
    assert "UTF-8" in error.remedy


def test_a_byte_order_mark_does_no_harm(folder):
    file = folder / "path.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert curriculum.load(folder).id == "small"


def test_a_control_character_is_refused(folder):
    file = folder / "path.yaml"
    file.write_bytes(file.read_bytes().replace(b"small path", b"small\x00path"))
    assert "not YAML" in error_of(folder).problem


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
def test_an_empty_file_says_so(folder, content):
    (folder / "modules/flask.yaml").write_text(content)
    error = error_of(folder)
    assert (error.path.name, error.problem) == ("flask.yaml", "The file is empty.")


def test_a_folder_without_path_yaml_says_so(tmp_path):
    error = error_of(tmp_path)
    assert error.path == tmp_path / "path.yaml"
    assert "no such file" in error.problem


def test_a_module_in_a_file_with_another_ending_is_not_passed_over(folder):
    (folder / "modules/web.yaml").rename(folder / "modules/web.yml")
    assert "no file modules/web.yaml" in error_of(folder).problem
    (folder / "modules/web.yaml").write_text((folder / "modules/web.yml").read_text())
    assert error_of(folder).path == folder / "modules/web.yml"


def test_a_pipe_in_place_of_a_file_is_not_waited_for(folder):
    (folder / "path.yaml").unlink()
    os.mkfifo(folder / "path.yaml")
    assert error_of(folder).path == folder / "path.yaml"


def test_yes_and_dates_are_plain_strings(folder, replace):
    replace("modules/flask.yaml", "title: Flask\n", "title: yes\n")
    replace("modules/web.yaml", "title: The web", "title: 2027-01-04")
    path = curriculum.load(folder)
    assert path.modules["flask"].title == "yes"
    assert path.modules["web"].title == "2027-01-04"


def json_file(folder, change):
    data = msgspec.to_builtins(curriculum.load(folder).data)
    change(data)
    file = folder / "path.json"
    file.write_bytes(msgspec.json.encode(data))
    return file


def test_json_that_contradicts_itself_names_the_place(folder):
    file = json_file(folder, lambda data: data["modules"][1]["skills"][0].update(prerequisites=["sql.joins"]))
    error = error_of(file)
    assert (error.path, error.place) == (file, "modules[1].skills[0].prerequisites[0]")
    assert "'sql.joins'" in error.problem


def test_json_of_another_form_names_it(folder):
    error = error_of(json_file(folder, lambda data: data.update(format="backend-path/9")))
    assert error.place == "format"
    assert "'backend-path/9'" in error.problem
    assert "edition" in error.remedy


@pytest.mark.parametrize("key", ['"a\\nb"', '"\\e[2J"', "k" * 100_000, '"\\u2028"'])
@pytest.mark.parametrize("form", ["{}: 1\n", "{0}: 1\n{0}: 2\n"])
def test_a_strange_key_fits_into_one_short_line(folder, key, form):
    with (folder / "path.yaml").open("a") as file:
        file.write(form.format(key))
    message = str(error_of(folder))
    assert message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"id": 1' + b"0" * 5000 + b"}",
        b"[" * 950 + b"]" * 950,
        b"[]",
        b'{"id": NaN}',
        b"\xff",
        b"[" * 100_000,
        b'{"id": "\\ud800"}',
    ],
)
def test_json_that_does_not_parse_says_so(tmp_path, text):
    file = tmp_path / "path.json"
    file.write_bytes(text)
    assert error_of(file).path == file


def test_a_json_field_that_stands_twice_is_refused(folder):
    file = json_file(folder, lambda data: None)
    file.write_bytes(file.read_bytes().replace(b'"id":"small"', b'"id":"small","id":"other"'))
    error = error_of(file)
    assert (error.place, error.problem) == ("id", "This field stands twice in one object.")
