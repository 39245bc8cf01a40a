# ---
# misconception: a blank line is the empty string or a lone line break
# caught_by: test_slow_requests
# hint: slow-blank
# ---
# %% grade_id="slow_requests"
def slow_requests(lines, limit_ms):
    for line in lines:
        if line in ("", "\n"):
            continue
        request = parse_line(line)
        if request["ms"] > limit_ms:
            yield request
