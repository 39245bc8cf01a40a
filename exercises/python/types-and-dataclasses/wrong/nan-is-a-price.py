# ---
# misconception: what Decimal accepts is an amount
# caught_by: test_read_line
# hint: read-finite
# ---
# %% grade_id="read_line"
def read_line(data):
    sku, quantity, price = data.get("sku"), data.get("quantity"), data.get("unit_price")
    if not isinstance(sku, str):
        raise ValueError("sku")
    if type(quantity) is not int:
        raise ValueError("quantity")
    if not isinstance(price, str):
        raise ValueError("unit_price")
    try:
        return OrderLine(sku, quantity, Decimal(price))
    except InvalidOperation as error:
        raise ValueError(f"unit_price is no number: {price}") from error
