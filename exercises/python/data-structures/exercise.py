# ---
# title: The right data structure
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # The right data structure: what the shop sold
#
# You have joined the team of a small web shop. Each night a job reads the day's orders and answers questions from other
# teams. The orders come from the shop's API as a list of dictionaries:
#
# ```python
# [
#     {
#         "id": 1,
#         "email": "ada@example.com",
#         "lines": [{"sku": "tea", "quantity": 2}, {"sku": "mug", "quantity": 1}],
#     },
#     {"id": 2, "email": "bo@example.com", "lines": [{"sku": "tea", "quantity": 5}]},
# ]
# ```
#
# A *SKU* (stock keeping unit) is the shop's own short name of a product. An order has any number of lines, even none, and
# the same SKU may stand in several lines of one order. You may rely on the data being complete: every key is there, and
# every quantity is a whole number of 1 or more.
#
# Four tasks. Each is one function that gets its data as arguments and **returns** its answer. Run the test cell under
# a task to see whether you are done; grading adds more cases of the same kind. The tests take plain lists, dictionaries and
# sets: if you count with a `Counter` or a `defaultdict`, return `dict(…)` of it.

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% [markdown]
# Here is a small day to try things on. You may change this cell.

# %%
orders = [
    {"id": 1, "email": "ada@example.com", "lines": [{"sku": "tea", "quantity": 2}, {"sku": "mug", "quantity": 1}]},
    {"id": 2, "email": "bo@example.com", "lines": [{"sku": "tea", "quantity": 5}]},
    {"id": 3, "email": "ada@example.com", "lines": [{"sku": "mug", "quantity": 1}, {"sku": "mug", "quantity": 3}]},
]

# %% [markdown]
# ## Task 1: units per product
#
# The warehouse asks how many of each product to pack. Write `units_sold(orders)`.
#
# It returns a `dict`: for every SKU in the orders (`str`), the sum of its quantities over all lines of all orders (`int`).
# For the day in the cell above that is `{"tea": 7, "mug": 5}`. For no orders it is `{}`.


# %% tags=["task"] grade_id="units_sold"
def units_sold(orders: list[dict]) -> dict[str, int]:
    """Return how many units of each SKU the orders ask for."""
    ### BEGIN SOLUTION
    units: dict[str, int] = {}
    for order in orders:
        for line in order["lines"]:
            units[line["sku"]] = units.get(line["sku"], 0) + line["quantity"]
    return units
    ### END SOLUTION


# %% tags=["test"] grade_id="test_units_sold" points=4 skills=["python.values", "python.collections"] coverage=["S07"]
first_order = {
    "id": 1,
    "email": "ada@example.com",
    "lines": [{"sku": "tea", "quantity": 2}, {"sku": "mug", "quantity": 1}],
}
second_order = {"id": 2, "email": "bo@example.com", "lines": [{"sku": "tea", "quantity": 5}]}
assert student.units_sold([first_order]) == {"tea": 2, "mug": 1}, hint("sum")
assert student.units_sold([first_order, second_order]) == {"tea": 7, "mug": 1}, hint("overwritten")
assert student.units_sold([]) == {}, hint("sum")
### BEGIN HIDDEN TESTS
one_order = [
    {"id": 3, "email": "cy@example.com", "lines": [{"sku": "pot", "quantity": 4}, {"sku": "pot", "quantity": 6}]}
]
assert student.units_sold(one_order) == {"pot": 10}, hint("overwritten")
no_lines = [{"id": 4, "email": "cy@example.com", "lines": []}]
assert student.units_sold(no_lines + one_order + [first_order]) == {"pot": 10, "tea": 2, "mug": 1}, hint("sum")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: who bought it
#
# A mug breaks in hot water, and the shop must write to everybody who bought one. Write `buyers(orders)`.
#
# It returns a `dict`: for every SKU in the orders (`str`), the e-mail addresses of its buyers as a `list` of `str`, each
# address **once**, in alphabetical order (the order of Python's `sorted`). Addresses come as they are: don't change them.


# %% tags=["task"] grade_id="buyers"
def buyers(orders: list[dict]) -> dict[str, list[str]]:
    """Return, for each SKU, the sorted addresses of those who bought it, each once."""
    ### BEGIN SOLUTION
    found: dict[str, set[str]] = {}
    for order in orders:
        for line in order["lines"]:
            found.setdefault(line["sku"], set()).add(order["email"])
    return {sku: sorted(emails) for sku, emails in found.items()}
    ### END SOLUTION


