# ---
# title: Work through a large file
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # Work through a large file: the access log
#
# The web server writes a line for every request it answers. On a busy day its log has 40 million lines, more than fits into
# memory. Your team wants to know from it what was slow. A line has five fields with one space between each two:
#
# ```text
# 2025-03-01T08:00:12Z GET /orders/17 200 35
# ```
#
# that is: the time, the method, the path, the HTTP status, and how long the answer took, in milliseconds (ms). A log is
# not always clean: there are blank lines, and a line that was cut off when the server was restarted.
#
# Five tasks: read a line, find the slow ones, group them, count over a file, write a report. A small log, `access.log`, lies
# beside this notebook.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %%
with open("access.log", encoding="utf-8") as log:
    for _ in range(5):
        print(next(log), end="")

# %% [markdown]
# ## Task 1: one line
#
# Write `parse_line(line)`. `line` is a line of the log (`str`), with or without the line break at its end. It returns a
# `dict`:
#
# ```python
# >>> parse_line("2025-03-01T08:00:12Z GET /orders/17 200 35\n")
# {'time': '2025-03-01T08:00:12Z', 'method': 'GET', 'path': '/orders/17', 'status': 200, 'ms': 35}
# ```
#
# `status` and `ms` are `int`, the others `str`. A line that has not exactly five fields, or whose status or duration is no
# whole number, raises `ValueError`.


# %% tags=["task"] grade_id="parse_line"
def parse_line(line: str) -> dict:
    """Return the fields of one line of the log."""
    ### BEGIN SOLUTION
    time, method, path, status, ms = line.split()
    return {"time": time, "method": method, "path": path, "status": int(status), "ms": int(ms)}
    ### END SOLUTION


# %% tags=["test"] grade_id="test_parse_line" points=3 skills=["python.files"] coverage=["S07"]
fields = {"time": "2025-03-01T08:00:12Z", "method": "GET", "path": "/orders/17", "status": 200, "ms": 35}
assert student.parse_line("2025-03-01T08:00:12Z GET /orders/17 200 35\n") == fields, hint("parse-fields")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("2025-03-01T08:0")
### BEGIN HIDDEN TESTS
assert student.parse_line("2025-03-01T08:00:12Z GET /orders/17 200 35") == fields, hint("parse-fields")
assert student.parse_line("T1 POST /login 302 1204\n") == {
    "time": "T1",
    "method": "POST",
    "path": "/login",
    "status": 302,
    "ms": 1204,
}, hint("parse-fields")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("T1 GET /a b 200 35\n")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("T1 GET /a 200\n")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("T1 GET /a OK 35\n")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("T1 GET /a 200 35ms\n")
with student.raises(ValueError, hint("parse-refused")):
    student.parse_line("\n")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: the slow requests, one at a time
#
# Write the generator `slow_requests(lines, limit_ms)`. `lines` is any iterable of lines: an open file, a list, another
# generator. For each request that took **more** than `limit_ms` milliseconds it yields what `parse_line` returns, in the order of
# the log.
#
# - A blank line (nothing in it but spaces and the line break) is passed over.
# - A line that `parse_line` refuses raises that `ValueError`, when its turn comes.
# - Nothing is read ahead: when a request is yielded, no later line has been read. So whoever wants just the first slow
#   request gets it at once, whatever comes after it.
#
# The tests call your generator through the function in the next cell: it asks for the first `count` slow requests, counts the lines
# that were read for it, and reports a `ValueError` as the word `"ValueError"`.

# %% tags=["setup"] grade_id="take_slow"
from itertools import islice


def take_slow(lines, limit_ms, count):
    """Take the first `count` of what `slow_requests` yields; report their paths and how many lines were read."""
    read = []

    def reading():
        for line in lines:
            read.append(line)
            yield line

    try:
        paths = [request["path"] for request in islice(slow_requests(reading(), limit_ms), count)]
    except ValueError:
        paths = "ValueError"
    return {"paths": paths, "lines read": len(read)}


# %% tags=["task"] grade_id="slow_requests"
def slow_requests(lines, limit_ms: int):
    """Yield the requests that took more than `limit_ms` milliseconds."""
    ### BEGIN SOLUTION
    for line in lines:
        if not line.strip():
            continue
        request = parse_line(line)
        if request["ms"] > limit_ms:
            yield request
    ### END SOLUTION


