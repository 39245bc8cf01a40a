# ---
# misconception: a pair is the same key whichever SKU comes first
# caught_by: test_pair_counts
# hint: pairs-sorted
# ---
# %% grade_id="pair_counts"
def pair_counts(orders):
    counts = Counter()
    for order in orders:
        counts.update(combinations(dict.fromkeys(order), 2))
    return dict(counts)
