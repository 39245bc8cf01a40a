# ---
# misconception: a value that counts as false is a missing value
# caught_by: test_order_line
# hint: line-refused
# ---
# %% grade_id="order_line"
@dataclass(frozen=True)
class OrderLine:
    sku: str
    quantity: int
    unit_price: Decimal

    def __post_init__(self):
        if not self.sku or not self.quantity or not self.unit_price:
            raise ValueError("every field is needed")

    @property
    def total(self):
        return self.quantity * self.unit_price
