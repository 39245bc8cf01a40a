# ---
# misconception: objects with equal values are equal by themselves
# caught_by: test_order_line_fields
# hint: line-equal
# ---
# %% grade_id="order_line"
@dataclass(frozen=True, eq=False)
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
