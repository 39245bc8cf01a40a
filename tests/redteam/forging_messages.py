"""Forged marks by speaking in the kernel's, the test's or the grader's name."""

from __future__ import annotations

from harness import Case

_SEND = (
    "def publish(kind, content):\n"
    "    kernel = get_ipython().kernel\n"
    "    kernel.session.send(kernel.iopub_socket, kind, content, kernel.get_parent())\n"
)
_FRAMES = (
    "import json, os, struct\n"
    "def speak(**message):\n"
    "    data = json.dumps(message).encode()\n"
    "    for number in range(3, 20):\n"
    "        try: os.write(number, struct.pack('>I', len(data)) + data)\n"
    "        except OSError: continue\n"
)

CASES = [
    Case(
        "a result that is published before the failure",
        "forging",
        answers={
            "double": _SEND + "def double(x):\n"
            "    publish('execute_result', {'data': {'text/plain': '2.0'}, 'metadata': {}, 'execution_count': 1})\n"
            "    return 0\n"
        },
    ),
    Case(
        "a result of nan",
        "forging",
        answers={
            "double": _SEND + "def double(x):\n"
            "    publish('execute_result', {'data': {'text/plain': 'nan'}, 'metadata': {}, 'execution_count': 1})\n"
            "    return 0\n"
        },
    ),
    Case(
        "a result that is displayed",
        "forging",
        answers={
            "double": "from IPython.display import display\n"
            "def double(x):\n    display({'text/plain': '2.0'}, raw=True)\n"
            "    get_ipython().displayhook(2.0)\n    return 0\n"
        },
    ),
    Case(
        "clears the output of a failed test",
        "forging",
        answers={
            "double": "from IPython.display import clear_output\nimport threading, time\n"
            "def double(x):\n    clear_output(wait=True)\n"
            "    threading.Thread(target=lambda: [(time.sleep(0.001), clear_output()) for _ in range(50)]).start()\n"
            "    return 0\n"
        },
    ),
    Case(
        "hides errors in an output widget",
        "forging",
        answers={
            "double": _SEND + "def double(x):\n"
            "    publish('comm_open', {'comm_id': 'w', 'target_name': 'jupyter.widget', 'data': {'state': {\n"
            "        '_model_name': 'OutputModel',\n"
            "        'msg_id': get_ipython().kernel.get_parent()['header']['msg_id']}}})\n"
            "    return 0\n"
        },
    ),
    Case(
        "says in the grader's own words that the test has ended well",
        "forging",
        answers={
            "double": _FRAMES + "def double(x):\n"
            "    for cell in range(20): speak(type='end', cell=cell, content={'status': 'ok'})\n"
            "    os._exit(0)\n"
        },
        seen=dict.fromkeys(("sealed", "shared"), "."),
    ),
    Case(
        "says beforehand that all cells have run",
        "forging",
        answers={
            "double": _FRAMES + "for cell in range(20):\n"
            "    speak(type='start', cell=cell, content={'count': 1})\n"
            "    speak(type='end', cell=cell, content={'status': 'ok'})\n"
            "os._exit(0)\n"
        },
    ),
    Case(
        "writes garbage into every descriptor",
        "forging",
        answers={
            "double": "import os\nfor number in range(3, 64):\n"
            "    try: os.write(number, b'\\xff' * 64)\n    except OSError: pass\ndef double(x): return 0\n"
        },
    ),
    Case(
        "answers before it is asked",
        "forging",
        answers={
            "double": "import os, struct\n"
            "try:\n    import msgspec\n"
            "    for answer in ([1, True, 6, []], [2, True, 42, []], [3, True, 10, []], [4, True, -4, []]):\n"
            "        data = msgspec.msgpack.encode(answer)\n        os.write(5, struct.pack('>I', len(data)) + data)\n"
            "except (ImportError, OSError): pass\n"
            "def double(x): return 0\n"
        },
        modes=("sealed",),
    ),
    Case(
        "sends back more than may be sent",
        "forging",
        answers={"double": "def double(x): return 'x' * 200_000_000\n"},
    ),
    Case(
        "sends back what holds itself",
        "forging",
        answers={"double": "loop = []\nloop.append(loop)\ndef double(x): return loop\n"},
    ),
    Case(
        "raises an exception of a class that is equal to everything",
        "forging",
        answers={
            "double": "class Meta(type):\n    def __eq__(cls, other): return True\n    __hash__ = type.__hash__\n"
            "    def __subclasscheck__(cls, other): return True\n"
            "class Oops(Exception, metaclass=Meta):\n    def __str__(self): raise SystemExit\n"
            "def double(x): raise Oops()\n"
        },
    ),
    Case(
        "writes a result file where a grader might look",
        "forging",
        answers={
            "double": "import json, pathlib\n"
            "for name in ('results.json', 'score.json', 'work.ipynb', 'nbgrader.json', '.autograder/marks.json'):\n"
            "    path = pathlib.Path(name)\n    path.parent.mkdir(exist_ok=True)\n"
            "    path.write_text(json.dumps({'score': 8, 'points': 8}))\n"
            "def double(x): return 0\n"
        },
    ),
    Case(
        "overwrites the notebook with one that is right",
        "forging",
        answers={
            "double": "import json, pathlib\nbook = json.loads(pathlib.Path('work.ipynb').read_text())\n"
            "for cell in book['cells']:\n"
            "    if cell['metadata'].get('nbgrader', {}).get('grade'):\n        cell['source'] = '4.0'\n"
            "pathlib.Path('work.ipynb').write_text(json.dumps(book))\ndef double(x): return 0\n"
        },
    ),
    Case(
        "a signal that arrives in the test",
        "forging",
        answers={
            "double": "import signal\n"
            "def arrive(number, frame):\n"
            "    while frame:\n        frame.f_globals['points'] = 4\n        frame = frame.f_back\n"
            "signal.signal(signal.SIGALRM, arrive)\n"
            "def double(x):\n    signal.setitimer(signal.ITIMER_REAL, 0.001)\n    return 0\n"
        },
        luck=("shared",),
    ),
]
