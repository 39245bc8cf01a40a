# ---
# misconception: the longest step is on the critical path
# caught_by: test_critical_path
# hint: both-needs
# ---
# %% grade_id="critical_path"
SHORTEST = 8
CRITICAL = ["A", "D", "F"]
FLOAT = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 1, "F": 0}
