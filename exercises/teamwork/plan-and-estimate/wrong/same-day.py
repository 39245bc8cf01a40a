# ---
# misconception: a step can begin on the day on which another ends
# caught_by: test_plan_holds
# hint: order
# ---
# %% grade_id="plan"
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ben 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-09
F Ada 2026-11-13
H Ben 2026-11-16
"""
LEFT_OUT = ["G"]