# %% tags=["test"] grade_id="test_slow_requests" points=4 skills=["python.iterators"] coverage=["S07"]
log = ["T1 GET /a 200 35\n", "T2 GET /b 200 900\n", "T3 GET /c 200 20\n", "T4 GET /d 500 1200\n"]
assert student.take_slow(log, 500, 10) == {"paths": ["/b", "/d"], "lines read": 4}, hint("slow-which")
assert student.take_slow(log, 500, 1) == {"paths": ["/b"], "lines read": 2}, hint("slow-lazy")
### BEGIN HIDDEN TESTS
assert student.take_slow(log, 35, 10) == {"paths": ["/b", "/d"], "lines read": 4}, hint("slow-limit")
assert student.take_slow(log, 34, 10)["paths"] == ["/a", "/b", "/d"], hint("slow-limit")
assert student.take_slow(log, 5000, 10) == {"paths": [], "lines read": 4}, hint("slow-which")
with_blanks = ["\n", log[0], "   \n", log[1], ""]
assert student.take_slow(with_blanks, 0, 10) == {"paths": ["/a", "/b"], "lines read": 5}, hint("slow-blank")
with_rubbish = [log[1], "T2 GE", log[3]]
assert student.take_slow(with_rubbish, 500, 1) == {"paths": ["/b"], "lines read": 1}, hint("slow-lazy")
assert student.take_slow(with_rubbish, 500, 2) == {"paths": "ValueError", "lines read": 2}, hint("slow-refused")
assert student.take_slow([], 500, 1) == {"paths": [], "lines read": 0}, hint("slow-which")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: in batches
#
# The reports go to an API that takes at most so many items in one call. Write the generator `in_batches(items, size)`. `items` is any
# iterable. It yields lists with `size` items each, in order; the last one holds the rest and may be shorter. No list is
# empty: no items, no lists. It reads no further than the batch it yields. A `size` below 1 raises `ValueError`, at the latest when the
# first batch is asked for.


# %% tags=["setup"] grade_id="take_batches"
def take_batches(items, size, count):
    """Take the first `count` batches; report them and how many items were read."""
    read = []

    def reading():
        for item in items:
            read.append(item)
            yield item

    try:
        batches = list(islice(in_batches(reading(), size), count))
    except ValueError:
        batches = "ValueError"
    return {"batches": batches, "items read": len(read)}


# %% tags=["task"] grade_id="in_batches"
def in_batches(items, size: int):
    """Yield the items in lists of `size`; the last may be shorter."""
    ### BEGIN SOLUTION
    if size < 1:
        raise ValueError(f"size must be 1 or more, not {size}")
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
    ### END SOLUTION


# %% tags=["test"] grade_id="test_in_batches" points=3 skills=["python.iterators"] coverage=["S07"]
assert student.take_batches([1, 2, 3, 4, 5], 2, 9)["batches"] == [[1, 2], [3, 4], [5]], hint("batch-rest")
assert student.take_batches(["a", "b"], 0, 9)["batches"] == "ValueError", hint("batch-size")
### BEGIN HIDDEN TESTS
assert student.take_batches([1, 2, 3, 4], 2, 9)["batches"] == [[1, 2], [3, 4]], hint("batch-empty")
assert student.take_batches([], 3, 9)["batches"] == [], hint("batch-empty")
assert student.take_batches([1, 2], 5, 9)["batches"] == [[1, 2]], hint("batch-rest")
assert student.take_batches([0, None, ""], 1, 9)["batches"] == [[0], [None], [""]], hint("batch-rest")
assert student.take_batches([1, 2, 3, 4, 5, 6, 7], 3, 1) == {"batches": [[1, 2, 3]], "items read": 3}, hint(
    "batch-lazy"
)
assert student.take_batches([1, 2], -1, 9)["batches"] == "ValueError", hint("batch-size")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: counting over a whole file
#
# Write `status_counts(path)`. `path` (`str`) names a log in UTF-8. It returns a `tuple` of two things: a `dict` that maps each
# status in the log (`int`) to the number of its requests, and the number of lines that `parse_line` refuses (`int`). Blank
# lines count nowhere.
#
# ```python
# >>> status_counts("access.log")
# ({200: 85, 302: 12, 500: 4, 404: 13, 201: 6}, 1)
# ```
#
# The file is read line by line and never held in memory as a whole, and it is closed when the
# function returns. The tests check both: the cell below writes a log into a temporary folder, calls your function, and reports
# its result, how much memory Python had in use at most, and whether a file was left open.

# %% tags=["setup"] grade_id="count_in"
import tempfile
import tracemalloc
import warnings
from pathlib import Path


