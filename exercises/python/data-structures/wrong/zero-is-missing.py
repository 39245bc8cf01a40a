# ---
# misconception: a value that counts as false is a key that is missing
# caught_by: test_unknown_skus
# hint: free-sample
# ---
# %% grade_id="unknown_skus"
def unknown_skus(orders, catalogue):
    unknown = set()
    for order in orders:
        for line in order["lines"]:
            if not catalogue.get(line["sku"]):
                unknown.add(line["sku"])
    return unknown
