# ---
# title: A bug report and a status message
# kind: prose
# seconds: 5
# ---

# %% [markdown]
# # A bug report and a status message
#
# It is the 3rd of November. You are the developer on duty at a small web shop when this ticket comes in:
#
# > **13:50, from customer service.** A customer writes that we owe HER money!! Something with a voucher I think. I tried it
# > myself and it works fine. Can you look? Urgent
#
# Four tasks: find out how to make it happen and write it up, tell those who need to know, write the message of the commit that
# mends it, and answer a colleague in a hurry. Three are checked by program, the last is marked by a person.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# ## The shop
#
# This is the part of the shop in question, as it runs on the test server `shop-test`, release 4.2.1. The handbook has three
# rules about vouchers:
#
# 1. A voucher takes its value off the cart's total.
# 2. A cart must be worth at least the voucher's value when the voucher is redeemed.
# 3. The total of a cart is never below 0.

# %% tags=["setup"] grade_id="shop"
import json
import re

from flask import Flask, request

PRICES = {"mug": 900, "tea": 350, "pot": 2400}  # in cents
VOUCHERS = {"SPRING5": 500}


def create_shop(total=lambda goods, voucher: goods - voucher):
    """Return a shop with one empty cart."""
    app = Flask("shop")
    cart = {"items": {}, "voucher": None}

    def goods():
        return sum(PRICES[sku] * quantity for sku, quantity in cart["items"].items())

    def shown():
        return {**cart, "total_cents": total(goods(), VOUCHERS.get(cart["voucher"], 0))}

    @app.get("/cart")
    def read():
        return shown()

    @app.post("/cart/items")
    def add():
        sku, quantity = request.json["sku"], request.json["quantity"]
        if sku not in PRICES or quantity < 1:
            return {"error": "no such product, or no such quantity"}, 400
        cart["items"][sku] = cart["items"].get(sku, 0) + quantity
        return shown(), 201

    @app.delete("/cart/items/<sku>")
    def remove(sku):
        if sku not in cart["items"]:
            return {"error": "not in the cart"}, 404
        del cart["items"][sku]
        return shown()

    @app.post("/cart/voucher")
    def redeem():
        code = request.json["code"]
        if code not in VOUCHERS or cart["voucher"]:
            return {"error": "no such voucher, or there is one already"}, 400
        if goods() < VOUCHERS[code]:
            return {"error": "the cart is worth less than the voucher"}, 409
        cart["voucher"] = code
        return shown()

    return app


# %% [markdown]
# Try it here: change this cell until the total is wrong.

# %%
client = create_shop().test_client()
client.post("/cart/items", json={"sku": "tea", "quantity": 2})
client.post("/cart/voucher", json={"code": "SPRING5"})
print(client.get("/cart").json)

# %% [markdown]
# ## Task 1: the bug report
#
# Set the text `REPORT`, in Markdown, with these parts in this order:
#
# - a title `# …` of 5 to 15 words that says **what** is wrong and **when**. It names the voucher, and holds none of: `broken`,
#   `doesn't work`, `does not work`, `help`, `please`, `problem`, `urgent`, `!`;
# - `## Steps`: a numbered list. Each step holds one request between back-ticks, and around it whatever words you like;
# - `## Expected`: what the last step should show, with the total, and why;
# - `## Actual`: what it shows, with the total;
# - `## Environment`: the server and the release.
#
# For example, a step that adds three pots and one that looks at the cart:
#
# ```markdown
# 1. Put three pots into the cart: `POST /cart/items {"sku": "pot", "quantity": 3}`
# 2. Look at the cart: `GET /cart`
# ```
#
# A program reads your steps and **does what they say**, in a new shop with an empty cart. The last step is `GET /cart`, no step may
# be refused, and none may be there that could be left out. Amounts may be written in cents (`1050`) or in euros (`10.50`).
#
# The next cell only holds what the tests use; you needn't read it.

# %% tags=["setup"] grade_id="reading"
NOTHING_SAID = ["broken", "doesn't work", "does not work", "help", "please", "problem", "urgent", "!"]


def sections(text):
    """Return the title of a report, and its sections by their heading."""
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), "")
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return title, {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2])}