def count_in(text, copies=1):
    """Call `status_counts` on a log that holds `text` so many times."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        path = Path(folder) / "a.log"
        path.write_text(text * copies, encoding="utf-8")
        tracemalloc.start()
        try:
            result = status_counts(str(path))
            kilobytes = tracemalloc.get_traced_memory()[1] // 1024
        finally:
            tracemalloc.stop()
    left_open = any(issubclass(warning.category, ResourceWarning) for warning in warned)
    return {"result": result, "kilobytes": kilobytes, "left open": left_open}


# %% tags=["task"] grade_id="status_counts"
def status_counts(path: str) -> tuple[dict[int, int], int]:
    """Return how often each status stands in a log, and how many lines can't be read."""
    ### BEGIN SOLUTION
    counts: dict[int, int] = {}
    refused = 0
    with open(path, encoding="utf-8") as log:
        for line in log:
            if not line.strip():
                continue
            try:
                status = parse_line(line)["status"]
            except ValueError:
                refused += 1
            else:
                counts[status] = counts.get(status, 0) + 1
    return counts, refused
    ### END SOLUTION


# %% tags=["test"] grade_id="test_status_counts" points=3 skills=["python.files", "python.iterators"] coverage=["S07"]
log = "T1 GET /a 200 35\nT2 GET /b 404 2\n\nT3 GET /c 200 20\nT4 GE"
assert student.count_in(log)["result"] == ({200: 2, 404: 1}, 1), hint("count-result")
assert student.count_in(log)["left open"] == False, hint("count-closed")
### BEGIN HIDDEN TESTS
assert student.count_in("")["result"] == ({}, 0), hint("count-result")
blanks_and_rubbish = "  \n\nrubbish\nT1 GET /café 500 7\nmore rubbish\n"
assert student.count_in(blanks_and_rubbish)["result"] == ({500: 1}, 2), hint("count-result")
large = student.count_in("T1 GET /a 200 35\nT2 GET /b 404 2\n", 10_000)
assert large["result"] == ({200: 10_000, 404: 10_000}, 0), hint("count-result")
assert large["kilobytes"] < 600, hint("count-memory")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 5: a report to open in a spreadsheet
#
# Write `write_report(requests, path)`. `requests` is any iterable of dictionaries as `parse_line` returns them. The
# function writes a CSV file in UTF-8 to `path` (`str`): first a row with the names `time`, `method`, `path`, `status`, `ms`, then a row
# for each request, in order. It returns the number of requests written (`int`).
#
# A path may hold a comma or a quotation mark (`/search?q=tea,mug`), so leave the quoting to Python's own `csv` module. Your
# file may end its lines with `\n` or `\r\n`; the tests read it with `csv.reader`, by the function below.

# %% tags=["setup"] grade_id="report_of"
import csv


def report_of(requests):
    """Call `write_report` with a generator of requests; report what it returns and the rows in its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.csv"
        written = write_report((request for request in requests), str(path))
        with path.open(encoding="utf-8", newline="") as file:
            return {"written": written, "rows": list(csv.reader(file))}


# %% tags=["task"] grade_id="write_report"
def write_report(requests, path: str) -> int:
    """Write requests as CSV and return how many there were."""
    ### BEGIN SOLUTION
    written = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["time", "method", "path", "status", "ms"])
        writer.writeheader()
        for request in requests:
            writer.writerow(request)
            written += 1
    return written
    ### END SOLUTION


# %% tags=["test"] grade_id="test_write_report" points=3 skills=["python.files"] coverage=["S07"]
names = ["time", "method", "path", "status", "ms"]
tea = {"time": "T1", "method": "GET", "path": "/tea", "status": 200, "ms": 35}
assert student.report_of([tea]) == {"written": 1, "rows": [names, ["T1", "GET", "/tea", "200", "35"]]}, hint(
    "report-rows"
)
### BEGIN HIDDEN TESTS
assert student.report_of([]) == {"written": 0, "rows": [names]}, hint("report-rows")
search = {"time": "T2", "method": "POST", "path": '/search?q=tea,"mug"é', "status": 404, "ms": 2}
assert student.report_of([search, tea, tea]) == {
    "written": 3,
    "rows": [
        names,
        ["T2", "POST", '/search?q=tea,"mug"é', "404", "2"],
        ["T1", "GET", "/tea", "200", "35"],
        ["T1", "GET", "/tea", "200", "35"],
    ],
}, hint("report-quoting")
### END HIDDEN TESTS

# %% [markdown]
# ## Try the whole
#
# Your parts fit together: a line at a time goes from the file through your functions into the report, and however
# large the log is, little of it is in memory at once. Run this when all tasks are done.

# %%
with open("access.log", encoding="utf-8") as log, tempfile.TemporaryDirectory() as folder:
    complete = (line for line in log if len(line.split()) == 5)
    report = Path(folder) / "slow.csv"
    print(write_report(slow_requests(complete, 100), str(report)), "slow requests")
    print(report.read_text(encoding="utf-8"))

# %% [markdown]
# Next: *Records with types*, where a dictionary that anyone may misspell becomes a class that says what it holds.
