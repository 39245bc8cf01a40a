# ---
# title: A small algorithm
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # A small algorithm: what is bought together
#
# "Customers who bought tea also bought …": the shop wants such a line on every page. Finding patterns in data that was kept
# for another purpose is called *data mining*, and it begins with counting. Soon it is a question of cost, too: with millions
# of orders, a plan that compares each with each never comes to an end, and one that keeps everything runs out of memory.
#
# Four tasks. The last two say how much work is allowed. The tests count the work (memory, calls) and never the seconds, so a
# slow computer is no disadvantage. You may use the imports below, and others from the standard library. An *order* here is the
# list of the SKUs (short product names) in it:
#
# ```python
# orders = [["tea", "mug"], ["tea", "pot", "mug"], ["pot", "tea", "tea"]]
# ```

# %% tags=["setup"] grade_id="setup"
import heapq
from collections import Counter
from itertools import combinations

from autograder.student import hint, student

# %% [markdown]
# ## Task 1: count the pairs
#
# Write `pair_counts(orders)`. It returns a `dict` that maps each pair of **different** SKUs that stand together in at least one
# order to the number of orders in which they do (`int`). A pair is a `tuple` of two SKUs in alphabetical order. An order counts once for a
# pair, however often the SKUs stand in it.
#
# ```python
# >>> pair_counts(orders)
# {('mug', 'tea'): 2, ('mug', 'pot'): 1, ('pot', 'tea'): 2}
# ```
#
# (The order of the keys does not matter.) Look only at pairs that really occur: with 50,000 products there are over a thousand
# million possible pairs.


# %% tags=["task"] grade_id="pair_counts"
def pair_counts(orders: list[list[str]]) -> dict[tuple[str, str], int]:
    """Return in how many orders each pair of different SKUs stands together."""
    ### BEGIN SOLUTION
    counts: Counter[tuple[str, str]] = Counter()
    for order in orders:
        counts.update(combinations(sorted(set(order)), 2))
    return dict(counts)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_pair_counts" points=4 skills=["python.algorithms"] coverage=["S50"]
