# ---
# misconception: reverse=True turns around only the counts
# caught_by: test_also_bought
# hint: best-ties
# ---
# %% grade_id="also_bought"
def also_bought(counts, sku, k):
    partners = []
    for pair, count in counts.items():
        if sku in pair:
            other = pair[1] if pair[0] == sku else pair[0]
            partners.append((other, count))
    return sorted(partners, key=lambda partner: (partner[1], partner[0]), reverse=True)[:k]
