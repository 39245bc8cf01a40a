# ---
# misconception: the words of the wish are a requirement
# caught_by: test_requirements
# hint: vague
# ---
# %% grade_id="requirements"
REQUIREMENTS = """
R1 | Mira | function | The customer must get a message fast when the parcel is shipped.
R2 | Mira | function | The customer must get a message when the parcel is out for delivery.
R3 | Mira | function | Messages must not be annoying for the customer at night.
R4 | Ines | function | Only customers who agreed must get messages.
R5 | Tam | design | Messages must be user-friendly and short.
R6 | Jo | technical | The server must handle repeated reports.
"""
