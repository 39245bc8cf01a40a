# ---
# misconception: a function that takes the customer also checks the customer
# caught_by: test_review_finds_risks
# hint: strangers
# ---
# %% grade_id="review"
REVIEW = """
L9 good: Cents stay whole numbers until they are shown.
L14 must: The default list is shared by all calls, so old results come back. Begin with a new one.
L16 must: Page 1 skips the first twenty invoices; subtract one from the page first.
L18 must: The text becomes part of the SQL; pass it with a placeholder instead.
L29 could: The columns could be named once for both functions, as a constant above.
L38 must: The token is logged, and whoever reads the log can log in with it.
L41-43 must: An error is swallowed and True comes back although nothing was sent.
"""
