# ---
# title: Requirements with acceptance criteria
# kind: prose
# seconds: 5
# ---

# %% [markdown]
# # Requirements with acceptance criteria
#
# You work for a small online bookshop. This mail came this morning:
#
# > **From:** Mira, customer service
# >
# > Every day some forty people ring us up to ask where their parcel is. Can we send them a text message when something
# > happens with it? It should be fast, and not annoying. Other shops have it. We need it before the Christmas season.
#
# Nobody could build this yet: ten developers would build ten different things. You will ask, write down what was agreed, and
# turn it into criteria that a program can check.
#
# Four tasks. Two are marked by a person, by the marking scheme that stands above them, which you may read first. Two are
# checked by program: run the test cell under the task.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# ## Task 1: what you don't know yet
#
# Write **three questions** that must be answered before anybody builds this. For each say whom you ask, and what would be
# built differently by the answer. You can ask Mira, the designer Tam, the system administrator Jo, and Ines, who looks
# after data protection. A numbered list is fine.
#
# **Marking scheme (3 points).** One point for each question, up to three, that does all of this:
#
# - two possible answers to it would lead to different software, and you say how;
# - it goes to a person who can answer it;
# - the mail doesn't answer it already, and no other of your questions asks the same.
#
# Half a point for a question of which the second part, what it changes, is missing or unclear.

# %% [markdown] tags=["manual"] grade_id="questions" points=3 skills=["teamwork.requirements"] coverage=["S34"]
# ### BEGIN SOLUTION
# 1. *To Mira:* which two or three moments do callers ask about? If it is only "has it left?" and "does it come today?", we
#    ignore all other reports of the carrier; if it is every scan, we need a list of texts and far more messages.
# 2. *To Ines:* may we use the phone numbers that we have, or must a customer agree first? If they must agree, there is a box
#    in the account, and nothing goes out until it is ticked.
# 3. *To Jo:* does the carrier tell us each step once and in order? If it may tell us twice, we must remember what was
#    sent, or people get the same message again.
# ### END SOLUTION

# %% [markdown]
# ## The answers
#
# You asked, and noted this:
#
# | who | said |
# | --- | --- |
# | **Mira** | Callers want to know two things: that the parcel has been *shipped*, and that it is *out for delivery*. Nothing for *sorted*, *loaded* and the rest. |
# | **Mira** | Nobody wants to be woken. From 21:00 on nothing goes out; what comes in at night waits until 8:00 in the morning. |
# | **Ines** | Only customers who agreed to messages in their account get any. And we delete the phone number from the message log after 30 days. |
# | **Tam** | One message, not three: at most 160 characters, with the shop's name first and the link to the parcel's page last. |
# | **Jo** | The carrier calls our server for each step, sometimes two or three times for the same one. Nobody should notice. |
# | **Jo** | The message service accepts 5 requests a second from us and refuses more. And "fast", I asked Mira, means: handed over within 60 seconds, by day. |
#
# ## Task 2: requirements
#
# Set the text `REQUIREMENTS`: one requirement a line, four parts between bars:
#
# ```text
# R1 | Mira | function | what must be so
# ```
#
# - **number**: `R1`, `R2`, …, each once; at least six requirements;
# - **who** it comes from: `Mira`, `Ines`, `Tam` or `Jo`; each of them has at least one;
# - **kind**: `function` (what the software does), `technical` (limits of speed, load, storage) or `design` (what people see
#   and read); each kind at least once;
# - **the sentence**: 5 to 30 words, with `must` exactly once: two *musts* are two requirements.
#
# A requirement can be checked, so none may hold one of these words: `annoying`, `appropriate`, `easy`, `easily`, `etc`, `fast`,
# `flexible`, `good`, `if possible`, `nice`, `quick`, `quickly`, `reasonable`, `simple`, `soon`, `user-friendly`, `usually`. And every
# figure in the notes belongs into a requirement: 21:00, 8:00, 30, 160, 5 and 60.
#
# The next cell only holds what the tests use; you needn't read it.

# %% tags=["setup"] grade_id="reading"
import re

VAGUE = "annoying|appropriate|easy|easily|etc|fast|flexible|good|if possible|nice|quick|quickly|reasonable|simple|soon"
VAGUE += "|user-friendly|usually"
PEOPLE = {"Mira", "Ines", "Tam", "Jo"}
KINDS = {"function", "technical", "design"}