def requests_in(steps):
    """Return the requests in a numbered list as tuples of method, path and body; what can't be read as text."""
    found = []
    for line in steps.splitlines():
        match = re.match(r"\s*\d+[.)] .*?`(GET|POST|DELETE) +(/\S*) *(\{.*?\})?`", line)
        if match:
            method, path, body = match.groups()
            try:
                found.append((method, path, json.loads(body) if body else None))
            except ValueError:
                found.append(line.strip())
        elif re.match(r"\s*\d+[.)] ", line):
            found.append(line.strip())
    return found


def carry_out(steps, shop):
    """Send requests to a shop, one after the other; return each one's status and answer."""
    client = shop.test_client()
    answers = [client.open(path, method=method, json=body) for method, path, body in steps]
    return [(answer.status_code, answer.get_json(silent=True) or {}) for answer in answers]


def says(text, cents):
    """Return whether a text names an amount, in cents or in euros."""
    sign = r"(?:[-−–]|minus) ?(?:€|EUR)? ?" if cents < 0 else r"(?<![-−–\d.,])"
    euros = f"{abs(cents) // 100}[.,]{abs(cents) % 100:02}"
    return bool(re.search(rf"{sign}({abs(cents)}|{euros})(?![\d]|[.,]\d)", text)) or (
        cents == 0 and "zero" in text.lower()
    )


