# ---
# misconception: as soon as possible is a time
# caught_by: test_status_form
# hint: when
# ---
# %% grade_id="status"
STATUS = """
Subject: Wrong totals with vouchers: stopped, corrected tomorrow
What happened: Since 9:00 customers who used a voucher could see a total below zero.
Impact: 5 customers with 7 orders, 28.00 euros in all. No money has left the shop.
Next: The corrected shop goes live tomorrow at 9:30.
Next update: as soon as possible
Please: Ruth, do not book the orders on hold. Mira, tell callers that it is settled tomorrow.
"""
