# ---
# misconception: a default list is made anew in each call
# caught_by: test_review_finds_faults
# hint: shared
# ---
# %% grade_id="review"
REVIEW = """
L9 good: Cents stay whole numbers until they are shown.
L16 must: Page 1 skips the first twenty invoices; subtract one from the page first.
L18 must: The text becomes part of the SQL; pass it with a placeholder instead.
L29 must: Nothing checks that the invoice belongs to the customer; add it to the condition.
L38 must: The token is logged, and whoever reads the log can log in with it.
L41-43 must: An error is swallowed and True comes back although nothing was sent.
"""
