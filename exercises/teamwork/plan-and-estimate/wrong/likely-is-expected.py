# ---
# misconception: the likely case is what to plan with
# caught_by: test_estimating
# hint: expected
# ---
# %% grade_id="estimating"
import math


def planned_days(o, m, p):
    if not 0 < o <= m <= p:
        raise ValueError("no estimate")
    return math.ceil(m)


def together(estimates):
    return sum(m for o, m, p in estimates), math.sqrt(sum(((p - o) / 6) ** 2 for o, m, p in estimates))
