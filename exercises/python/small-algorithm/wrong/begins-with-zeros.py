# ---
# misconception: a list of the best needs k places from the start
# caught_by: test_largest
# hint: largest-few
# ---
# %% grade_id="largest"
def largest(amounts, k):
    best = [0] * k
    for amount in amounts:
        if amount > best[-1]:
            best[-1] = amount
            best.sort(reverse=True)
    return best
