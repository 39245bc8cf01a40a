# ---
# misconception: more than the limit includes the limit
# caught_by: test_slow_requests
# hint: slow-limit
# ---
# %% grade_id="slow_requests"
def slow_requests(lines, limit_ms):
    for line in lines:
        if line.strip():
            request = parse_line(line)
            if request["ms"] >= limit_ms:
                yield request
