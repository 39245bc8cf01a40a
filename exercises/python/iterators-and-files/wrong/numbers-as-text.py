# ---
# misconception: what is read from a file comes as numbers where it looks like numbers
# caught_by: test_parse_line
# hint: parse-fields
# ---
# %% grade_id="parse_line"
def parse_line(line):
    time, method, path, status, ms = line.split()
    return {"time": time, "method": method, "path": path, "status": status, "ms": ms}
