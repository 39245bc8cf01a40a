# ---
# misconception: counting the lines counts the units
# caught_by: test_units_sold
# hint: sum
# ---
# %% grade_id="units_sold"
from collections import Counter


def units_sold(orders):
    return dict(Counter(line["sku"] for order in orders for line in order["lines"]))
