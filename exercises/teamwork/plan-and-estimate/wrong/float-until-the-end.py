# ---
# misconception: a step may be late until the end of the project
# caught_by: test_critical_path
# hint: float
# ---
# %% grade_id="critical_path"
SHORTEST = 9
CRITICAL = ["A", "B", "E", "F"]
FLOAT = {"A": 0, "B": 0, "C": 7, "D": 3, "E": 0, "F": 0}
