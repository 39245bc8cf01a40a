"""Forged marks by changing the interpreter in which a test runs."""

from __future__ import annotations

from harness import Case

_STUB = "def double(x): return 0\n"

CASES = [
    Case(
        "an object that is equal to everything",
        "forging",
        answers={
            "double": "class Any(int):\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
            "def double(x): return Any()",
            "greet": "class Text(str):\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
            "def greet(name): return Text()",
        },
        # what a test in the learner's own process compares with == can't be told from the right answer
        beyond=("shared",),
    ),
    Case(
        "a metaclass that calls every type its own",
        "forging",
        answers={
            "double": "class Meta(type):\n    def __eq__(cls, other): return True\n"
            "    def __hash__(cls): return hash(int)\n"
            "    def __instancecheck__(cls, other): return True\n"
            "class Any(metaclass=Meta):\n    def __eq__(self, other): return True\n    __hash__ = None\n"
            "def double(x): return Any()"
        },
        beyond=("shared",),
    ),
    Case("leaves before the test", "forging", answers={"double": "import os\nos._exit(0)"}),
    Case(
        "leaves while it is tested",
        "forging",
        answers={"double": "import os\ndef double(x): os._exit(0)"},
    ),
    Case(
        "raises SystemExit while it is tested",
        "forging",
        answers={"double": "import sys\ndef double(x): sys.exit(0)"},
    ),
    Case(
        "kills itself while it is tested",
        "forging",
        answers={"double": "import os, signal\ndef double(x): os.kill(os.getpid(), signal.SIGKILL)"},
    ),
    Case(
        "an AssertionError that is no exception's to catch",
        "forging",
        answers={
            "double": "import builtins\n"
            "class Quiet(BaseException):\n    def __new__(cls, *args): raise StopIteration\n"
            "builtins.AssertionError = Quiet\n" + _STUB
        },
    ),
    Case(
        "builtins that agree",
        "forging",
        answers={
            "double": "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.isinstance = lambda *a: True\n"
            "builtins.all = lambda x: True\nbuiltins.__build_class__ = None\n" + _STUB
        },
    ),
    Case(
        "a helper of the setup cell that is patched",
        "forging",
        answers={"greet": "check = lambda got, want: None\ndef greet(name): return 'Hello, Ada!'"},
    ),
    Case(
        "a helper of the setup cell that is rewritten inside",
        "forging",
        answers={
            "greet": "if 'check' in globals():\n    check.__code__ = (lambda got, want: None).__code__\n"
            "def greet(name): return 'Hello, Ada!'"
        },
    ),
    Case(
        "assertEqual that agrees",
        "forging",
        answers={
            "greet": "import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None\n"
            "def check(got, want): pass\ndef greet(name): return ''"
        },
    ),
    Case(
        "another unittest in sys.modules",
        "forging",
        answers={
            "greet": "import sys, types\nfake = types.ModuleType('unittest')\n"
            "class TestCase:\n    def assertEqual(self, *a): pass\nfake.TestCase = TestCase\n"
            "sys.modules['unittest'] = fake\ncheck = lambda *a: None\ndef greet(name): return ''"
        },
    ),
    Case(
        "an import hook",
        "forging",
        answers={
            "greet": "import sys, importlib.abc, importlib.machinery\n"
            "class Finder(importlib.abc.MetaPathFinder):\n"
            "    def find_spec(self, name, path, target=None):\n"
            "        print('asked for', name)\n        return None\n"
            "sys.meta_path.insert(0, Finder())\nsys.modules.pop('unittest', None)\n"
            "def check(*a): pass\ndef greet(name): return ''"
        },
    ),
    Case(
        "a transformer that takes asserts out of cells",
        "forging",
        answers={
            "double": "import ast\nclass Without(ast.NodeTransformer):\n"
            "    def visit_Assert(self, node): return ast.Pass()\n"
            "    def visit_If(self, node): node.test = ast.Constant(True); return node\n"
            "get_ipython().ast_transformers.append(Without())\n" + _STUB
        },
    ),
    Case(
        "a transformer of the text of cells",
        "forging",
        answers={
            "double": "def gone(lines):\n    return [l.replace('assert', 'bool').replace('points = 0', 'points = 4')"
            " for l in lines]\n"
            "get_ipython().input_transformers_post.append(gone)\n"
            "get_ipython().input_transformers_cleanup.append(gone)\n" + _STUB
        },
    ),
    Case(
        "a translation of cells that translates to nothing",
        "forging",
        answers={
            "double": "manager = get_ipython().input_transformer_manager\n"
            "manager.transform_cell = lambda cell: 'pass\\npass\\n'\n" + _STUB
        },
    ),
    Case(
        "a memory of translations that remembers what never was",
        "forging",
        answers={
            "double": "class Known(dict):\n    def __contains__(self, key): return True\n"
            "    def __getitem__(self, key): return 'pass\\npass\\n'\n"
            "for cell in getattr(get_ipython().input_transformer_manager.transform_cell, '__closure__', None) or ():\n"
            "    if type(cell.cell_contents) is dict: cell.cell_contents = Known()\n" + _STUB
        },
    ),
    Case(
        "an event that changes the namespace before each cell",
        "forging",
        answers={
            "double": _STUB
            + "def ready(info):\n    import builtins\n    builtins.AssertionError = StopAsyncIteration\n"
            "    get_ipython().user_ns['check'] = lambda *a: None\n"
            "get_ipython().events.register('pre_run_cell', ready)\n"
            "def greet(name): return 'Hello, Ada!'"
        },
    ),
    Case(
        "a run_cell that runs nothing",
        "forging",
        answers={
            "double": _STUB + "from IPython.core.interactiveshell import ExecutionResult, ExecutionInfo\n"
            "shell = get_ipython()\n"
            "async def nothing(*a, **k):\n"
            "    return ExecutionResult(ExecutionInfo('', False, False, False, None))\n"
            "shell.run_cell_async = nothing\ntype(shell).run_cell_async = nothing\n"
            "shell.should_run_async = lambda *a, **k: True\n"
        },
    ),
    Case(
        "a run_code that swallows exceptions",
        "forging",
        answers={
            "double": _STUB + "shell = get_ipython()\n"
            "async def run_code(code_obj, result=None, *, async_=False): return False\n"
            "shell.run_code = run_code\n"
        },
    ),
    Case(
        "a compiler that compiles nothing",
        "forging",
        answers={
            "double": _STUB + "shell = get_ipython()\n"
            "old = type(shell.compile).__call__\n"
            "type(shell.compile).__call__ = lambda self, *a, **k: compile('None', 'x', 'exec')\n"
        },
    ),
    Case(
        "exceptions that nobody shows",
        "forging",
        answers={
            "double": _STUB + "shell = get_ipython()\nshell.set_custom_exc((BaseException,), lambda *a, **k: [])\n"
            "shell.showtraceback = lambda *a, **k: None\nshell._showtraceback = lambda *a, **k: None\n"
            "shell._render_traceback_ = None\n"
        },
    ),
    Case(
        "a trace function that jumps over asserts",
        "forging",
        answers={
            "double": _STUB + "import sys\n"
            "def trace(frame, event, arg):\n"
            "    if event == 'exception':\n        return None\n"
            "    if event == 'line' and '<module>' in frame.f_code.co_name:\n"
            "        frame.f_locals.update(points=4)\n"
            "        try: frame.f_lineno = frame.f_lineno + 1\n        except ValueError: pass\n"
            "    return trace\n"
            "sys.settrace(trace)\nimport threading\nthreading.settrace(trace)\nsys._getframe().f_trace = trace\n"
        },
    ),
    Case(
        "a profile function that puts points where they count",
        "forging",
        answers={
            "double": _STUB + "import sys\n"
            "def profile(frame, event, arg):\n    get_ipython().user_ns['points'] = 4\n"
            "sys.setprofile(profile)\n"
        },
    ),
    Case(
        "a thread that gives itself points",
        "forging",
        answers={
            "double": _STUB + "import threading, time\n"
            "def later():\n"
            "    while True:\n        globals()['points'] = 4\n        time.sleep(0.0001)\n"
            "threading.Thread(target=later, daemon=True).start()\n"
            "def greet(name): return ''"
        },
        luck=("shared",),
    ),
    Case(
        "a finaliser that acts later",
        "forging",
        answers={
            "double": _STUB + "class Late:\n    def __del__(self):\n        import builtins\n"
            "        builtins.AssertionError = StopIteration\n        globals()['points'] = 4\n"
            "keep = Late()\nkeep.me = keep\ndel keep\nimport gc\ngc.set_threshold(1)\n"
        },
    ),
    Case(
        "a printer that shows every number as four",
        "forging",
        answers={
            "double": _STUB + "plain = get_ipython().display_formatter.formatters['text/plain']\n"
            "plain.for_type(int, lambda value, printer, cycle: printer.text('4'))\n"
        },
    ),
    Case(
        "another displayhook",
        "forging",
        answers={
            "double": _STUB + "import sys\nshell = get_ipython()\nusual = shell.displayhook\n"
            "class Hook:\n    def __call__(self, value): usual(4)\n"
            "    def __getattr__(self, name): return getattr(usual, name)\n"
            "shell.displayhook = Hook()\nsys.displayhook = shell.displayhook\n"
            "type(usual).__call__ = (lambda old: lambda self, value: old(self, 4))(type(usual).__call__)\n"
        },
    ),
    Case(
        "rewrites the test that calls it, in its frame",
        "forging",
        answers={
            "double": "import sys\ndef double(x):\n    frame = sys._getframe()\n    while frame:\n"
            "        frame.f_globals['points'] = frame.f_locals['points'] = 4\n        frame = frame.f_back\n"
            "    return 0\n"
        },
        # what runs while the test runs, in its process, can reach all that it has
        beyond=("shared",),
    ),
    Case(
        "looks for the expected value in the frames above",
        "forging",
        answers={
            "double": "import sys, re\ndef double(x):\n    frame = sys._getframe()\n    while frame:\n"
            "        for constant in frame.f_code.co_consts:\n"
            "            if type(constant) is int and constant == 2 * x and constant not in (0, 1):\n"
            "                return constant\n        frame = frame.f_back\n    return 0\n"
        },
        # x * 2 is what it asks the frames for, so it may as well compute it; the tests hold the constants 6 and 42
        honest=(0.0, 8.0),
        modes=("sealed",),
    ),
    Case(
        "searches the memory for the tests",
        "forging",
        answers={
            "double": "import gc\nfound = [o for o in gc.get_objects() if isinstance(o, (list, tuple, dict)) and"
            " 'BEGIN HIDDEN' in repr(o)[:2000]]\n"
            "if found: print('SECRET', found[0])\n" + _STUB
        },
    ),
]
