# ---
# misconception: sorting is always the way to the largest
# caught_by: test_largest
# hint: largest-memory
# ---
# %% grade_id="largest"
def largest(amounts, k):
    return sorted(amounts, reverse=True)[:k]
