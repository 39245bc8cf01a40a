# ---
# misconception: the sum of Decimals is always a Decimal
# caught_by: test_order
# hint: order-decimal
# ---
# %% grade_id="order"
@dataclass
class Order:
    id: int
    lines: list[OrderLine] = field(default_factory=list)

    def add(self, line):
        self.lines.append(line)

    @property
    def net(self):
        return sum(line.total for line in self.lines)
