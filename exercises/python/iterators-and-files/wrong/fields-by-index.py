# ---
# misconception: fields taken by their index check the line by themselves
# caught_by: test_parse_line
# hint: parse-refused
# ---
# %% grade_id="parse_line"
def parse_line(line):
    fields = line.split() + [""] * 5
    return {
        "time": fields[0],
        "method": fields[1],
        "path": fields[2],
        "status": int(fields[3]) if fields[3].isdigit() else 0,
        "ms": int(fields[4]) if fields[4].isdigit() else 0,
    }
