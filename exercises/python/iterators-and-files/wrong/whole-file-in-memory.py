# ---
# misconception: readlines() reads line by line
# caught_by: test_status_counts
# hint: count-memory
# ---
# %% grade_id="status_counts"
def status_counts(path):
    counts = {}
    refused = 0
    with open(path, encoding="utf-8") as log:
        for line in log.readlines():
            if line.strip():
                try:
                    status = parse_line(line)["status"]
                    counts[status] = counts.get(status, 0) + 1
                except ValueError:
                    refused += 1
    return counts, refused
