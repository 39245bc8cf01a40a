# ---
# misconception: isinstance(True, int) is false
# caught_by: test_read_line
# hint: read-bool
# ---
# %% grade_id="read_line"
def read_line(data):
    for name, kind in (("sku", str), ("quantity", int), ("unit_price", str)):
        if not isinstance(data.get(name), kind):
            raise ValueError(f"{name} is not a {kind.__name__}")
    try:
        unit_price = Decimal(data["unit_price"])
    except InvalidOperation as error:
        raise ValueError("unit_price is no number") from error
    if not unit_price.is_finite():
        raise ValueError("unit_price is no number")
    return OrderLine(data["sku"], data["quantity"], unit_price)
