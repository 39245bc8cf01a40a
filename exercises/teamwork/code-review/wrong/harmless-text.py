# ---
# misconception: a quotation mark alone gets into other rows
# caught_by: test_proofs
# hint: example-injection
# ---
# %% grade_id="proofs"
SEARCH_TEXT = "' OR '1' LIKE '"
STRANGER = (1, 100)
PAGE_ONE = (20, 5)
