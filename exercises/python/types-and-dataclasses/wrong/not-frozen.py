# ---
# misconception: a data class can't be changed after it is made
# caught_by: test_order_line_fields
# hint: line-frozen
# ---
# %% grade_id="order_line"
@dataclass
class OrderLine:
    sku: str
    quantity: int
    unit_price: Decimal

    def __post_init__(self):
        if not self.sku or self.quantity < 1 or self.unit_price < 0:
            raise ValueError("no such line")

    @property
    def total(self):
        return self.quantity * self.unit_price
