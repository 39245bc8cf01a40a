# ---
# title: Plan and estimate under limits
# kind: prose
# seconds: 5
# ---

# %% [markdown]
# # Plan and estimate under limits
#
# It is Friday, 30 October 2026. The shop wants customers to be told by e-mail when something is in stock again. It **goes live on Friday,
# 20 November**, because the Christmas catalogue that says so is printed already. Ada and Ben will build it; you plan.
#
# You talked with both, and have three numbers for each step, in working days: if all goes well, the likely case, and if much goes
# wrong.
#
# | step | what | needs | who can | well | likely | badly | wish |
# | --- | --- | --- | --- | --- | --- | --- | --- |
# | A | tables in the database | – | Ada, Ben | 1 | 2 | 3 | must |
# | B | API to sign up | A | Ada, Ben | 1 | 2 | 6 | must |
# | C | texts and look of the mail | – | Ben | 1 | 1 | 4 | must |
# | D | job that sends the mails | A | Ada | 2 | 3 | 7 | must |
# | E | form in the shop | B, C | Ben | 1 | 2 | 3 | must |
# | F | test with the real mail server | D, E | Ada, Ben | 1 | 1 | 4 | must |
# | G | statistics for marketing | D | Ben | 2 | 3 | 7 | should |
# | H | list of sign-ups for customer service | B | Ada, Ben | 1 | 1 | 4 | should |
#
# Four tasks. Three are checked by program; the last, a message about what does not fit, is marked by a person.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% tags=["setup"] grade_id="steps"
STEPS = {
    "A": {"needs": [], "who": ["Ada", "Ben"], "days": (1, 2, 3), "wish": "must"},
    "B": {"needs": ["A"], "who": ["Ada", "Ben"], "days": (1, 2, 6), "wish": "must"},
    "C": {"needs": [], "who": ["Ben"], "days": (1, 1, 4), "wish": "must"},
    "D": {"needs": ["A"], "who": ["Ada"], "days": (2, 3, 7), "wish": "must"},
    "E": {"needs": ["B", "C"], "who": ["Ben"], "days": (1, 2, 3), "wish": "must"},
    "F": {"needs": ["D", "E"], "who": ["Ada", "Ben"], "days": (1, 1, 4), "wish": "must"},
    "G": {"needs": ["D"], "who": ["Ben"], "days": (2, 3, 7), "wish": "should"},
    "H": {"needs": ["B"], "who": ["Ada", "Ben"], "days": (1, 1, 4), "wish": "should"},
}

# %% [markdown]
# ## Task 1: from three numbers to one
#
# The PERT method (Malcolm and others, *Operations Research* 7, 1959) takes from *well* `o`, *likely* `m` and *badly* `p`
#
# - the **expected** duration `(o + 4·m + p) / 6`,
# - and its **standard deviation** `(p − o) / 6`, which says how unsure it is.
#
# For steps one after the other, the expected durations add up. Of the deviations the *squares* add up, if what delays one step does not
# delay the others: the deviation of the sum is the square root of the sum of the squares.
#
# Write two functions:
#
# - `planned_days(o, m, p)`: the whole days (`int`) to be planned: the expected duration, rounded **up**. `planned_days(1, 2, 6)` is 3. It
#   raises `ValueError` unless `0 < o <= m <= p`.
# - `together(estimates)`: takes a list of tuples `(o, m, p)`, for steps one after the other, and returns a tuple of two numbers: the
#   expected duration of all, and its standard deviation, neither rounded. `together([(1, 2, 3), (2, 3, 7)])` is about `(5.5, 0.8975)`; for
#   an empty list it is `(0, 0)`.

# %% tags=["task"] grade_id="estimating"
import math


def planned_days(o, m, p):
    """Return the whole days to be planned for a step."""
    ### BEGIN SOLUTION
    if not 0 < o <= m <= p:
        raise ValueError(f"{o}, {m}, {p} are not three durations that grow")
    return math.ceil((o + 4 * m + p) / 6)
    ### END SOLUTION


def together(estimates):
    """Return the expected duration of steps one after the other, and its standard deviation."""
    ### BEGIN SOLUTION
    duration = sum((o + 4 * m + p) / 6 for o, m, p in estimates)
    return duration, math.sqrt(sum(((p - o) / 6) ** 2 for o, m, p in estimates))
    ### END SOLUTION


# %% tags=["test"] grade_id="test_estimating" points=3 skills=["teamwork.estimating"] coverage=["S41"]
assert student.planned_days(1, 2, 6) == 3, hint("expected")
assert student.planned_days(1, 2, 3) == 2, hint("round-up")
assert type(student.planned_days(1, 2, 3)) is int, hint("round-up")
assert [round(value, 4) for value in student.together([(1, 2, 3), (2, 3, 7)])] == [5.5, 0.8975], hint("deviation")
### BEGIN HIDDEN TESTS
assert student.planned_days(2, 2, 2) == 2, hint("expected")
assert student.planned_days(1, 1, 2) == 2, hint("round-up")
assert student.planned_days(0.5, 3, 10) == 4, hint("expected")
assert student.planned_days(1, 1, 4) == 2, hint("round-up")
for wrong in [(0, 1, 2), (3, 2, 4), (1, 5, 4), (-1, 2, 3)]:
    with student.raises(ValueError, hint("refuse")):
        student.planned_days(*wrong)