# %% tags=["task"] grade_id="report"
# REPORT is one text in three double quotes.
### BEGIN SOLUTION
REPORT = """
# Cart total falls below 0 when a line is removed after a voucher was redeemed

## Steps
1. Put a mug (9.00) into the empty cart: `POST /cart/items {"sku": "mug", "quantity": 1}`
2. Redeem the voucher of 5.00: `POST /cart/voucher {"code": "SPRING5"}`
3. Take the mug out again: `DELETE /cart/items/mug`
4. Look at the cart: `GET /cart`

## Expected
`total_cents` is 0: by rule 3 of the handbook, the total of a cart is never below 0.

## Actual
`total_cents` is -500, with the voucher still in the cart. It happens each time.

## Environment
Server shop-test, release 4.2.1, 3 November, requests sent by Flask's test client.
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_report_parts" points=2 skills=["teamwork.bug-reports", "teamwork.writing"] coverage=["S44"]
text = student["REPORT"]
assert isinstance(text, str), hint("parts")
title, parts = sections(text)
assert list(parts) == ["Steps", "Expected", "Actual", "Environment"], hint("parts")
assert [heading for heading, body in parts.items() if not body] == [], hint("parts")
assert 5 <= len(title.split()) <= 15, hint("title")
assert [words for words in NOTHING_SAID if words in title.lower()] == [], hint("title")
assert "voucher" in title.lower(), hint("title")
### BEGIN HIDDEN TESTS
assert "4.2.1" in parts["Environment"], hint("environment")
assert "shop-test" in parts["Environment"], hint("environment")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_report_reproduces" points=4 skills=["teamwork.bug-reports"] coverage=["S42", "S44"]
text = student["REPORT"]
assert isinstance(text, str), hint("parts")
_, parts = sections(text)
assert "Steps" in parts, hint("parts")
steps = requests_in(parts["Steps"])
assert [step for step in steps if isinstance(step, str)] == [], hint("steps")
assert len(steps) >= 2, hint("steps")
assert steps[-1] == ("GET", "/cart", None), hint("steps")
answers = carry_out(steps, create_shop())
assert [status for status, _ in answers if status >= 400] == [], hint("refused")
assert answers[-1][1]["total_cents"] < 0, hint("not-reproduced")
### BEGIN HIDDEN TESTS
shortened = [steps[:at] + steps[at + 1 :] for at in range(len(steps) - 1)]
needless = [
    f"{steps[at][0]} {steps[at][1]}"
    for at, fewer in enumerate(shortened)
    if carry_out(fewer, create_shop())[-1][1]["total_cents"] < 0
]
assert needless == [], hint("shortest")
wanted = carry_out(steps, create_shop(lambda goods, voucher: goods - min(goods, voucher)))[-1][1]["total_cents"]
came = answers[-1][1]["total_cents"]
assert says(parts.get("Expected", ""), wanted), hint("expected")
assert says(parts.get("Actual", ""), came), hint("actual")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: the status message
#
# It is 15:00 now. These are the facts:
#
# | when | what |
# | --- | --- |
# | 9:00 | Release 4.2.1 went live, with Jon's change to the cart. |
# | 13:50 | The ticket came in. |
# | 14:10 | You made it happen on the test server. |
# | 14:20 | You switched the voucher field off. Since then there has been no new case, and no customer can use a voucher. |
# | until now | The payment service refuses amounts below 0, so no money has left the shop. The orders are on hold and not packed. |
# | tomorrow | The corrected release goes live at 9:30. Afterwards you check all orders on hold, and the field is switched on again. |
# | until then | Ruth (accounting) must not book the orders on hold. |
#
# The file `orders.csv` beside this notebook has all orders since 9:00: number, time, customer, and `total_cents`. An order
# is affected if its total is **below 0**.
#
# Write to Mira (customer service), Ruth (accounting) and Karim (project manager). None of them is a developer. Set the text
# `STATUS`, at most 150 words, with these six labels, each once, each at the beginning of a line, in this order:
#
# ```text
# Subject: at most 70 characters: what it is about and how it stands
# What happened: in their words
# Impact: how many customers, how many orders, how much money in euros; what did not happen
# Next: what will be done, when
# Next update: when they hear from you again, with the time of day
# Please: what each of them has to do, or not to do, by name
# ```
#
# They don't need to know *who* wrote the change: leave Jon out. And leave out words that only developers know: the test looks
# for `API`, `backend`, `commit`, `DELETE`, `deploy`, `endpoint`, `exception`, `JSON`, `POST`, `refactor`, `request` and `total_cents`.

# %% tags=["setup"] grade_id="labels"
LABELS = ["Subject", "What happened", "Impact", "Next", "Next update", "Please"]
DEVELOPERS_WORDS = (
    "api backend commit delete deploy deployed deployment endpoint exception json post refactor refactored request "
    "requests total_cents"
).split()


def labelled(text):
    """Return what stands behind each label of a status message, as pairs in their order."""
    found = []
    for line in text.strip().splitlines():
        label, colon, rest = line.partition(":")
        if colon and label.strip() in LABELS:
            found.append((label.strip(), rest.strip()))
        elif found and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
    return found


# %% [markdown]
# Count here; `csv.DictReader` reads the file.

# %%
import csv

with open("orders.csv", newline="") as file:
    orders = list(csv.DictReader(file))
print(len(orders), orders[0])

# %% tags=["task"] grade_id="status"
# STATUS is one text in three double quotes.
### BEGIN SOLUTION
STATUS = """
Subject: Wrong cart totals with vouchers: stopped, corrected tomorrow 9:30
What happened: Since 9:00 today, a customer who used a voucher and then took things out of the cart could see a total
below zero. We switched the voucher field off at 14:20; there has been no new case since.
Impact: 5 customers with 7 orders, together 28.00 euros below zero. No money has left the shop. The orders are on hold and
not packed. Until tomorrow nobody can use a voucher.
Next: The corrected shop goes live tomorrow, 4 November, at 9:30. Then I check the 7 orders and switch vouchers on again.
Next update: tomorrow at 10:30, sooner if anything changes.
Please: Ruth, don't book the orders on hold until then. Mira, tell callers that they owe nothing and get nothing, and that
vouchers work again tomorrow. Karim, nothing to do.
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_status_form" points=2 skills=["teamwork.status", "teamwork.writing"] coverage=["S42", "S44"]
text = student["STATUS"]
assert isinstance(text, str), hint("labels")
parts = labelled(text)
assert [label for label, _ in parts] == LABELS, hint("labels")
assert [label for label, said in parts if not said] == [], hint("labels")
assert len(dict(parts)["Subject"]) <= 70, hint("length")
assert len(text.split()) <= 150, hint("length")
assert re.search(r"\b\d{1,2}([:.]\d\d| ?[ap]\.?m)|noon", dict(parts)["Next update"]), hint("when")
### BEGIN HIDDEN TESTS
assert [name for name in ("Ruth", "Mira") if name not in dict(parts)["Please"]] == [], hint("please")
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_status_for_its_readers" points=2 skills=["teamwork.status"] coverage=["S42", "S44"]
text = student["STATUS"]
assert isinstance(text, str), hint("labels")
parts = dict(labelled(text))
assert [label for label in LABELS if label not in parts] == [], hint("labels")
words = re.findall(r"\w+", text.lower())
assert [word for word in DEVELOPERS_WORDS if word in words] == [], hint("jargon")
assert "jon" not in words, hint("blame")
### BEGIN HIDDEN TESTS
assert re.search(r"\b(7|seven)\b", parts["Impact"], re.IGNORECASE), hint("count")
assert re.search(r"\b(5|five)\b", parts["Impact"], re.IGNORECASE), hint("customers")
assert re.search(r"(?<!\d)(28([.,]00)?|twenty-eight)(?!\d|[.,]\d)", parts["Impact"], re.IGNORECASE), hint("money")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the commit message
#
# This mends it:
#
# ```diff
# -def create_shop(total=lambda goods, voucher: goods - voucher):
# +def create_shop(total=lambda goods, voucher: max(0, goods - voucher)):
# ```
#
# In two years somebody will ask why `max` is there, and will find your commit message. Set the text `COMMIT`:
#
# - the first line: 15 to 50 characters, what the commit does, as an order ("Add", not "Added" or "Adding"), with a capital first letter and
#   no full stop at the end. It names the total;
# - an empty line;
# - then, in lines of at most 72 characters, **why**: at least 10 words. The case that went wrong belongs there (so the voucher is named),
#   not the code, which everybody can see.
#
# The 50 characters and the empty line are what `git help commit` advises: tools show the first line alone.

