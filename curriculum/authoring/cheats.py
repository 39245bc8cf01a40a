"""Universal cheats: answers to any exercise that know nothing of it, and must earn nothing.

Each defines what the model solution of a task defines, by the same names, as the same useless thing.
"""

from __future__ import annotations

import ast
import re

from autograder.results import NotebookResult
from curriculum.authoring.answers import line_of
from curriculum.authoring.bench import Bench
from curriculum.authoring.finding import Finding

_EVERYTHING = '''\
class Everything:
    """Is equal to everything, holds everything, and is what everything of it gives."""

    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __contains__ = __lt__
    def __hash__(self): return 0
    def __bool__(self): return True
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __getitem__(self, key): return self
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __enter__(self): return self
    def __exit__(self, *error): return True


'''
_TEXT_LIKE_EVERYTHING = """\
class Text(str):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0


"""
_APPLICATION = '''\
def answer(environ, start_response):
    """Answer every request."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if ECHO else b""
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def application(*args, **kwargs):
    """Stand for an application, which may be asked for with any arguments, or with none."""
    return answer


'''
_CONSTANTS = ("None", "True", "False", "0", "1", '""', "[]", "{}")

# What a program looks like that prints nothing, and one that prints what it reads, by the name of its cell magic.
_SILENT = {
    "sql": "",
    "php": "<?php\n",
    "ruby": "",
    "node": "",
    "java": "public class Main { public static void main(String[] args) { } }\n",
}
_ECHOING = {
    "sql": "SELECT 1;\n",
    "php": "<?php\necho stream_get_contents(STDIN);\n",
    "ruby": "print STDIN.read\n",
    "node": "process.stdin.pipe(process.stdout);\n",
    "java": "public class Main { public static void main(String[] args) throws Exception "
    "{ System.in.transferTo(System.out); } }\n",
}
_MAGIC = re.compile(r"%%(\w+)[^\n]*")
_CLIENT = re.compile(r"""\bclient\(\s*["'](\w+)["']""")


def universal_cheats(bench: Bench) -> dict[str, dict[str, str]]:
    """Return the cheats' answers: the text of each task cell by its `grade_id`, by the cheat's name."""
    applications = _applications(bench)
    cheats = {
        "an object equal to everything": (_EVERYTHING, "Everything()", "Everything()"),
        "functions that return an object equal to everything": (
            _EVERYTHING,
            "lambda *args, **kwargs: Everything()",
            '"?"',
        ),
        "a text equal to everything": (_TEXT_LIKE_EVERYTHING, 'lambda *args, **kwargs: Text("?")', 'Text("?")'),
        "functions that return their argument": ("", "lambda *args, **kwargs: next(iter(args), None)", "None"),
        **{f"the constant {value}": ("", f"lambda *args, **kwargs: {value}", value) for value in _CONSTANTS},
    }
    answers = {
        name: {task: _python(source, prelude, {}, function, value) for task, source in _python_tasks(bench).items()}
        for name, (prelude, function, value) in cheats.items()
    }
    if applications:
        for name, echo in (
            ("an application that answers 200 with nothing", False),
            ("an application that echoes", True),
        ):
            prelude = f"ECHO = {echo}\n\n\n{_APPLICATION}"
            applied = dict.fromkeys(applications, "application")
            answers[name] = {
                task: _python(source, prelude, applied, "lambda *args, **kwargs: None", "None")
                for task, source in _python_tasks(bench).items()
            }
    programs = _program_tasks(bench)
    if programs:
        for name, texts in (("a program that prints nothing", _SILENT), ("a program that prints its input", _ECHOING)):
            answers[name] = {
                task: f"{magic}\n{texts.get(language, '')}" for task, (language, magic) in programs.items()
            }
    return {name: cells for name, cells in answers.items() if cells}


def check_cheats(bench: Bench, results: dict[str, NotebookResult]) -> list[Finding]:
    """Return a finding for each test that gives a cheat points.

    Args:
        bench: the exercise.
        results: what each of `universal_cheats` earned, by its name.
    """
    by_cell: dict[str, list[str]] = {}
    for name, result in results.items():
        for cell in result.cells:
            if cell.points > 0:
                by_cell.setdefault(cell.grade_id, []).append(name)
    return [
        Finding(
            bench.exercise.path,
            line_of(bench, grade_id),
            "cheat",
            f"{grade_id} gives points to {', '.join(names)}.",
            "Add an assertion that wants another value than that.",
        )
        for grade_id, names in by_cell.items()
    ]


def _python_tasks(bench: Bench) -> dict[str, str]:
    tasks = {cell.grade_id for cell in bench.exercise.cells if cell.role == "task"}
    return {name: text for name, text in bench.solution.items() if name in tasks and not _MAGIC.match(text)}


def _program_tasks(bench: Bench) -> dict[str, tuple[str, str]]:
    """Return the language and the first line of each task that is a program, by its `grade_id`."""
    matches = {name: _MAGIC.match(text) for name, text in bench.solution.items()}
    return {name: (match[1], match[0]) for name, match in matches.items() if match}


def _applications(bench: Bench) -> set[str]:
    """Return the names under which tests reach web applications."""
    return {
        name for cell in bench.exercise.cells if cell.role in ("test", "setup") for name in _CLIENT.findall(cell.source)
    }


def _python(source: str, prelude: str, given: dict[str, str], function: str, value: str) -> str:
    """Return a cell that defines what `source` defines: the names in `given` as it says, others as useless things."""
    lines = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines.append(f"{node.name} = {given.get(node.name, function)}")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
            lines += [f"{name} = {given.get(name, value)}" for name in names]
    return prelude + "\n".join(lines) + "\n"