assert list(student.together([])) == [0, 0], hint("deviation")
assert [round(value, 4) for value in student.together([(1, 2, 6)])] == [2.5, 0.8333], hint("expected")
assert [round(value, 4) for value in student.together([(3, 5, 13), (2, 2, 2), (1, 3, 11)])] == [12, 2.3570], hint(
    "deviation"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: what decides the end
#
# From here on, take the days that `planned_days` gives. Look only at the six steps that are a **must**, and for the moment forget
# who does them and when they are away: a step begins as soon as all that it needs is done.
#
# - `SHORTEST`: after how many working days all six can be done (`int`).
# - `CRITICAL`: the list of the steps, in their order, of which none can be a day late without the end being late: the *critical path*.
# - `FLOAT`: a dictionary that gives each of the six its *float*: how many days it can be late without the end being late.

# %% tags=["task"] grade_id="critical_path"
# SHORTEST, CRITICAL and FLOAT; compute them in this cell, or on paper.
### BEGIN SOLUTION
SHORTEST = 9
CRITICAL = ["A", "B", "E", "F"]
FLOAT = {"A": 0, "B": 0, "C": 3, "D": 1, "E": 0, "F": 0}
### END SOLUTION

# %% tags=["test"] grade_id="test_critical_path" points=3 skills=["teamwork.planning"] coverage=["S41"]
assert set(student["CRITICAL"]) <= set("ABCDEF"), hint("musts")
assert set(student["FLOAT"]) == set("ABCDEF"), hint("musts")
assert [step for step in student["CRITICAL"] if student["FLOAT"][step] != 0] == [], hint("float")
### BEGIN HIDDEN TESTS
assert student["SHORTEST"] == 9, hint("shortest", {8: "both-needs", 15: "side-by-side"})
assert list(student["CRITICAL"]) == ["A", "B", "E", "F"], hint("critical")
assert student["FLOAT"] == {"A": 0, "B": 0, "C": 3, "D": 1, "E": 0, "F": 0}, hint("float")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the plan
#
# Now the limits:
#
# - Work begins on Monday, 2 November. Nobody works on Saturdays and Sundays, nor on Wednesday 11 November, a holiday.
# - **Ada** is away on 5 and 6 November. **Ben** never works on Fridays.
# - Each does one step at a time, on consecutive days of their own work, and a step is done by one person who can do it.
# - A step begins **after** the last day of each step that it needs: on the next day, or later.
# - Wednesday 18 and Thursday 19 November are the **buffer**, for what goes wrong. Nothing is planned on them, nor after.
# - All musts are done. Of the steps that *should* be done, as many as fit.
#
# Set `PLAN`, a text with one line for each planned step: the step, who, and the first day, such as `G Ben 2026-11-09`. Set `LEFT_OUT`, the list
# of the steps that are not in the plan.
#
# The next cell holds the calendar, and what the tests use; you needn't read it.

# %% tags=["setup"] grade_id="calendar"
import math
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(2026, 11, 2), date(2026, 11, 17)
HOLIDAYS = {date(2026, 11, 11)}
AWAY = {
    "Ada": {date(2026, 11, 5), date(2026, 11, 6)},
    "Ben": {date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)},
}


def works(person, day):
    """Return whether a person works on a day."""
    return day.weekday() < 5 and day not in HOLIDAYS and day not in AWAY[person]


def days_of(step, person, first):
    """Return the days on which a person does a step that begins on the day `first`."""
    o, m, p = STEPS[step]["days"]
    left, day, days = math.ceil((o + 4 * m + p) / 6), first, []
    while len(days) < left:
        if works(person, day):
            days.append(day)
        day += timedelta(days=1)
    return days


def read_plan(text):
    """Return the plan in a text, as a dictionary from step to person and first day, and what can't be read."""
    plan, unread = {}, []
    for line in (line.strip() for line in text.splitlines()):
        try:
            step, person, day = line.split()
            first = date.fromisoformat(day)
            if step not in STEPS or person not in AWAY or step in plan:
                raise ValueError(line)
            plan[step] = (person, first)
        except ValueError:
            unread += [line] if line else []
    return plan, unread


def impossible(plan):
    """Return who does what they can't, or begins on a day on which they don't work."""
    return [
        f"{step}: {person} can't do it" for step, (person, _) in plan.items() if person not in STEPS[step]["who"]
    ] + [
        f"{step}: {person} doesn't work on {first}"
        for step, (person, first) in plan.items()
        if not works(person, first)
    ]


def chart(plan):
    """Return a plan as a picture in text: a line for each step, a column for each day."""
    span = [FIRST_DAY + timedelta(days=number) for number in range(19)]
    lines = ["          " + " ".join(f"{day.day:2}" for day in span)]
    for step, (person, first) in plan.items():
        days = days_of(step, person, first)
        lines.append(f"{step} {person:8}" + " ".join("##" if day in days else " ." for day in span))
    return "\n".join(lines)


