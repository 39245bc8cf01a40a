# ---
# note: plain loops for the pairs, and the standard library's nlargest and bisect for the rest
# ---
# %% grade_id="pair_counts"
def pair_counts(orders):
    counts = {}
    for order in orders:
        skus = sorted(set(order))
        for position, first in enumerate(skus):
            for second in skus[position + 1 :]:
                counts[first, second] = counts.get((first, second), 0) + 1
    return counts


# %% grade_id="also_bought"
def also_bought(counts, sku, k):
    partners = {}
    for pair, count in counts.items():
        if sku in pair:
            (other,) = set(pair) - {sku}
            partners[other] = count
    return heapq.nsmallest(k, partners.items(), key=lambda item: (-item[1], item[0]))


# %% grade_id="largest"
def largest(amounts, k):
    return heapq.nlargest(k, amounts)


# %% grade_id="first_since"
import bisect


def first_since(count, fetch, moment):
    return bisect.bisect_left(range(count), moment, key=fetch)
