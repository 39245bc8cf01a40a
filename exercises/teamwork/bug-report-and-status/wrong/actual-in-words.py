# ---
# misconception: it is enough to say that the total is wrong
# caught_by: test_report_reproduces
# hint: actual
# ---
# %% grade_id="report"
REPORT = """
# Total wrong when a line is removed after a voucher

## Steps
1. `POST /cart/items {"sku": "mug", "quantity": 1}`
2. `POST /cart/voucher {"code": "SPRING5"}`
3. `DELETE /cart/items/mug`
4. `GET /cart`

## Expected
The total is 0.

## Actual
The total is wrong.

## Environment
shop-test, 4.2.1
"""
