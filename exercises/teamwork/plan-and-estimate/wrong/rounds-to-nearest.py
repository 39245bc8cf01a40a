# ---
# misconception: rounding a duration is rounding to the nearest day
# caught_by: test_estimating
# hint: round-up
# ---
# %% grade_id="estimating"
import math


def planned_days(o, m, p):
    if not 0 < o <= m <= p:
        raise ValueError("no estimate")
    return int((o + 4 * m + p) / 6 + 0.5)


def together(estimates):
    return (
        sum((o + 4 * m + p) / 6 for o, m, p in estimates),
        math.sqrt(sum(((p - o) / 6) ** 2 for o, m, p in estimates)),
    )
