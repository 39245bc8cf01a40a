# ---
# misconception: naming the feature is enough to make the fault happen
# caught_by: test_report_reproduces
# hint: not-reproduced
# ---
# %% grade_id="report"
REPORT = """
# Total is wrong when a voucher is used

## Steps
1. Add a mug: `POST /cart/items {"sku": "mug", "quantity": 1}`
2. Use the voucher: `POST /cart/voucher {"code": "SPRING5"}`
3. `GET /cart`

## Expected
A total of 0 or more.

## Actual
-500

## Environment
shop-test, 4.2.1
"""
