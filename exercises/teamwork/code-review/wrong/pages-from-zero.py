# ---
# misconception: pages are counted from 0
# caught_by: test_review_finds_faults
# hint: page
# ---
# %% grade_id="review"
REVIEW = """
L9 good: Cents stay whole numbers until they are shown.
L14 must: The default list is shared by all calls, so old results come back. Begin with a new one.
L18 must: The text becomes part of the SQL; pass it with a placeholder instead.
L29 must: Nothing checks that the invoice belongs to the customer; add it to the condition.
L38 must: The token is logged, and whoever reads the log can log in with it.
L41-43 must: An error is swallowed and True comes back although nothing was sent.
"""
