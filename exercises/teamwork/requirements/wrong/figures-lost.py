# ---
# misconception: the figures can be settled later
# caught_by: test_nothing_lost
# hint: figures
# ---
# %% grade_id="requirements"
REQUIREMENTS = """
R1 | Mira | function | A message must go out when the parcel is shipped.
R2 | Mira | function | A message must go out when the parcel is out for delivery.
R3 | Mira | function | A message must wait at night until 8:00, from 21:00 on.
R4 | Ines | function | Only customers who agreed must get messages.
R5 | Tam | design | A message must fit into one text message.
R6 | Jo | technical | The server must respect the limit of the message service.
"""
