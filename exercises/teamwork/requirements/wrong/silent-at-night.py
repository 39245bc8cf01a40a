# ---
# misconception: nothing at night means that the message is dropped
# caught_by: test_criteria
# hint: contradicts
# ---
# %% grade_id="criteria"
CRITERIA = """
Scenario: shipped by day
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  And the carrier reports "loaded" at 11:00
  Then a message "shipped" goes out at 10:00

Scenario: shipped at night
  Given the customer agreed
  When the carrier reports "shipped" at 22:00
  Then no message goes out

Scenario: no consent
  Given the customer did not agree
  When the carrier reports "shipped" at 10:00
  Then no message goes out
"""