orders = [["mug", "tea"], ["mug", "pot", "tea"], ["pot", "tea"]]
counts = {("mug", "tea"): 2, ("mug", "pot"): 1, ("pot", "tea"): 2}
assert student.pair_counts(orders) == counts, hint("pairs-count")
assert student.pair_counts([["tea"], []]) == {}, hint("pairs-count")
### BEGIN HIDDEN TESTS
assert student.pair_counts([]) == {}, hint("pairs-count")
assert student.pair_counts([["tea", "mug"], ["mug", "tea"]]) == {("mug", "tea"): 2}, hint("pairs-sorted")
assert student.pair_counts([["tea", "tea", "mug", "tea"]]) == {("mug", "tea"): 1}, hint("pairs-once")
assert student.pair_counts([["tea", "tea"]]) == {}, hint("pairs-once")
four = student.pair_counts([["d", "a", "c", "b"]])
assert four == {("a", "b"): 1, ("a", "c"): 1, ("a", "d"): 1, ("b", "c"): 1, ("b", "d"): 1, ("c", "d"): 1}, hint(
    "pairs-count"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: the best of them
#
# Write `also_bought(counts, sku, k)`. `counts` is what `pair_counts` returns. The function returns the SKUs that were most often bought
# together with `sku`, at most `k` of them, as a `list` of `tuple`s `(other SKU, count)`: the highest count first, and those
# with equal counts in alphabetical order. `k` is a whole number of 0 or more; a `sku` in no pair gives `[]`.
#
# ```python
# >>> also_bought({("mug", "tea"): 2, ("mug", "pot"): 1, ("pot", "tea"): 2}, "tea", 5)
# [('mug', 2), ('pot', 2)]
# ```


# %% tags=["task"] grade_id="also_bought"
def also_bought(counts: dict[tuple[str, str], int], sku: str, k: int) -> list[tuple[str, int]]:
    """Return the `k` SKUs most often bought together with `sku`, with their counts."""
    ### BEGIN SOLUTION
    partners = []
    for (first, second), count in counts.items():
        if first == sku:
            partners.append((second, count))
        elif second == sku:
            partners.append((first, count))
    partners.sort(key=lambda partner: (-partner[1], partner[0]))
    return partners[:k]
    ### END SOLUTION


# %% tags=["test"] grade_id="test_also_bought" points=4 skills=["python.algorithms"] coverage=["S50"]
counts = {("mug", "tea"): 2, ("mug", "pot"): 1, ("pot", "tea"): 5, ("cup", "tea"): 3}
assert student.also_bought(counts, "tea", 2) == [("pot", 5), ("cup", 3)], hint("best-order")
assert student.also_bought(counts, "hat", 2) == [], hint("best-partner")
### BEGIN HIDDEN TESTS
assert student.also_bought(counts, "mug", 5) == [("tea", 2), ("pot", 1)], hint("best-partner")
assert student.also_bought(counts, "tea", 0) == [], hint("best-k")
assert student.also_bought(counts, "tea", 1) == [("pot", 5)], hint("best-k")
equal = {("b", "m"): 4, ("m", "z"): 4, ("a", "m"): 4, ("c", "m"): 9, ("a", "z"): 99}
assert student.also_bought(equal, "m", 9) == [("c", 9), ("a", 4), ("b", 4), ("z", 4)], hint("best-ties")
assert student.also_bought(equal, "m", 3) == [("c", 9), ("a", 4), ("b", 4)], hint("best-ties")
assert student.also_bought({("tea", "tea bag"): 1}, "tea", 3) == [("tea bag", 1)], hint("best-partner")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the largest of a stream
#
# Write `largest(amounts, k)`. `amounts` is an iterator over the amounts of all orders, in cents (`int`), one after the other;
# it can be gone through only once. The function returns the `k` largest as a `list`, the largest first; an amount that
# occurs several times counts several times. If there are fewer than `k`, it returns all. `k` is a whole number of 1 or more.
#
# **Allowed work:** memory for about `k` amounts, however many there are. (With `n` amounts, sorting them all would need memory for `n`.) The
# standard library may help: see what `heapq` offers.
#
# The tests call your function through the next cell, which hands it an iterator and looks at how much memory Python had in use.

# %% tags=["setup"] grade_id="largest_of"
import tracemalloc


def largest_of(k, amounts=(), up_to=0):
    """Call `largest` on an iterator over `amounts`, or over so many made ones; report result and memory in use."""
    stream = iter(amounts) if amounts else (7919 * number % up_to * 1000 for number in range(up_to))
    tracemalloc.start()
    try:
        result = largest(stream, k)
        kilobytes = tracemalloc.get_traced_memory()[1] // 1024
    finally:
        tracemalloc.stop()
    return {"result": result, "kilobytes": kilobytes}


# %% tags=["task"] grade_id="largest"
def largest(amounts, k: int) -> list[int]:
    """Return the `k` largest amounts of an iterator, the largest first."""
    ### BEGIN SOLUTION
    heap: list[int] = []
    for amount in amounts:
        if len(heap) < k:
            heapq.heappush(heap, amount)
        else:
            heapq.heappushpop(heap, amount)
    return sorted(heap, reverse=True)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_largest" points=4 skills=["python.algorithms", "python.complexity"] coverage=["S50"]
assert student.largest_of(2, [350, 1200, 90, 700])["result"] == [1200, 700], hint("largest-which")
assert student.largest_of(3, [5, 9, 9, 1])["result"] == [9, 9, 5], hint("largest-which")
### BEGIN HIDDEN TESTS
assert student.largest_of(5, [3, 1, 2])["result"] == [3, 2, 1], hint("largest-few")
assert student.largest_of(1, [3, 1, 2])["result"] == [3], hint("largest-which")
assert student.largest_of(2, [-5, -3, -9])["result"] == [-3, -5], hint("largest-which")
assert student.largest_of(3, [9, 8, 7, 6, 7, 8, 9])["result"] == [9, 9, 8], hint("largest-which")
many = student.largest_of(3, up_to=50_000)
assert many["result"] == [49_999_000, 49_998_000, 49_997_000], hint("largest-which")
assert many["kilobytes"] < 300, hint("largest-memory")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: find the place in the archive
#
# Old orders lie in an archive, numbered from 0, sorted by the moment they were made. It has one operation: `fetch(number)` returns the moment of that
# order (`int`, in seconds since 1970). Each call goes over the network and takes its time. Write
# `first_since(count, fetch, moment)`: the number (`int`) of the first order that was made **at or after** `moment`.
#
# - `count` is how many orders there are (0 or more). Only the numbers from 0 to `count - 1` may be fetched.
# - Several orders may have the same moment: the first of them is meant.
# - If all orders are older than `moment`, the result is `count`.
#
# **Allowed work:** at most `count.bit_length()` calls of `fetch`, which is 20 for a million orders and 0 for none. Each call must halve what is left to
# search.
#
# The tests call your function through the next cell, which counts the calls.


# %% tags=["setup"] grade_id="search"
def search(moments, moment):
    """Call `first_since` on an archive with these moments; report its result and the numbers it fetched."""
    fetched = []

    def fetch(number):
        if not 0 <= number < len(moments):
            raise ValueError(f"there is no order {number}: the numbers go from 0 to {len(moments) - 1}")
        fetched.append(number)
        return moments[number]

    return {"result": first_since(len(moments), fetch, moment), "fetched": len(fetched)}


def search_million(moment):
    """Call `first_since` on an archive of a million orders, made at 0, 10, 20, … seconds."""
    return search(range(0, 10_000_000, 10), moment)


# %% tags=["task"] grade_id="first_since"
def first_since(count: int, fetch, moment: int) -> int:
    """Return the number of the first order made at or after `moment`."""
    ### BEGIN SOLUTION
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if fetch(middle) < moment:
            low = middle + 1
        else:
            high = middle
    return low
    ### END SOLUTION


# %% tags=["test"] grade_id="test_first_since" points=3 skills=["python.algorithms"] coverage=["S07"]
assert student.search([100, 200, 300, 400], 250)["result"] == 2, hint("since-where")
assert student.search([100, 200, 300, 400], 300)["result"] == 2, hint("since-equal")
assert student.search([100, 200], 999)["result"] == 2, hint("since-ends")
### BEGIN HIDDEN TESTS
for number in range(7):
    moments = [10, 20, 30, 40, 50, 60, 70]
    assert student.search(moments, moments[number])["result"] == number, hint("since-equal")
    assert student.search(moments, moments[number] - 5)["result"] == number, hint("since-where")
assert student.search([5, 5, 5, 8, 8], 5)["result"] == 0, hint("since-equal")
assert student.search([5, 5, 5, 8, 8], 8)["result"] == 3, hint("since-equal")
assert student.search([5, 5, 5, 8, 8], 9)["result"] == 5, hint("since-ends")
assert student.search([], 7)["result"] == 0, hint("since-ends")
assert student.search([7], 7)["result"] == 0, hint("since-ends")
assert student.search([7], 8)["result"] == 1, hint("since-ends")
### END HIDDEN TESTS

# %% [markdown]
# The last test counts the calls.

# %% tags=["test"] grade_id="test_first_since_work" points=3 skills=["python.complexity"] coverage=["S50"]
far = student.search_million(7_654_321)
assert far["result"] == 765_433, hint("since-where")
assert far["fetched"] <= 20, hint("since-work")
### BEGIN HIDDEN TESTS
for moment in (0, 1, 4_999_990, 5_000_000, 9_999_990, 9_999_999):
    found = student.search_million(moment)
    assert found["result"] == -(-moment // 10), hint("since-where")
    assert found["fetched"] <= 20, hint("since-work")
for count in range(9):
    for moment in range(count + 1):
        assert student.search(list(range(count)), moment)["fetched"] <= count.bit_length(), hint("since-work")
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# Counting what occurs, ranking with a rule for ties, keeping only the best of a stream, halving a sorted range: with these
# four you can mine a good deal of data. A database does the same for you on disk: an index is searched by halving, too. You meet it
# in the module *MySQL*.
