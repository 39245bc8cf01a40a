# ---
# misconception: a page shows everything that is found
# caught_by: test_proofs
# hint: example-page
# ---
# %% grade_id="proofs"
SEARCH_TEXT = "nothing%' OR title LIKE '%gift"
STRANGER = (3, 100)
PAGE_ONE = (25, 5)
