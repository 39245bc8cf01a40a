# ---
# misconception: a buffer is time for more wishes
# caught_by: test_plan_holds
# hint: buffer
# ---
# %% grade_id="plan"
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ben 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-10
F Ada 2026-11-13
G Ben 2026-11-16
H Ada 2026-11-17
"""
LEFT_OUT = []
