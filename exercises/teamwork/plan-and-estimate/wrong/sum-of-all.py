# ---
# misconception: the project takes as long as all steps together
# caught_by: test_critical_path
# hint: side-by-side
# ---
# %% grade_id="critical_path"
SHORTEST = 15
CRITICAL = ["A", "B", "E", "F"]
FLOAT = {"A": 0, "B": 0, "C": 3, "D": 1, "E": 0, "F": 0}
