# ---
# misconception: deviations add up as durations do
# caught_by: test_estimating
# hint: deviation
# ---
# %% grade_id="estimating"
import math


def planned_days(o, m, p):
    if not 0 < o <= m <= p:
        raise ValueError("no estimate")
    return math.ceil((o + 4 * m + p) / 6)


def together(estimates):
    return sum((o + 4 * m + p) / 6 for o, m, p in estimates), sum((p - o) / 6 for o, m, p in estimates)
