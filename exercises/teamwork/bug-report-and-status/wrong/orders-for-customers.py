# ---
# misconception: an order is a customer
# caught_by: test_status_for_its_readers
# hint: customers
# ---
# %% grade_id="status"
STATUS = """
Subject: Wrong totals with vouchers: stopped, corrected tomorrow
What happened: Since 9:00 customers who used a voucher could see a total below zero.
Impact: 7 customers, 28.00 euros. No money has left the shop.
Next: The corrected shop goes live tomorrow at 9:30.
Next update: tomorrow at 10:30
Please: Ruth, do not book the orders on hold. Mira, tell callers that it is settled tomorrow.
"""
