# ---
# misconception: a review looks for holes, the tests look for faults
# caught_by: test_review_finds_faults
# hint: faults
# ---
# %% grade_id="review"
REVIEW = """
L9 good: Cents stay whole.
L11 could: A doctest would show it.
L18 must: The text becomes part of the SQL; pass it with a placeholder instead.
L29 must: Nothing checks that the invoice belongs to the customer; add it to the condition.
"""
