# ---
# misconception: every reader understands what a developer says
# caught_by: test_status_for_its_readers
# hint: jargon
# ---
# %% grade_id="status"
STATUS = """
Subject: Wrong totals with vouchers: stopped, corrected tomorrow
What happened: After a POST to the voucher endpoint and a DELETE of the line, total_cents was negative.
Impact: 5 customers with 7 orders, 28.00 euros in all. No money has left the shop.
Next: The corrected shop goes live tomorrow at 9:30.
Next update: tomorrow at 10:30
Please: Ruth, do not book the orders on hold. Mira, tell callers that it is settled tomorrow.
"""