# %% tags=["test"] grade_id="test_buyers" points=4 skills=["python.collections", "python.comprehensions"] coverage=["S07"]
day = [
    {"id": 1, "email": "bo@example.com", "lines": [{"sku": "tea", "quantity": 2}, {"sku": "mug", "quantity": 1}]},
    {"id": 2, "email": "ada@example.com", "lines": [{"sku": "tea", "quantity": 5}]},
    {"id": 3, "email": "bo@example.com", "lines": [{"sku": "tea", "quantity": 1}]},
]
assert student.buyers(day) == {"tea": ["ada@example.com", "bo@example.com"], "mug": ["bo@example.com"]}, hint("once")
### BEGIN HIDDEN TESTS
assert student.buyers([]) == {}, hint("once")
twice_in_one_order = [
    {"id": 4, "email": "dee@example.com", "lines": [{"sku": "pot", "quantity": 1}, {"sku": "pot", "quantity": 2}]},
    {"id": 5, "email": "cy@example.com", "lines": [{"sku": "pot", "quantity": 1}]},
    {"id": 6, "email": "eve@example.com", "lines": []},
]
assert student.buyers(twice_in_one_order) == {"pot": ["cy@example.com", "dee@example.com"]}, hint("once")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: what the catalogue doesn't know
#
# Some orders name products that were taken out of the shop. Write `unknown_skus(orders, catalogue)`.
#
# `catalogue` is a `dict` that maps each SKU the shop sells to its price in cents. The function returns the `set` of SKUs
# that stand in the orders but are **not** in the catalogue. A price of `0` (a free sample) is a price: that SKU is known.


# %% tags=["task"] grade_id="unknown_skus"
def unknown_skus(orders: list[dict], catalogue: dict[str, int]) -> set[str]:
    """Return the SKUs that were ordered but are not in the catalogue."""
    ### BEGIN SOLUTION
    ordered = {line["sku"] for order in orders for line in order["lines"]}
    return ordered - catalogue.keys()
    ### END SOLUTION


# %% tags=["test"] grade_id="test_unknown_skus" points=3 skills=["python.collections", "python.comprehensions"] coverage=["S07"]
day = [
    {"id": 1, "email": "ada@example.com", "lines": [{"sku": "tea", "quantity": 2}, {"sku": "hat", "quantity": 1}]},
    {"id": 2, "email": "bo@example.com", "lines": [{"sku": "hat", "quantity": 5}, {"sku": "fan", "quantity": 1}]},
]
assert student.unknown_skus(day, {"tea": 350, "mug": 900}) == {"hat", "fan"}, hint("membership")
### BEGIN HIDDEN TESTS
assert student.unknown_skus(day, {"tea": 350, "hat": 0}) == {"fan"}, hint("free-sample")
assert student.unknown_skus(day, {"tea": 1, "hat": 1, "fan": 1, "pot": 1}) == set(), hint("membership")
assert student.unknown_skus([], {"tea": 350}) == set(), hint("membership")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: a change that can be looked up later
#
# When somebody edits a product, the shop keeps what it was and what it became. A product looks like this:
#
# ```python
# {"sku": "tea", "price": 350, "tags": ["hot", "green"]}
# ```
#
# Write `tag_change(product, tag)`. It returns a `dict` with two products:
#
# - `"before"`: the product as it was handed in;
# - `"after"`: the same product, with `tag` as the last of its tags. If the product has this tag already, `"after"` is equal to
#   `"before"`.
#
# ```python
# >>> tag_change({"sku": "tea", "price": 350, "tags": ["hot"]}, "new")
# {'before': {'sku': 'tea', 'price': 350, 'tags': ['hot']},
#  'after': {'sku': 'tea', 'price': 350, 'tags': ['hot', 'new']}}
# ```
#
# A product may have other keys beside these; they are kept. `tags` is always there, perhaps empty.


# %% tags=["task"] grade_id="tag_change"
def tag_change(product: dict, tag: str) -> dict[str, dict]:
    """Return the product before and after it is given a tag."""
    ### BEGIN SOLUTION
    tags = product["tags"]
    new_tags = tags if tag in tags else [*tags, tag]
    return {"before": product, "after": {**product, "tags": new_tags}}
    ### END SOLUTION


# %% tags=["test"] grade_id="test_tag_change" points=5 skills=["python.collections"] coverage=["S07"]
change = student.tag_change({"sku": "tea", "price": 350, "tags": ["hot"]}, "new")
assert change["before"] == {"sku": "tea", "price": 350, "tags": ["hot"]}, hint("alias")
assert change["after"] == {"sku": "tea", "price": 350, "tags": ["hot", "new"]}, hint("append")
### BEGIN HIDDEN TESTS
change = student.tag_change({"sku": "mug", "stock": 3, "tags": [], "size": "L"}, "sale")
assert change == {
    "before": {"sku": "mug", "stock": 3, "tags": [], "size": "L"},
    "after": {"sku": "mug", "stock": 3, "tags": ["sale"], "size": "L"},
}, hint("append")
has_it = {"sku": "pot", "price": 1, "tags": ["sale", "big"]}
assert student.tag_change(has_it, "sale") == {"before": has_it, "after": has_it}, hint("append")
assert student.tag_change(has_it, "bi")["after"]["tags"] == ["sale", "big", "bi"], hint("append")
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# You have used a dictionary to count and to group, a set for "which ones", and a copy where two things must not share a
# list. Next: *Functions that report their errors*, where functions meet input that is wrong.