# %% [markdown]
# This cell draws a plan, so that you can see what happens.

# %%
draft, unread = read_plan("""
A Ben 2026-11-03
D Ada 2026-11-04
""")
print(chart(draft))

# %% tags=["task"] grade_id="plan"
# PLAN is one text in three double quotes; LEFT_OUT is a list.
### BEGIN SOLUTION
PLAN = """
A Ada 2026-11-02
C Ben 2026-11-02
B Ben 2026-11-04
D Ada 2026-11-04
E Ben 2026-11-10
F Ada 2026-11-13
H Ben 2026-11-16
"""
LEFT_OUT = ["G"]
### END SOLUTION

# %% tags=["test"] grade_id="test_plan_holds" points=4 skills=["teamwork.planning"] coverage=["S41"]
assert isinstance(student["PLAN"], str), hint("plan-form")
plan, unread = read_plan(student["PLAN"])
assert unread == [], hint("plan-form")
assert [step for step in "ABCDEF" if step not in plan] == [], hint("all-musts")
assert impossible(plan) == [], hint("people")
### BEGIN HIDDEN TESTS
days = {step: days_of(step, *entry) for step, entry in plan.items()}
too_early = [
    f"{step} begins on {days[step][0]}, {needed} ends on {days[needed][-1]}"
    for step in plan
    for needed in STEPS[step]["needs"]
    if needed in days and days[step][0] <= days[needed][-1]
]
assert too_early == [], hint("order")
at_once = [
    f"{plan[one][0]} does {one} and {other} on {min(set(days[one]) & set(days[other]))}"
    for one in plan
    for other in plan
    if one < other and plan[one][0] == plan[other][0] and set(days[one]) & set(days[other])
]
assert at_once == [], hint("one-at-a-time")
outside = [
    f"{step} goes from {days[step][0]} to {days[step][-1]}"
    for step in plan
    if days[step][0] < date(2026, 11, 2) or days[step][-1] > date(2026, 11, 17)
]
assert outside == [], hint("buffer")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_plan_is_full" points=2 skills=["teamwork.planning"] coverage=["S41"]
assert isinstance(student["PLAN"], str), hint("plan-form")
plan, unread = read_plan(student["PLAN"])
assert unread == [], hint("plan-form")
assert isinstance(student["LEFT_OUT"], list), hint("left-out")
assert sorted([*plan, *student["LEFT_OUT"]]) == ["A", "B", "C", "D", "E", "F", "G", "H"], hint("left-out")
### BEGIN HIDDEN TESTS
assert student["LEFT_OUT"] == ["G"], hint("as-many-as-fit")
assert max(days_of(step, *entry)[-1] for step, entry in plan.items()) <= date(2026, 11, 17), hint("buffer")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: say what does not fit
#
# Lena (marketing) counts on the statistics for her report on Monday, 23 November, and Mira (customer service) on her list from the first
# day on. Write to the one whose wish is not in your plan, and to Karim, the project manager: at most 150 words, today, as you would
# send it.
#
# **Marking scheme (4 points).**
#
# - 1 point: it says at the beginning, and plainly, **what will be there on 20 November and what won't**; it doesn't hide behind "we'll
#   try".
# - 1 point: **the reason in figures** from the plan: the days that Ada and Ben have, those that the musts take, and those that the wish
#   needs; or which person and which days the limit comes from. The buffer is defended, not given away.
# - 1 point: **at least two real options**, each with its price: for instance the wish after the 20th with a date, a smaller form of it (once, by hand), or
#   in the buffer with what that puts at risk. An option that breaks the limits above counts only if it says so.
# - 1 point: **the assumption that is most likely to fail** (the estimate with the widest range, or the person on whom most depends), how they will hear of it, and by
#   when a decision is needed.

# %% [markdown] tags=["manual"] grade_id="message" points=4 skills=["teamwork.estimating", "teamwork.agile"] coverage=["S41", "S42"]
# ### BEGIN SOLUTION
# Lena, Karim: on 20 November customers can sign up and get their mails, and customer service has its list. **The statistics will not be
# there that day.**
#
# Until the 17th Ada and Ben have 18 working days. What customers need takes 15, the list 2, the statistics 4. The 18th and 19th stay free for what
# goes wrong.
#
# Options:
#
# 1. Statistics from 23 November, ready on the 26th. I propose this.
# 2. For Lena's report I read the sign-ups from the database on Monday morning: half an hour.
# 3. Statistics in the buffer: they need the job, so they can't begin before the 13th. Then nothing more may go wrong.
#
# The weak point is the job that sends the mails (2 to 7 days, only Ada can do it). You hear from me on the 10th how it stands. Please
# tell me by Tuesday which option you take.
# ### END SOLUTION

# %% [markdown]
# ## Where to go from here
#
# Keep your three numbers for your own next piece of work, and write down afterwards how long it took. After ten of them you know how
# much your *likely* is worth.
