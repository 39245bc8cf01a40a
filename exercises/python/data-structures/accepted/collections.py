# ---
# note: defaultdict, Counter and deepcopy from the standard library, given back as plain dictionaries
# ---
# %% grade_id="units_sold"
from collections import Counter


def units_sold(orders):
    units = Counter()
    for order in orders:
        for line in order["lines"]:
            units[line["sku"]] += line["quantity"]
    return dict(units)


# %% grade_id="buyers"
from collections import defaultdict


def buyers(orders):
    found = defaultdict(set)
    for order in orders:
        for line in order["lines"]:
            found[line["sku"]].add(order["email"])
    return {sku: sorted(found[sku]) for sku in found}


# %% grade_id="unknown_skus"
def unknown_skus(orders, catalogue):
    return {line["sku"] for order in orders for line in order["lines"] if line["sku"] not in catalogue}


# %% grade_id="tag_change"
import copy


def tag_change(product, tag):
    after = copy.deepcopy(product)
    if tag not in after["tags"]:
        after["tags"].append(tag)
    return {"before": product, "after": after}
