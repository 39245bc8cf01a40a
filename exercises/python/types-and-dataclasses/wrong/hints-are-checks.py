# ---
# misconception: a type hint makes Python refuse wrong values
# caught_by: test_order_line
# hint: line-refused
# ---
# %% grade_id="order_line"
@dataclass(frozen=True)
class OrderLine:
    sku: str
    quantity: int
    unit_price: Decimal

    @property
    def total(self):
        return self.quantity * self.unit_price
