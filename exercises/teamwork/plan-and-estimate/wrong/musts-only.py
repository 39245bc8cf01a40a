# ---
# misconception: leaving out everything that is not a must is the safe plan
# caught_by: test_plan_is_full
# hint: as-many-as-fit
# ---
# %% grade_id="plan"
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ben 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-10
F Ada 2026-11-13
"""
LEFT_OUT = ["G", "H"]
