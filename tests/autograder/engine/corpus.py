"""The corpus: an assignment with everything that a source version can hold, and submissions with everything else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import nbformat
import nbgrader
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Edit = Callable[[Any], Any]

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

HIDDEN = "### BEGIN HIDDEN TESTS\nassert f(2) == 3, 'hidden'\n### END HIDDEN TESTS"


def role(text: str, grade_id: str, *, kind: str = "code", **roles: object) -> NotebookNode:
    metadata = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    new = new_code_cell if kind == "code" else new_markdown_cell
    return new(text, metadata={"nbgrader": {**metadata, "grade_id": grade_id, **roles}}, id=grade_id)


def answer(grade_id: str, text: str) -> NotebookNode:
    return role(f"### BEGIN SOLUTION\n{text}\n### END SOLUTION", grade_id, solution=True)


def a_test(grade_id: str, text: str, points: float = 1) -> NotebookNode:
    return role(text, grade_id, grade=True, locked=True, points=points)


def python(*cells: NotebookNode) -> NotebookNode:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def main_source() -> NotebookNode:
    return python(
        role("import json, math, sys", "setup", locked=True),
        new_markdown_cell("An explanation.", id="words"),
        answer("f", "def f(x):\n    return x + 1"),
        new_code_cell("x = 1  # room to try", id="free"),
        a_test(
            "test_f", "assert f(1) == 2\n### BEGIN HIDDEN TESTS\nassert f(2) == 3, 'hidden'\n### END HIDDEN TESTS", 3
        ),
        answer("g", "def g():\n    return 1.5"),
        a_test("test_g", "g()", 2),
        a_test("test_shown", "print('shown', f(1))\nf(1)", 3),
        a_test("test_file", "assert json.load(open('data/numbers.json')) == [1, 2, 3]"),
        role("your code", "by_hand", grade=True, solution=True, points=4),
        role("your words", "in_words", kind="markdown", grade=True, solution=True, points=5),
        role("Draw something.", "task", kind="markdown", task=True, locked=True, points=6),
        a_test("test_nothing", "assert f(1) == 2", 0),
    )


def second_source() -> NotebookNode:
    return python(
        answer("h", "def h():\n    return 'ä'"),
        a_test("test_h", "assert h() == 'ä'", 2),
        a_test("test_made", "### AUTOTEST len(h())\n### HASHED AUTOTEST h()", 3),
    )


ANSWERS = {
    "f": "def f(x):\n    return x + 1",
    "g": "def g():\n    return 1.5",
    "by_hand": "2 + 2",
    "in_words": "Because.",
    "h": "def h():\n    return 'ä'",
}


class Case(NamedTuple):
    """One submission of the corpus.

    Attributes:
        answers: answers by grade_id that differ from the right ones; None leaves the stub.
        cells: cells that the learner added before the first test.
        edit: what else was done to the main notebook; returns it, or the bytes of its file.
        files: other files; None removes one that was handed out.
        timestamp: what `timestamp.txt` says.
        second: whether the second notebook was handed in too.
    """

    answers: Mapping[str, str | None] = MappingProxyType({})
    cells: tuple[str, ...] = ()
    edit: Edit | None = None
    files: Mapping[str, bytes | None] = MappingProxyType({})
    timestamp: str = ""
    second: bool = False


def _cell(notebook: Any, grade_id: str) -> Any:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _changed_tests(notebook: Any) -> Any:
    _cell(notebook, "test_f").source = "assert True"
    _cell(notebook, "test_g").metadata["nbgrader"]["points"] = 200
    _cell(notebook, "setup").source = ""
    _cell(notebook, "test_shown").metadata["tags"] = ["mine"]
    return notebook


def _changed_type(notebook: Any) -> Any:
    cell = _cell(notebook, "test_f")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    words = _cell(notebook, "in_words")
    words["cell_type"] = "code"
    words["outputs"], words["execution_count"] = [], 7
    return notebook


def _deleted(notebook: Any) -> Any:
    gone = ("test_g", "by_hand", "task", "setup")
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in gone]
    return notebook


def _old(notebook: Any) -> Any:
    for cell in notebook.cells:
        cell.pop("id", None)
    notebook.nbformat_minor = 2
    return notebook


def _ancient(notebook: Any) -> bytes:
    with_old_form = nbformat.convert(_old(notebook), 3)
    return nbformat.writes(with_old_form, version=3).encode()


def _with_outputs(notebook: Any) -> Any:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 42
            cell.outputs = [nbformat.v4.new_output("stream", name="stderr", text="old\n")]
            cell.metadata.update(collapsed=True, scrolled=True)
    return notebook


def _attachment(notebook: Any) -> Any:
    notebook.cells.insert(2, new_markdown_cell("![a](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}}))
    return notebook


def _crlf(notebook: Any) -> bytes:
    _cell(notebook, "f").source = "def f(x):\r\n    return x + 1\r\n"
    return nbformat.writes(notebook).replace("\n", "\r\n").encode()


def _split_everywhere(notebook: Any) -> bytes:
    data = json.loads(nbformat.writes(notebook))
    data["metadata"] = {"kernelspec": {"name": "no-such-kernel", "display_name": "?"}, "celltoolbar": "x", "a": [1]}
    for cell in data["cells"]:
        cell["source"] = list("".join(cell["source"]))
    return json.dumps(data).encode()


RICH = (
    (
        "from IPython.display import HTML, JSON, SVG, Image, Latex, Markdown\n"
        "from IPython.display import clear_output, display, update_display\n"
        "display(HTML('<b>b</b>'), Markdown('*m*'), Latex('$x$'), JSON({'a': [1, None]}))\n"
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>'))\n"
        f"import base64\ndisplay(Image(base64.b64decode('{PIXEL}')))"
    ),
    "handle = display('first', display_id='d')\nupdate_display('second', display_id='d')\nhandle.update('third')",
    "print('gone'); clear_output(); print('stays')",
    "print('gone as well'); clear_output(wait=True); print('stays too')",
    (
        "class Shown:\n    def _repr_html_(self): return '<i>i</i>'\n"
        "    def _repr_mimebundle_(self, **k): return {'text/plain': 'p', 'x/y': 'z'}\nShown()"
    ),
    "class Broken:\n    def __repr__(self): raise ValueError('no repr')\nBroken()",
    "{'a': 1.5, 'b': [float('nan'), float('inf')]}",
    "print('é ✓ \\u2028 \\x1b[31mred\\x1b[0m', end=''); print('\\tüber\\r\\n')",
)

ASYNC = (
    "import asyncio\nawait asyncio.sleep(0.01)\nasync def later(): return 3\nawait later()",
    "task = asyncio.create_task(later())",
    "await task",
    "asyncio.run(later())",
    "async for_ = 1",
    "async def bad(): raise KeyError('in a task')\nawait bad()",
    "loop = asyncio.get_running_loop(); loop.is_running()",
)

MAGICS = (
    "%%bash\necho out; echo err >&2; exit 0",
    "%%bash\nexit 3",
    "!echo from the shell; echo wrong >&2",
    "listing = !ls data\nlisting",
    "%%writefile helper.py\nVALUE = 12",
    "import helper\nhelper.VALUE",
    "%run helper.py\nVALUE",
    "%%capture caught\nprint('not seen')",
    "caught.stdout",
    "%precision 3\n3.14159265",
    "%precision",  # as it was: here such a change holds only until the next protected cell
    "%no_such_magic",
    "%%no_such_cell_magic\nx",
    "?math.sqrt",
    "math.sqrt??",
    "%pwd?",
    "import os, time; os.system('echo by os.system'); time.sleep(0.3)",
    "import subprocess; subprocess.run(['echo', 'by subprocess']); time.sleep(0.3)",
    "get_ipython().__class__.__name__, In[1], _ih[2], len(Out)",
    "%config InlineBackend.figure_format = 'svg'",
    "%who_ls function",
    "%xmode Plain\n1/0",
    "%xmode Verbose\n(lambda zero: 1 / zero)(0)",
    "%xmode Minimal\n1/0",
    "%xmode Context\n",
    "a = 1; b = 2; a\nb",
    "_ + 1",
    "_i",
    "%%python\nprint('another python')",
)

ERRORS = (
    "1/0",
    "def deep(n):\n    return deep(n - 1) if n else [][0]\ndeep(3)",
    (
        "def forever(n):\n    return forever(n)\n"
        "usual = sys.getrecursionlimit()\nsys.setrecursionlimit(250)\n"  # a thousand frames take long to show
        "try:\n    forever(1)\nfinally:\n    sys.setrecursionlimit(usual)"
    ),
    "try:\n    1/0\nexcept ZeroDivisionError as error:\n    raise ValueError('then') from error",
    "try:\n    {}['k']\nexcept KeyError:\n    raise TypeError('during')",
    "raise ExceptionGroup('many', [ValueError('a'), TypeError('b')])",
    "def broken(:",
    "  indented = 1\n x = 2",
    "class Mine(Exception):\n    pass\nraise Mine('own', 1)",
    "error = ValueError('noted'); error.add_note('a note'); raise error",
    "raise KeyboardInterrupt",
    "import warnings; warnings.warn('careful')",
    "import logging; logging.warning('logged')",
    "import json; json.loads('{')",
    "exec('1/0')",
    "assert 1 == 2, {'a': 'dict'}",
    "raise SystemExit(2)",
    "sys.exit('a message')",
    "import traceback\ntry:\n    1/0\nexcept ZeroDivisionError:\n    traceback.print_exc()",
    "print('before'); print('aside', file=sys.stderr); print('after'); 1/0",
    "sys.stdout.write('no newline'); sys.stderr.write('neither'); sys.stdout.flush(); 5",
    "raise Exception",
    "'%d' % 'x'",
    "import numpy as np; np.zeros(2) + np.zeros(3)",
)

WIDGETS = (
    "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3)\nslider",
    "out = widgets.Output()\nwith out:\n    print('inside')\nslider.value = 5\nslider.value",
    "widgets.interact(lambda x=1: x * 2)",
    "from comm import create_comm\nc = create_comm(target_name='nobody', data={'a': 1})\nc.send({'b': 2})\nc.close()",
)

PLOT = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 4]); plt.title('a plot')",
    "fig, ax = plt.subplots(figsize=(1, 1))\nax.bar([1], [2])\nplt.show()\nprint('after the plot')",
    "plt.plot([1], [1])\nplt.close()\nfig",
)

INPUT = (
    "name = input('Who? ')",
    "import getpass; getpass.getpass()",
    "open('made.txt', 'w').write('made')\nleft_open = open('open.txt', 'w')\nleft_open.write('unflushed')",
    "import os\nos.makedirs('deep/er', exist_ok=True)\nopen('deep/er/file.bin', 'wb').write(bytes(range(256)))",
    "os.remove('mine.txt'); sorted(os.listdir('.'))",
    "import threading\nt = threading.Thread(target=lambda: print('from a thread')); t.start(); t.join()",
    "import multiprocessing\nwith multiprocessing.Pool(1) as pool:\n    print(pool.map(abs, [-1, -2]))",
    "import os; print(os.environ['NBGRADER_EXECUTION'], os.environ['MPLBACKEND'], sys.argv[1], sys.path[0] == '')",
    "__name__, sys.stdout.isatty(), sys.stdout.encoding, os.path.basename(os.getcwd())",
)

CASES: dict[str, Case] = {
    "01-right": Case(second=True),
    "02-untouched": Case(dict.fromkeys(ANSWERS), second=True),
    "03-wrong": Case({"f": "def f(x):\n    return 2", "g": "def g():\n    return 0.25"}),
    "04-syntax": Case({"f": "def f(x)\n    return 2", "g": "g = 3"}),
    "05-stderr": Case({"f": "def f(x):\n    print('hm', file=sys.stderr)\n    return x + 1"}),
    "06-changed": Case(edit=_changed_tests),
    "07-retyped": Case(edit=_changed_type),
    "08-deleted": Case(edit=_deleted),
    "09-reordered": Case(edit=lambda notebook: notebook.update(cells=notebook.cells[::-1]) or notebook),
    "10-old": Case(edit=_old),
    "11-ancient": Case(edit=_ancient),
    "12-outputs": Case({"g": "def g():\n    return 'a text'"}, edit=_with_outputs),
    "13-attachment": Case({"g": "def g():\n    return True"}, edit=_attachment, files={"mine.txt": b"m"}),
    "14-crlf": Case({"g": "def g():\n    return None"}, edit=_crlf),
    "15-split": Case({"g": "def g():\n    return [0.5]"}, edit=_split_everywhere),
    "16-rich": Case({"g": "def g():\n    print('first')\n    return 0"}, RICH),
    "17-async": Case({}, ASYNC),
    "18-magics": Case({}, MAGICS),
    "19-errors": Case({"h": None}, ERRORS),
    "20-widgets": Case({}, WIDGETS),
    "21-plot": Case({}, PLOT),
    "22-input": Case({}, INPUT, files={"mine.txt": b"mine"}),
    "23-time": Case({}, ("print('begun')\nwhile True:\n    pass",)),
    "24-flood": Case({"g": "def g():\n    for i in range(5000): print(i)\n    return 2"}),
    "25-files": Case(
        files={"data/numbers.json": b"[9]", "data/own.csv": b"a,b\n", "a b/ü'\".txt": b"x", "x.pyc": b"c", ".hid": b"h"}
    ),
    "26-late": Case(timestamp="2030-01-03 12:00:00 UTC"),
    "27-punctual": Case(timestamp="2015-02-02 15:58:23.948203 America/Los_Angeles"),
    "28-odd 'name'": Case({"h": None}, second=True),
}


def write_source(course: Path, assignment: str) -> None:
    nbgraders_own = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "autotests.yml"
    shutil.copy(nbgraders_own, course / "autotests.yml")
    folder = course / "source" / assignment
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "numbers.json").write_text("[1, 2, 3]")
    nbformat.write(main_source(), folder / "main.ipynb")
    nbformat.write(second_source(), folder / "second.ipynb")


def write_submission(course: Path, student: str, assignment: str, case: Case) -> None:
    release, folder = course / "release" / assignment, course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    files = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    if not case.second:
        del files["second.ipynb"]
    for name in [name for name in files if name.endswith(".ipynb")]:
        files[name] = _answered(nbformat.reads(files[name].decode(), 4), case, main=name == "main.ipynb")
    for name, data in case.files.items():
        if data is None:
            files.pop(name, None)
        else:
            files[name] = data
    if case.timestamp:
        files["timestamp.txt"] = case.timestamp.encode()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _answered(notebook: NotebookNode, case: Case, *, main: bool) -> bytes:
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        text = {**ANSWERS, **case.answers}.get(grade_id)
        if text is not None:
            cell.source = text
    if main:
        at = next(i for i, cell in enumerate(notebook.cells) if cell.get("id") == "free")
        notebook.cells[at:at] = [new_code_cell(text, id=f"added-{i}") for i, text in enumerate(case.cells)]
        edited = case.edit(notebook) if case.edit is not None else notebook
        if isinstance(edited, bytes):
            return edited
        notebook = edited
    return nbformat.writes(notebook).encode()
