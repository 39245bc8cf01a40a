# ---
# note: slots and a helper for the checks, a loop for the sum, formatting after rounding
# ---
# %% grade_id="order_line"
@dataclass(frozen=True, slots=True)
class OrderLine:
    sku: str
    quantity: int
    unit_price: Decimal

    def __post_init__(self):
        problems = []
        if self.sku == "":
            problems.append("sku")
        if self.quantity <= 0:
            problems.append("quantity")
        if self.unit_price.is_signed() and self.unit_price != 0:
            problems.append("unit_price")
        if problems:
            raise ValueError(", ".join(problems))

    @property
    def total(self):
        return self.unit_price * self.quantity


# %% grade_id="read_line"
class LineError(ValueError):
    pass


def wanted(data, name, kind):
    value = data.get(name)
    if type(value) is not kind:
        raise LineError(f"{name}: {kind.__name__} expected, got {value!r}")
    return value


def read_line(data):
    text = wanted(data, "unit_price", str)
    try:
        price = Decimal(text)
        if price.is_nan() or price.is_infinite():
            raise LineError(f"unit_price: {text} is not an amount")
    except InvalidOperation:
        raise LineError(f"unit_price: {text} is not a number") from None
    return OrderLine(sku=wanted(data, "sku", str), quantity=wanted(data, "quantity", int), unit_price=price)


# %% grade_id="order"
@dataclass
class Order:
    id: int
    lines: list["OrderLine"] = field(default_factory=list)

    def add(self, line: "OrderLine") -> None:
        self.lines += [line]

    @property
    def net(self):
        total = Decimal()
        for line in self.lines:
            total += line.total
        return total


# %% grade_id="invoice"
def invoice(order, vat_percent):
    def cents(amount):
        return amount.quantize(Decimal("1.00"), ROUND_HALF_UP)

    net = cents(order.net)
    vat = cents(net * (vat_percent / Decimal(100)))
    return {name: f"{amount:.2f}" for name, amount in (("net", net), ("vat", vat), ("gross", net + vat))}
