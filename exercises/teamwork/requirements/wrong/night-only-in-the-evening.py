# ---
# misconception: a report at night always waits for the next day
# caught_by: test_criteria
# hint: contradicts
# ---
# %% grade_id="criteria"
CRITERIA = """
Scenario: by day
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  Then a message "shipped" goes out at 10:00

Scenario: after midnight
  Given the customer agreed
  When the carrier reports "shipped" at 03:00
  Then a message "shipped" goes out at 08:00 on day 2

Scenario: no consent
  Given the customer did not agree
  When the carrier reports "shipped" at 10:00
  And the carrier reports "sorted" at 11:00
  Then no message goes out
"""
