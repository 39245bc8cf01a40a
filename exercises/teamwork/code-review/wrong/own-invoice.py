# ---
# misconception: any invoice that is read proves it
# caught_by: test_proofs
# hint: example-stranger
# ---
# %% grade_id="proofs"
SEARCH_TEXT = "nothing%' OR title LIKE '%gift"
STRANGER = (2, 100)
PAGE_ONE = (20, 5)
