# ---
# misconception: nobody will hand in an estimate that makes no sense
# caught_by: test_estimating
# hint: refuse
# ---
# %% grade_id="estimating"
import math


def planned_days(o, m, p):
    return math.ceil((o + 4 * m + p) / 6)


def together(estimates):
    return (
        sum((o + 4 * m + p) / 6 for o, m, p in estimates),
        math.sqrt(sum(((p - o) / 6) ** 2 for o, m, p in estimates)),
    )
