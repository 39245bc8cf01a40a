# ---
# note: generator expressions, islice, Counter, csv.writer, and a generator that checks its argument at once
# ---
# %% grade_id="parse_line"
import re

LINE = re.compile(r"(\S+) (\S+) (\S+) (\d+) (\d+)\n?")


def parse_line(line):
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of the log: {line!r}")
    return {
        "time": match[1],
        "method": match[2],
        "path": match[3],
        "status": int(match[4]),
        "ms": int(match[5]),
    }


# %% grade_id="slow_requests"
def slow_requests(lines, limit_ms):
    requests = (parse_line(line) for line in lines if not line.isspace() and line != "")
    return (request for request in requests if request["ms"] > limit_ms)


# %% grade_id="in_batches"
def in_batches(items, size):
    if size <= 0:
        raise ValueError("a batch needs room for one item")

    def batches():
        iterator = iter(items)
        while batch := list(islice(iterator, size)):
            yield batch

    return batches()


# %% grade_id="status_counts"
from collections import Counter


def status_counts(path):
    counts = Counter()
    with Path(path).open(encoding="utf-8") as log:
        for line in log:
            if line.strip():
                try:
                    counts[parse_line(line)["status"]] += 1
                except ValueError:
                    counts["refused"] += 1
    refused = counts.pop("refused", 0)
    return dict(counts), refused


# %% grade_id="write_report"
def write_report(requests, path):
    number = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(["time", "method", "path", "status", "ms"])
        for number, request in enumerate(requests, start=1):
            writer.writerow([request["time"], request["method"], request["path"], request["status"], request["ms"]])
    return number
