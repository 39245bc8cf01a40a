# ---
# misconception: the SKU is always the second of its pairs, because the examples show it so
# caught_by: test_also_bought
# hint: best-partner
# ---
# %% grade_id="also_bought"
def also_bought(counts, sku, k):
    partners = [(first, count) for (first, second), count in counts.items() if second == sku]
    return sorted(partners, key=lambda partner: (-partner[1], partner[0]))[:k]
