# ---
# note: remarks on neighbouring lines, in other words, one false alarm, further remarks of taste
# ---
# %% grade_id="review"
REVIEW = """
L1 good: It says what the module is for.

L5 could: The logger could be called logger like elsewhere.
L10-11 must: Please add a test for amounts below one euro before merging this.
L22-24 should: `found` is the same object on every call, so a second search returns the first one's rows too.
L16 should: With page=1 the offset is 20, we lose the first results. Counting from zero inside would mend it.
L17-21 must: A title with a quote breaks it, and it can be abused: injection. Please bind it.
L27 must: Please use `customer` here, otherwise everyone may open everybody's documents by counting up.
L30 could: `if not row` is shorter.
L37-38 must: Don't write personal data or secrets where all of operations can read them.
L37 should: For an unknown customer fetchone gives None and the unpacking fails with TypeError.
L43 must: It says that the mail went out even if the server was down; the caller can't know.
L41 should: Catch only what send may raise, and let the rest reach our error page.
"""

# %% grade_id="proofs"
SEARCH_TEXT = "zzz' OR customer = 3 AND title LIKE '%"
STRANGER = (2, 7)
PAGE_ONE = (20, 5)
