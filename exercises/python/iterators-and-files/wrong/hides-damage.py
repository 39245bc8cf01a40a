# ---
# misconception: a line that can't be read is best passed over in silence
# caught_by: test_slow_requests
# hint: slow-refused
# ---
# %% grade_id="slow_requests"
def slow_requests(lines, limit_ms):
    for line in lines:
        try:
            request = parse_line(line)
        except ValueError:
            continue
        if request["ms"] > limit_ms:
            yield request