def requirements(text):
    """Return the requirements in a text, as tuples of number, person, kind and sentence; other lines as they are."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [tuple(part.strip() for part in line.split("|")) for line in lines]


def unreadable(text):
    """Return what is wrong with the form of the requirements, each a sentence."""
    found = []
    numbers = []
    for parts in requirements(text):
        if len(parts) != 4:
            found.append(f"{' | '.join(parts)!r} has {len(parts)} parts, not 4")
            continue
        number, person, kind, _ = parts
        numbers.append(number)
        if not re.fullmatch(r"R[1-9]\d*", number):
            found.append(f"{number!r} is no number such as R1")
        if person not in PEOPLE:
            found.append(f"{number} comes from {person!r}, not from one of {', '.join(sorted(PEOPLE))}")
        if kind not in KINDS:
            found.append(f"{number} has the kind {kind!r}, not one of {', '.join(sorted(KINDS))}")
    found += [
        f"{number} is there {numbers.count(number)} times"
        for number in sorted(set(numbers))
        if numbers.count(number) > 1
    ]
    if len(numbers) < 6:
        found.append(f"{len(numbers)} requirements, not six or more")
    return found


def vague(text):
    """Return the words in requirements that nobody can check, each with the requirement's number."""
    pattern = re.compile(rf"(?<![\w-])({VAGUE})(?![\w-])", re.IGNORECASE)
    return [f"{number}: {word}" for number, *_, sentence in requirements(text) for word in pattern.findall(sentence)]


def not_one_thing(text):
    """Return the requirements that don't say `must` once, or are too short or too long."""
    found = []
    for number, *_, sentence in requirements(text):
        musts = len(re.findall(r"\bmust\b", sentence, re.IGNORECASE))
        words = len(sentence.split())
        if musts != 1:
            found.append(f"{number} says must {musts} times")
        if not 5 <= words <= 30:
            found.append(f"{number} has {words} words")
    return found


