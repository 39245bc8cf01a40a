# ---
# misconception: a list keeps each address once by itself
# caught_by: test_buyers
# hint: once
# ---
# %% grade_id="buyers"
def buyers(orders):
    found = {}
    for order in orders:
        for line in order["lines"]:
            found.setdefault(line["sku"], []).append(order["email"])
    return {sku: sorted(emails) for sku, emails in found.items()}
