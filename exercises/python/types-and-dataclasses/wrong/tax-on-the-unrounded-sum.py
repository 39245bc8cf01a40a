# ---
# misconception: it makes no difference when one rounds
# caught_by: test_invoice
# hint: invoice-order
# ---
# %% grade_id="invoice"
def invoice(order, vat_percent):
    cent = Decimal("0.01")
    vat = (order.net * vat_percent / 100).quantize(cent, rounding=ROUND_HALF_UP)
    net = order.net.quantize(cent, rounding=ROUND_HALF_UP)
    return {"net": str(net), "vat": str(vat), "gross": str(net + vat)}
