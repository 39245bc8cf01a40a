# ---
# misconception: a person can do two steps at the same time
# caught_by: test_plan_holds
# hint: one-at-a-time
# ---
# %% grade_id="plan"
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ada 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-12
F Ada 2026-11-17
H Ada 2026-11-12
"""
LEFT_OUT = ["G"]
