# ---
# misconception: a list in the class body is a new list for each object
# caught_by: test_order
# hint: order-own-list
# ---
# %% grade_id="order"
class Order:
    lines = []

    def __init__(self, id, lines=None):
        self.id = id
        if lines is not None:
            self.lines = lines

    def add(self, line):
        self.lines.append(line)

    @property
    def net(self):
        return sum((line.total for line in self.lines), start=Decimal("0"))
