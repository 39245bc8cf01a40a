# ---
# misconception: formatting with two digits rounds as shops do
# caught_by: test_invoice
# hint: invoice-half
# ---
# %% grade_id="invoice"
def invoice(order, vat_percent):
    net = round(order.net, 2)
    vat = round(net * vat_percent / 100, 2)
    return {"net": f"{net:.2f}", "vat": f"{vat:.2f}", "gross": f"{net + vat:.2f}"}
