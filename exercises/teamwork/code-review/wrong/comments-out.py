# ---
# misconception: two dashes end every query
# caught_by: test_proofs
# hint: example-comment
# ---
# %% grade_id="proofs"
SEARCH_TEXT = "%' OR 1=1 --"
STRANGER = (1, 100)
PAGE_ONE = (20, 5)
