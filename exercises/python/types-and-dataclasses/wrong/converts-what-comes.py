# ---
# misconception: converting a value checks it
# caught_by: test_read_line
# hint: read-type
# ---
# %% grade_id="read_line"
def read_line(data):
    for name in ("sku", "quantity", "unit_price"):
        if data.get(name) is None:
            raise ValueError(f"{name} is missing")
    try:
        return OrderLine(str(data["sku"]), int(data["quantity"]), Decimal(data["unit_price"]))
    except (TypeError, InvalidOperation) as error:
        raise ValueError(f"{data} is no line") from error
