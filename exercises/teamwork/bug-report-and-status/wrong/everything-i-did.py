# ---
# misconception: the more steps, the more complete the report
# caught_by: test_report_reproduces
# hint: shortest
# ---
# %% grade_id="report"
REPORT = """
# Total below 0 when things are taken out after a voucher

## Steps
1. `POST /cart/items {"sku": "tea", "quantity": 2}`
2. `POST /cart/items {"sku": "mug", "quantity": 1}`
3. `POST /cart/voucher {"code": "SPRING5"}`
4. `DELETE /cart/items/mug`
5. `DELETE /cart/items/tea`
6. `GET /cart`

## Expected
0

## Actual
-500

## Environment
shop-test, 4.2.1
"""
