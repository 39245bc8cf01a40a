# ---
# misconception: the message describes the change of the code
# caught_by: test_commit
# hint: why
# ---
# %% grade_id="commit"
COMMIT = """
Use max(0, ...) for the total

Wrap the subtraction in a call of max with 0 as its first argument.
"""
