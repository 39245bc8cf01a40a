# ---
# note: other formulas, everything computed, another plan in another order
# ---
# %% grade_id="estimating"
def planned_days(o, m, p):
    if o <= 0 or m < o or p < m:
        raise ValueError
    return int(-(-(o + 4 * m + p) // 6))


def together(estimates):
    expected = variance = 0
    for o, m, p in estimates:
        expected += o / 6 + m * 2 / 3 + p / 6
        variance += (p - o) ** 2 / 36
    return [expected, variance**0.5]


# %% grade_id="critical_path"
musts = {name: step for name, step in STEPS.items() if step["wish"] == "must"}
length = {name: planned_days(*step["days"]) for name, step in musts.items()}
end = {}
for name, step in musts.items():
    end[name] = length[name] + max([end[other] for other in step["needs"]], default=0)
SHORTEST = max(end.values())
late = {}
for name in reversed(musts):
    late[name] = min(
        [late[other] - length[other] for other, step in musts.items() if name in step["needs"]], default=SHORTEST
    )
FLOAT = {name: late[name] - end[name] for name in musts}
CRITICAL = [name for name in musts if FLOAT[name] == 0]

# %% grade_id="plan"
PLAN = """
F Ben 2026-11-16
A Ada 2026-11-02
B Ben 2026-11-04
H Ada 2026-11-13
C Ben 2026-11-02
D Ada 2026-11-04

E Ben 2026-11-10
"""
LEFT_OUT = ["G"]
