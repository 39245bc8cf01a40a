# ---
# misconception: title and reasons can stand in one paragraph
# caught_by: test_commit
# hint: empty-line
# ---
# %% grade_id="commit"
COMMIT = """
Keep the total of a cart at 0 or above
because a voucher stays in the cart when lines are removed after it.
"""
