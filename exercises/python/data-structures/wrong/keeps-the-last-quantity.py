# ---
# misconception: assigning to a key that is there adds to its value
# caught_by: test_units_sold
# hint: overwritten
# ---
# %% grade_id="units_sold"
def units_sold(orders):
    units = {}
    for order in orders:
        for line in order["lines"]:
            units[line["sku"]] = line["quantity"]
    return units
