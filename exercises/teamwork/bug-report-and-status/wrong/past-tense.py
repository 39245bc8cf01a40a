# ---
# misconception: a commit message tells what I did
# caught_by: test_commit
# hint: order
# ---
# %% grade_id="commit"
COMMIT = """
Fixed the cart's total

A voucher could make the total negative when a line was removed afterwards.
"""
