# ---
# note: another product, amounts in euros, numbers as words, other dates and times
# ---
# %% grade_id="report"
REPORT = """# Negative total (-5.00) if you empty a cart after redeeming a voucher

Seen by a customer, and by me.

## Steps
1) Two pots: `POST /cart/items {"sku": "pot", "quantity": 2}`
2) `POST /cart/voucher {"code": "SPRING5"}`
3) `DELETE /cart/items/pot`
4) `GET /cart`

## Expected
The cart is empty, so the total is zero.

## Actual
The total is −5.00 EUR.

## Environment
Release 4.2.1 on shop-test
"""

# %% grade_id="status"
STATUS = """Subject: Vouchers are off until tomorrow

What happened: This morning's release let carts show less than nothing.
Impact: Seven orders by five customers, EUR 28 altogether.

Nobody was paid anything.
Next: We put it right tomorrow morning.
Next update: 4 November, 11 am
Please: Mira: tell customers that they need not do anything. Ruth: leave the orders on hold alone. Karim: nothing.
"""

# %% grade_id="commit"
COMMIT = "Never show a total below 0\n\nWhen a line was removed after a voucher had been redeemed, the voucher\nwas worth more than the cart."