# %% tags=["task"] grade_id="requirements"
# REQUIREMENTS is one text in three double quotes, a requirement on each line.
### BEGIN SOLUTION
REQUIREMENTS = """
R1 | Mira | function  | The customer must get one message when the carrier reports the parcel as shipped.
R2 | Mira | function  | The customer must get one message when the carrier reports the parcel as out for delivery.
R3 | Mira | function  | Reports of any other step must not lead to a message.
R4 | Mira | function  | A message that becomes due from 21:00 on must wait until the next 8:00.
R5 | Ines | function  | Only a customer who agreed to messages in the account must be sent any.
R6 | Ines | technical | The phone number must be deleted from the message log after 30 days.
R7 | Tam  | design    | A message must have at most 160 characters.
R8 | Tam  | design    | A message must begin with the shop's name and end with the link to the parcel's page.
R9 | Jo   | function  | A step that the carrier reports again for the same parcel must not lead to a second message.
R10 | Jo  | technical | The server must send at most 5 requests a second to the message service.
R11 | Jo  | technical | By day, a message must be handed over within 60 seconds of the carrier's report.
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_requirements" points=2 skills=["teamwork.requirements"] coverage=["S34"]
text = student["REQUIREMENTS"]
assert isinstance(text, str), hint("form")
assert unreadable(text) == [], hint("form")
assert vague(text) == [], hint("vague")
assert not_one_thing(text) == [], hint("one-thing")
### BEGIN HIDDEN TESTS
assert len({sentence.lower() for *_, sentence in requirements(text)}) == len(requirements(text)), hint("one-thing")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_nothing_lost" points=2 skills=["teamwork.requirements", "teamwork.features"] coverage=["S34", "S37"]
text = student["REQUIREMENTS"]
assert isinstance(text, str), hint("form")
assert unreadable(text) == [], hint("form")
assert {person for _, person, _, _ in requirements(text)} == {"Mira", "Ines", "Tam", "Jo"}, hint("sources")
assert {kind for _, _, kind, _ in requirements(text)} == {"function", "technical", "design"}, hint("kinds")
### BEGIN HIDDEN TESTS
FIGURES = {
    "21:00": r"\b21([:.]00)?\b|\b9 ?p\.?m",
    "8:00": r"(?<![\d:.])0?8([:.]00|\b(?![:.]\d))|\b8 ?a\.?m",
    "30 days": r"\b(30|thirty)\b",
    "160 characters": r"\b160\b",
    "5 requests a second": r"(?<![\d:.])(5|five)\b(?![:.]\d)",
    "60 seconds": r"\b(60|sixty|(one|a|1)[ -]minute)\b",
}
sentences = "\n".join(sentence for *_, sentence in requirements(text))
lost = [figure for figure, pattern in FIGURES.items() if not re.search(pattern, sentences, re.IGNORECASE)]
assert lost == [], hint("figures")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: criteria that a program can check
#
# Now make the rules about *when a message goes out* so exact that a program can decide whether software follows them. Set
# the text `CRITERIA`: scenarios in the form **Given, When, Then**, which test tools such as Cucumber and behave read (the form
# is called Gherkin). This is one:
#
# ```gherkin
# Scenario: a report at night of another parcel
#   Given the customer agreed.
#   When the carrier reports "shipped" at 10:00.
#   And the carrier reports "shipped" for parcel B at 23:30 on day 2.
#   Then a message "shipped" goes out at 10:00.
#   And a message "shipped" for parcel B goes out at 08:00 on day 3.
# ```
#
# The steps that our tool knows:
#
# | step | variations |
# | --- | --- |
# | `Given the customer agreed` | `Given the customer did not agree` |
# | `When the carrier reports "out for delivery" at 10:00` | any step in quotes; `for parcel B` before `at`; `on day 2` at the end |
# | `Then a message "out for delivery" goes out at 10:00` | the same; or `Then no message goes out` |
#
# `And` goes on with the kind of step before it. Without `for parcel …` it is parcel A, without `on day …` it is day 1. A scenario
# has one `Given`, and names **all** messages that go out. Write the reports in the order of time.
# The full stop may be left out.
#
# Your scenarios are run against a version of the software that follows the notes: there, all must hold. Then they are run
# against versions with **one mistake each**: for each of them, at least one of your scenarios must not hold. Think of what a
# tired developer would get wrong, and of the minute at which a rule begins and ends. The notes say: *from* 21:00 on nothing
# goes out, and at 8:00 messages go out again.
#
# The next cell is the tool; you needn't read it. `broken(found, software)` says which scenarios don't hold for some software.

# %% tags=["setup"] grade_id="gherkin"
TIME = r"at (?P<hour>\d{1,2}):(?P<minute>\d\d)(?: on day (?P<day>\d+))?"
PARCEL = r"(?: for parcel (?P<parcel>\w+))?"
REPORT = re.compile(rf'the carrier reports "(?P<step>[\w ]+)"{PARCEL} {TIME}')
MESSAGE = re.compile(rf'a message "(?P<step>[\w ]+)"{PARCEL} goes out {TIME}')


def clock(minutes):
    """Return minutes since the beginning of day 1 as text.

    >>> clock(24 * 60 + 8 * 60)
    '08:00 on day 2'
    """
    day, rest = divmod(minutes, 24 * 60)
    return f"{rest // 60:02}:{rest % 60:02} on day {day + 1}"


def event(match):
    """Return what a step says as a tuple of minutes since the beginning of day 1, parcel, and step."""
    minutes = (int(match["day"] or 1) - 1) * 24 * 60 + int(match["hour"]) * 60 + int(match["minute"])
    return minutes, match["parcel"] or "A", match["step"].strip().lower()


def scenarios(text):
    """Return the scenarios in a text as dictionaries, and a list of the lines that can't be understood."""
    found, unknown, kind = [], [], ""
    for line in (line.strip() for line in text.splitlines()):
        word, _, rest = line.partition(" ")
        rest = rest.strip().rstrip(".")
        if not line or line.startswith("#"):
            continue
        if word == "Scenario:":
            found.append({"name": rest, "agreed": None, "reports": [], "messages": None})
            kind = ""
            continue
        kind = kind if word == "And" else word
        now = found[-1] if found else {}
        report, message = REPORT.fullmatch(rest), MESSAGE.fullmatch(rest)
        if now and kind == "Given" and rest in ("the customer agreed", "the customer did not agree"):
            now["agreed"] = rest.endswith(" agreed")
        elif now and kind == "When" and report:
            now["reports"].append(event(report))
        elif now and kind == "Then" and message:
            now["messages"] = [*(now["messages"] or []), event(message)]
        elif now and kind == "Then" and rest == "no message goes out":
            now["messages"] = now["messages"] or []
        else:
            unknown.append(line)
    return found, unknown


def incomplete(found):
    """Return the names of the scenarios that have no Given, no When, no Then, or reports out of order."""
    return [
        one["name"]
        for one in found
        if one["agreed"] is None
        or not one["reports"]
        or one["messages"] is None
        or [report[0] for report in one["reports"]] != sorted(report[0] for report in one["reports"])
    ]


