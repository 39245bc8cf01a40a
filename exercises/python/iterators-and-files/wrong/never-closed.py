# ---
# misconception: Python closes files, so nobody else needs to
# caught_by: test_status_counts
# hint: count-closed
# ---
# %% grade_id="status_counts"
def status_counts(path):
    counts = {}
    refused = 0
    for line in open(path, encoding="utf-8"):
        if line.strip():
            try:
                status = parse_line(line)["status"]
                counts[status] = counts.get(status, 0) + 1
            except ValueError:
                refused += 1
    return counts, refused
