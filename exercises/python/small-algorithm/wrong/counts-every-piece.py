# ---
# misconception: a SKU that stands twice makes two pairs
# caught_by: test_pair_counts
# hint: pairs-once
# ---
# %% grade_id="pair_counts"
def pair_counts(orders):
    counts = Counter()
    for order in orders:
        counts.update(pair for pair in combinations(sorted(order), 2) if pair[0] != pair[1])
    return dict(counts)
