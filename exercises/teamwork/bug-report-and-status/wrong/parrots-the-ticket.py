# ---
# misconception: a title that says how urgent it is gets it done sooner
# caught_by: test_report_parts
# hint: title
# ---
# %% grade_id="report"
REPORT = """
# URGENT: voucher doesn't work, please help!

## Steps
1. `POST /cart/items {"sku": "mug", "quantity": 1}`
2. `POST /cart/voucher {"code": "SPRING5"}`
3. `DELETE /cart/items/mug`
4. `GET /cart`

## Expected
0

## Actual
-500

## Environment
shop-test, 4.2.1
"""
