# ---
# misconception: one example in the middle of each rule tests the rule
# caught_by: test_criteria_at_the_edges
# hint: edges
# ---
# %% grade_id="criteria"
CRITERIA = """
Scenario: by day
  Given the customer agreed
  When the carrier reports "shipped" at 10:00
  And the carrier reports "shipped" at 10:02
  And the carrier reports "shipped" for parcel B at 10:03
  And the carrier reports "sorted" at 11:00
  And the carrier reports "out for delivery" at 10:00 on day 2
  Then a message "shipped" goes out at 10:00
  And a message "shipped" for parcel B goes out at 10:03
  And a message "out for delivery" goes out at 10:00 on day 2

Scenario: by night
  Given the customer agreed
  When the carrier reports "shipped" at 23:00
  And the carrier reports "shipped" for parcel B at 03:00 on day 2
  Then a message "shipped" goes out at 08:00 on day 2
  And a message "shipped" for parcel B goes out at 08:00 on day 2

Scenario: no consent
  Given the customer did not agree
  When the carrier reports "shipped" at 10:00
  Then no message goes out
"""
