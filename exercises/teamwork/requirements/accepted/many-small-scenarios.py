# ---
# note: many scenarios of one step each, other words in the requirements, times without leading zeros
# ---
# %% grade_id="requirements"
REQUIREMENTS = """

R1 | Mira | function | When a parcel is reported as shipped, its buyer must be told.
R2 | Mira | function | When a parcel is reported as out for delivery, its buyer must be told.
R20 | Mira | function | Between 9 pm and 8 am the system must hold messages back.
R3 | Ines | function | A buyer without a ticked box must never be written to.
R4 | Ines | technical | Numbers older than thirty days must vanish from the log.
R5 | Tam | design | All text must fit into 160 characters.
R6 | Jo | technical | Our rate must stay at or below five requests per second.
R7 | Jo | technical | By day a message must leave within a minute.
"""

# %% grade_id="criteria"
CRITERIA = """
# by day
Scenario: shipped
  Given the customer agreed
  When the carrier reports "shipped" at 8:00
  Then a message "shipped" goes out at 8:00.

Scenario: out for delivery
  Given the customer agreed
  When the carrier reports "Out for delivery" at 20:59
  Then a message "out for delivery" goes out at 20:59

Scenario: delivered
  Given the customer agreed
  When the carrier reports "delivered" at 12:00
  Then no message goes out

Scenario: no consent
  Given the customer did not agree
  When the carrier reports "out for delivery" at 12:00
  Then no message goes out

Scenario: again
  Given the customer agreed
  When the carrier reports "shipped" for parcel X7 at 12:00 on day 3
  When the carrier reports "shipped" for parcel X8 at 12:00 on day 3
  When the carrier reports "shipped" for parcel X7 at 12:00 on day 9
  Then a message "shipped" for parcel X8 goes out at 12:00 on day 3
  Then a message "shipped" for parcel X7 goes out at 12:00 on day 3

# by night
Scenario: nine
  Given the customer agreed
  When the carrier reports "shipped" at 21:00
  Then a message "shipped" goes out at 8:00 on day 2

Scenario: a minute to eight
  Given the customer agreed
  When the carrier reports "shipped" at 7:59
  Then a message "shipped" goes out at 8:00
"""
