# ---
# misconception: the voucher can be redeemed on an empty cart
# caught_by: test_report_reproduces
# hint: refused
# ---
# %% grade_id="report"
REPORT = """
# Total below 0 with a voucher in an empty cart

## Steps
1. `POST /cart/voucher {"code": "SPRING5"}`
2. `GET /cart`

## Expected
0

## Actual
-500

## Environment
shop-test, 4.2.1
"""
