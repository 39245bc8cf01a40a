# ---
# misconception: criteria that describe the normal case are enough
# caught_by: test_criteria_catch_mistakes
# hint: consent
# ---
# %% grade_id="criteria"
CRITERIA = """
Scenario: shipped
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  Then a message "shipped" goes out at 10:00

Scenario: out for delivery
  Given the customer agreed
  When the carrier reports "out for delivery" at 10:00
  Then a message "out for delivery" goes out at 10:00

Scenario: sorted
  Given the customer agreed
  When the carrier reports "sorted" at 10:00
  Then no message goes out
"""
