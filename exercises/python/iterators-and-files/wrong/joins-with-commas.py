# ---
# misconception: CSV is what ",".join makes
# caught_by: test_write_report
# hint: report-quoting
# ---
# %% grade_id="write_report"
def write_report(requests, path):
    names = ["time", "method", "path", "status", "ms"]
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for request in requests:
            file.write(",".join(str(request[name]) for name in names) + "\n")
            count += 1
    return count