def broken(found, software):
    """Return the scenarios that don't hold for some software: their names, and what really went out.

    Args:
        found: scenarios.
        software: a function that takes whether the customer agreed and the reports, and returns the messages.
    """
    failed = {}
    for one in found:
        sent = sorted(software(one["agreed"], one["reports"]))
        if sent != sorted(one["messages"]):
            failed[one["name"]] = [f'"{step}" for parcel {parcel} at {clock(at)}' for at, parcel, step in sent]
    return failed


# %% tags=["task"] grade_id="criteria"
# CRITERIA is one text in three double quotes.
### BEGIN SOLUTION
CRITERIA = """
Scenario: the two steps that people ask about, and no other
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  And the carrier reports "sorted" at 14:00
  And the carrier reports "out for delivery" at 09:15 on day 2
  And the carrier reports "delivered" at 11:40 on day 2
  Then a message "shipped" goes out at 10:00
  And a message "out for delivery" goes out at 09:15 on day 2

Scenario: a customer who did not agree
  Given the customer did not agree
  When the carrier reports "shipped" at 10:00
  And the carrier reports "out for delivery" at 10:00 on day 2
  Then no message goes out

Scenario: the carrier says it twice, and again on the next day
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  And the carrier reports "shipped" at 10:01
  And the carrier reports "shipped" at 09:00 on day 2
  Then a message "shipped" goes out at 10:00

Scenario: the carrier says it twice in one night
  Given the customer agreed
  When the carrier reports "shipped" at 23:00
  And the carrier reports "shipped" at 23:05
  Then a message "shipped" goes out at 08:00 on day 2

Scenario: two parcels of one customer
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  And the carrier reports "shipped" for parcel B at 10:05
  Then a message "shipped" goes out at 10:00
  And a message "shipped" for parcel B goes out at 10:05

Scenario: the last minute of the day and the first of the night
  Given the customer agreed
  When the carrier reports "shipped" at 20:59
  And the carrier reports "shipped" for parcel B at 21:00
  Then a message "shipped" goes out at 20:59
  And a message "shipped" for parcel B goes out at 08:00 on day 2

Scenario: the last minute of the night and the first of the day
  Given the customer agreed
  When the carrier reports "out for delivery" at 07:59
  And the carrier reports "out for delivery" for parcel B at 08:00
  Then a message "out for delivery" goes out at 08:00
  And a message "out for delivery" for parcel B goes out at 08:00
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_criteria" points=2 skills=["teamwork.requirements"] coverage=["S34"]
### BEGIN HIDDEN TESTS


def version(
    steps=("shipped", "out for delivery"),
    consent=True,
    once=lambda at, parcel, step: (parcel, step),
    night=lambda minute: minute >= 21 * 60 or minute < 8 * 60,
    later=lambda day, minute: (day + (minute >= 21 * 60)) * 24 * 60 + 8 * 60,
):
    def sends(agreed, reports):
        sent, seen = [], set()
        for at, parcel, step in reports:
            day, minute = divmod(at, 24 * 60)
            due = later(day, minute) if night(minute) else at
            if (agreed or not consent) and (not steps or step in steps) and once(at, parcel, step) not in seen:
                seen.add(once(at, parcel, step))
                if due is not None:
                    sent.append((due, parcel, step))
        return sent

    return sends


def gets_through(found, mistakes):
    """Return which wrong versions satisfy all scenarios; scenarios that the right one fails don't count."""
    right = [one for one in found if not broken([one], version())]
    return [name for name, wrong in mistakes.items() if not broken(right, wrong)]


### END HIDDEN TESTS
text = student["CRITERIA"]
assert isinstance(text, str), hint("gherkin")
found, unknown = scenarios(text)
assert unknown == [], hint("gherkin")
assert len(found) >= 3, hint("gherkin")
assert incomplete(found) == [], hint("given-when-then")
# software that sends nothing, and software that passes on every report, must not get through
assert broken(found, lambda agreed, reports: []) != {}, hint("something")
assert broken(found, lambda agreed, reports: reports) != {}, hint("something")
### BEGIN HIDDEN TESTS
contradictions = broken(found, version())
assert contradictions == {}, hint("contradicts")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_criteria_catch_mistakes" points=2 skills=["teamwork.requirements"] coverage=["S34"]
text = student["CRITERIA"]
assert isinstance(text, str), hint("gherkin")
found, unknown = scenarios(text)
assert unknown == [] and incomplete(found) == [], hint("gherkin")
assert any(one["agreed"] is False for one in found), hint("consent")
### BEGIN HIDDEN TESTS


