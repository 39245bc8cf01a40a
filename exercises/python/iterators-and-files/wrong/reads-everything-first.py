# ---
# misconception: a generator may collect first, as long as it yields
# caught_by: test_slow_requests
# hint: slow-lazy
# ---
# %% grade_id="slow_requests"
def slow_requests(lines, limit_ms):
    requests = [parse_line(line) for line in lines if line.strip()]
    yield from [request for request in requests if request["ms"] > limit_ms]