# %% tags=["task"] grade_id="commit"
# COMMIT is one text in three double quotes; its first line may be an empty one.
### BEGIN SOLUTION
COMMIT = """
Keep the cart's total at 0 or above

A voucher is checked against the cart's value only when it is redeemed.
Customers who then took things out of the cart saw a total below 0.
The handbook says that a total is never below 0.
"""
### END SOLUTION

# %% tags=["test"] grade_id="test_commit" points=2 skills=["teamwork.writing"] coverage=["S44"]
text = student["COMMIT"]
assert isinstance(text, str), hint("subject")
subject, *others = text.strip().splitlines() or [""]
assert 15 <= len(subject.strip()) <= 50, hint("subject")
assert not subject.rstrip().endswith("."), hint("subject")
assert subject[0].isupper(), hint("subject")
assert not re.search(r"(ed|ing)$", subject.split()[0]), hint("order")
assert "total" in subject.lower(), hint("subject")
### BEGIN HIDDEN TESTS
assert others[:1] != [], hint("why")
assert others[0].strip() == "", hint("empty-line")
assert [line for line in others if len(line) > 72] == [], hint("empty-line")
assert len(" ".join(others).split()) >= 10, hint("why")
assert "voucher" in " ".join(others).lower(), hint("why")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: a colleague in a hurry
#
# At 15:20 Mira writes in the chat:
#
# > Is it fixed now or not?? I have the customer on the phone AGAIN and she wants to know who will pay her the 5 euros
#
# She has not read your message yet. Write your answer, at most 60 words, as you would send it.
#
# **Marking scheme (2 points).**
#
# - 1 point: the first sentence answers what Mira can tell the customer *now*, and it is true: nobody gets or owes anything, the
#   order is on hold, it is settled tomorrow. ("It is fixed" is not true; "we are looking into it" answers nothing.)
# - 1 point: the tone is calm and on her side, without blame or a lecture about reading messages, and it says when the next news comes
#   or offers a next step.

# %% [markdown] tags=["manual"] grade_id="chat" points=2 skills=["teamwork.status"] coverage=["S42", "S44"]
# ### BEGIN SOLUTION
# You can tell her: she owes nothing and no money is paid out, the -5.00 was our mistake in the display. Her order is on hold; I check
# it myself tomorrow after 9:30. No new cases since 14:20, the correction goes live in the morning. Shall I call her then? You
# hear from me at 10:30 either way.
# ### END SOLUTION

# %% [markdown]
# ## Where to go from here
#
# A report that a program can carry out is nearly a test. In your own work, add it as one before you mend the code. Next:
# *Review a trainee's change*.