assert gets_through(found, {"sends to customers who did not agree": version(consent=False)}) == [], hint("consent")
steps = {
    "sends for every step": version(steps=None),
    "never sends for shipped": version(steps=("out for delivery",)),
    "never sends for out for delivery": version(steps=("shipped",)),
}
assert gets_through(found, steps) == [], hint("steps")
again = {"sends again when the carrier reports again": version(once=lambda at, parcel, step: (at, parcel, step))}
assert gets_through(found, again) == [], hint("twice")
at_night = {
    "sends at night too": version(night=lambda minute: False),
    "forgets what comes at night": version(later=lambda day, minute: None),
}
assert gets_through(found, at_night) == [], hint("night")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_criteria_at_the_edges" points=2 skills=["teamwork.requirements"] coverage=["S34"]
text = student["CRITERIA"]
assert isinstance(text, str), hint("gherkin")
found, unknown = scenarios(text)
assert unknown == [] and incomplete(found) == [], hint("gherkin")
assert len({parcel for one in found for _, parcel, _ in one["reports"]}) > 1, hint("parcels")
### BEGIN HIDDEN TESTS
per_customer = {
    "sends each step once to a customer, not once for a parcel": version(once=lambda at, parcel, step: step)
}
assert gets_through(found, per_customer) == [], hint("parcels")
edges = {
    "sends at 21:00": version(night=lambda minute: minute > 21 * 60 or minute < 8 * 60),
    "waits from 20:59": version(
        night=lambda minute: minute >= 21 * 60 - 1 or minute < 8 * 60,
        later=lambda day, minute: (day + (minute >= 21 * 60 - 1)) * 24 * 60 + 8 * 60,
    ),
    "still waits at 8:00": version(
        night=lambda minute: minute >= 21 * 60 or minute <= 8 * 60,
        later=lambda day, minute: (day + (minute >= 8 * 60)) * 24 * 60 + 8 * 60,
    ),
    "sends at 7:59": version(night=lambda minute: minute >= 21 * 60 or minute < 8 * 60 - 1),
}
assert gets_through(found, edges) == [], hint("edges")
early = {
    "makes a report of the early morning wait a whole day": version(
        later=lambda day, minute: (day + 1) * 24 * 60 + 8 * 60
    )
}
assert gets_through(found, early) == [], hint("early")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: what goes into the first version
#
# In the meeting three more wishes came up. There are **12 working days** until the season begins. What you have agreed so far
# takes about 9.
#
# | wish | from | work | what was said |
# | --- | --- | --- | --- |
# | a picture of the book in the message | Tam | 4 days | Messages with pictures cost 0.30 each instead of 0.07. "It looks so much better." |
# | an e-mail to those who did not agree to messages | Jo | 2 days | The mail server is ours. 6 in 10 callers have never agreed to messages. |
# | customers answer *where?* and get the parcel's place | Mira | 8 days | "My colleague saw it elsewhere." |
#
# Write a **decision note** of at most 150 words to Mira, Tam and Jo: what you propose for each wish, and why.
#
# **Marking scheme (3 points).**
#
# - 1 point: each wish has a clear proposal (in, later, or not), and together with the 9 days they fit into 12.
# - 1 point: the reasons come from the goal, fewer calls, and from the facts in the table: not from taste.
# - 1 point: it says what would change the decision or who decides it, and its tone lets those whose wish waits speak up.

# %% [markdown] tags=["manual"] grade_id="decision" points=3 skills=["teamwork.features"] coverage=["S37"]
# ### BEGIN SOLUTION
# Mira, Tam, Jo: we want fewer calls, and have 12 days, of which 9 are taken. I propose:
#
# - **E-mail to those who did not agree: in** (2 days). Six in ten callers have never agreed, so without it the messages reach
#   less than half of those who ring up. One day is left for surprises.
# - **Picture: not in this version.** Four days don't fit, each message would cost four times as much, and nothing says that a
#   picture saves a call. If you know of a trial that shows it, Tam, I'd like to see it.
# - **Answering *where?*: later.** Eight days don't fit. In January we will count how many still call; if it is more than ten a
#   day, this comes first.
#
# Mira, you decide, as the goal is yours. If you see it differently, please tell me by Thursday noon; on Friday we start.
# ### END SOLUTION

# %% [markdown]
# ## Where to go from here
#
# Your scenarios are tests already: a tool such as `behave` or `pytest-bdd` runs them against real software in the same way. Next:
# *A bug report and a status message*, for the day when one of them fails.
