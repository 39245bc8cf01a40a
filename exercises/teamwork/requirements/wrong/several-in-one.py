# ---
# misconception: one long requirement is as good as three short ones
# caught_by: test_requirements
# hint: one-thing
# ---
# %% grade_id="requirements"
REQUIREMENTS = """
R1 | Mira | function | A message must go out for shipped and out for delivery, and it must wait from 21:00 until 8:00.
R2 | Ines | function | Only customers who agreed must get messages.
R3 | Ines | technical | The number must be deleted after 30 days.
R4 | Tam | design | A message must have at most 160 characters.
R5 | Jo | technical | The server must send 5 requests a second at most.
R6 | Jo | technical | A message must be handed over within 60 seconds.
"""
