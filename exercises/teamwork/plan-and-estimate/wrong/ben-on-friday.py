# ---
# misconception: everybody works on the same days
# caught_by: test_plan_holds
# hint: people
# ---
# %% grade_id="plan"
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ben 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-10
F Ben 2026-11-13
H Ada 2026-11-13
"""
LEFT_OUT = ["G"]
