# ---
# misconception: requirements are only about what the software does
# caught_by: test_nothing_lost
# hint: kinds
# ---
# %% grade_id="requirements"
REQUIREMENTS = """
R1 | Mira | function | A message must go out when the parcel is shipped.
R2 | Mira | function | A message must go out when the parcel is out for delivery.
R3 | Mira | function | A message must wait from 21:00 until 8:00.
R4 | Ines | function | Only customers who agreed must get messages, and numbers go after 30 days.
R5 | Tam | function | A message must have at most 160 characters.
R6 | Jo | function | The server must send at most 5 requests a second, each within 60 seconds of the report.
"""
