# ---
# title: Records with types
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # Records with types: an order that can't be nonsense
#
# In the shop's code an order is a dictionary. Last month somebody wrote `order["qantity"]`, somebody else stored a price
# as `3.5`, and an invoice was one cent wrong. You replace the dictionaries by *data classes*: they say which fields there
# are and of what type, and they refuse what makes no sense.
#
# Amounts of money are `Decimal`, in euros. A `float` can't hold most cents exactly (`0.1 + 0.2` is not `0.3`), so a `float`
# is never money here. Four tasks; each builds on the one before. You may import what you need from the standard library.

# %% tags=["setup"] grade_id="setup"
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from autograder.student import hint, student

# %% [markdown]
# ## Task 1: a line of an order
#
# Write the data class `OrderLine` with three fields, in this order, each with a type hint:
#
# | field | type | must be |
# | --- | --- | --- |
# | `sku` | `str` | not empty |
# | `quantity` | `int` | 1 or more |
# | `unit_price` | `Decimal` | 0 or more, in euros for one piece |
#
# - A line with a value that must not be raises `ValueError` when it is made. You need not check the types here.
# - A line is *frozen*: assigning to a field afterwards raises an error (`dataclasses.FrozenInstanceError`, as Python does by
#   itself for a frozen data class). That error is an `AttributeError`.
# - Two lines with equal fields are equal.
# - The property `total` (used without parentheses: `line.total`) is the price of all its pieces, a `Decimal`.

#
# Write the whole class in place of the two lines below.


# %% tags=["task"] grade_id="order_line"
### BEGIN SOLUTION
@dataclass(frozen=True)
class OrderLine:
    """So many pieces of one product, at a price."""

    sku: str
    quantity: int
    unit_price: Decimal

    def __post_init__(self) -> None:
        if not self.sku:
            raise ValueError("sku must not be empty")
        if self.quantity < 1:
            raise ValueError(f"quantity must be 1 or more, not {self.quantity}")
        if self.unit_price < 0:
            raise ValueError(f"unit_price must be 0 or more, not {self.unit_price}")

    @property
    def total(self) -> Decimal:
        """The price of all pieces, in euros."""
        return self.quantity * self.unit_price


### END SOLUTION

# %% [markdown]
# The first test looks at the fields and their type hints, the second at what a line does.

# %% tags=["setup"] grade_id="types_of"
import dataclasses
import typing


def types_of(name):
    """Return the fields of a data class and what their type hints say."""
    kind = globals().get(name)
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"There is no data class {name} yet.")
    hints = typing.get_type_hints(kind)
    return [
        (entry.name, getattr(hints[entry.name], "__name__", str(hints[entry.name])))
        for entry in dataclasses.fields(kind)
    ]


# %% tags=["test"] grade_id="test_order_line_fields" points=3 skills=["python.types", "python.dataclasses"] coverage=["S07"]
fields = [("sku", "str"), ("quantity", "int"), ("unit_price", "Decimal")]
assert student.types_of("OrderLine") == fields, hint("line-fields")
line = student.make("OrderLine", "tea", 2, Decimal("3.50"))
assert (line.sku, line.quantity, line.unit_price) == ("tea", 2, Decimal("3.50")), hint("line-fields")
assert line == student.make("OrderLine", "tea", 2, Decimal("3.50")), hint("line-equal")
### BEGIN HIDDEN TESTS
assert line != student.make("OrderLine", "tea", 3, Decimal("3.50")), hint("line-equal")
for name, value in (("sku", "mug"), ("quantity", 3), ("unit_price", Decimal("1"))):
    with student.raises(AttributeError, hint("line-frozen")):
        setattr(line, name, value)
### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_order_line" points=3 skills=["python.classes", "python.dataclasses"] coverage=["S07"]
assert student.make("OrderLine", "tea", 2, Decimal("3.50")).total == Decimal("7.00"), hint("line-total")
with student.raises(ValueError, hint("line-refused")):
    student.make("OrderLine", "tea", 0, Decimal("3.50"))
### BEGIN HIDDEN TESTS
assert student.make("OrderLine", "pin", 3, Decimal("0.1")).total == Decimal("0.3"), hint("line-total")
assert student.make("OrderLine", "bag", 1, Decimal("0.01")).total == Decimal("0.01"), hint("line-total")
for sku, quantity, price in (("", 1, "1"), ("tea", -1, "1"), ("tea", 1, "-0.01")):
    with student.raises(ValueError, hint("line-refused")):
        student.make("OrderLine", sku, quantity, Decimal(price))
assert student.make("OrderLine", "gift", 1, Decimal("0")).total == Decimal("0"), hint("line-total")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: a line from outside
#
# Lines come in as JSON. Once parsed, one is a `dict` such as
#
# ```python
# {"sku": "tea", "quantity": 2, "unit_price": "3.50"}
# ```
#
# The price comes as text, so that no cent is lost on the way. Write `read_line(data)`: it returns an `OrderLine`, or raises
# `ValueError`. For the reasons in this table the error's message contains the name of the field:
#
# | field | reasons to raise `ValueError` |
# | --- | --- |
# | `sku` | it is missing, or not a `str` |
# | `quantity` | it is missing, or not an `int`. `True` and `False` are refused too, although Python counts them as `int` |
# | `unit_price` | it is missing, not a `str`, not a number (`"a lot"`), or not a finite one (`"NaN"`, `"Infinity"`) |
#
# Values of the right type that make no sense (a quantity of 0) are refused by `OrderLine` itself; nothing to do. Other keys
# in `data` are passed over.


# %% tags=["task"] grade_id="read_line"
def read_line(data: dict) -> "OrderLine":
    """Make an order line of parsed JSON."""
    ### BEGIN SOLUTION
    sku, quantity, price = data.get("sku"), data.get("quantity"), data.get("unit_price")
    if not isinstance(sku, str):
        raise ValueError(f"sku must be a text, not {sku!r}")
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise ValueError(f"quantity must be a whole number, not {quantity!r}")
    if not isinstance(price, str):
        raise ValueError(f"unit_price must be a text such as '3.50', not {price!r}")
    try:
        unit_price = Decimal(price)
    except InvalidOperation as error:
        raise ValueError(f"unit_price must be a number, not {price!r}") from error
    if not unit_price.is_finite():
        raise ValueError(f"unit_price must be finite, not {price!r}")
    return OrderLine(sku, quantity, unit_price)
    ### END SOLUTION


# %% tags=["test"] grade_id="test_read_line" points=4 skills=["python.types", "python.dataclasses"] coverage=["S07"]
line = student.make("read_line", {"sku": "tea", "quantity": 2, "unit_price": "3.50"})
assert line == student.make("OrderLine", "tea", 2, Decimal("3.50")), hint("read-line")
with student.raises(ValueError, hint("read-missing"), match="sku"):
    student.make("read_line", {"quantity": 2, "unit_price": "3.50"})
with student.raises(ValueError, hint("read-type"), match="quantity"):
    student.make("read_line", {"sku": "tea", "quantity": "2", "unit_price": "3.50"})
### BEGIN HIDDEN TESTS
more = {"sku": "mug", "quantity": 1, "unit_price": "12", "note": "a gift"}
assert student.make("read_line", more) == student.make("OrderLine", "mug", 1, Decimal("12")), hint("read-line")
for name in ("sku", "quantity", "unit_price"):
    without = {key: value for key, value in more.items() if key != name}
    with student.raises(ValueError, hint("read-missing"), match=name):
        student.make("read_line", without)
    with student.raises(ValueError, hint("read-missing"), match=name):
        student.make("read_line", {**more, name: None})
with student.raises(ValueError, hint("read-type"), match="sku"):
    student.make("read_line", {**more, "sku": 7})
for quantity in (2.0, [1]):
    with student.raises(ValueError, hint("read-type"), match="quantity"):
        student.make("read_line", {**more, "quantity": quantity})
with student.raises(ValueError, hint("read-bool"), match="quantity"):
    student.make("read_line", {**more, "quantity": True})
for price in (3.5, 3):
    with student.raises(ValueError, hint("read-float"), match="unit_price"):
        student.make("read_line", {**more, "unit_price": price})
with student.raises(ValueError, hint("read-number"), match="unit_price"):
    student.make("read_line", {**more, "unit_price": "a lot"})
for price in ("NaN", "Infinity"):
    with student.raises(ValueError, hint("read-finite"), match="unit_price"):
        student.make("read_line", {**more, "unit_price": price})
with student.raises(ValueError, hint("read-line")):
    student.make("read_line", {**more, "quantity": 0})
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the order
#
# Write the data class `Order`. It is not frozen: an order grows.
#
# - The field `id` (`int`), and the field `lines` (a `list` of `OrderLine`) that is an empty list when only the id is given.
# - The method `add(line)` puts a line at the end of `lines` and returns nothing.
# - The property `net` is the sum of the lines' totals, a `Decimal`; for an order without lines it is `Decimal("0")`, not the `int` 0.


# %% tags=["task"] grade_id="order"
### BEGIN SOLUTION
@dataclass
class Order:
    """What somebody buys at one time."""

    id: int
    lines: list[OrderLine] = field(default_factory=list)

    def add(self, line: OrderLine) -> None:
        """Put a line at the end."""
        self.lines.append(line)

    @property
    def net(self) -> Decimal:
        """The sum of all lines, in euros, before VAT."""
        return sum((line.total for line in self.lines), start=Decimal("0"))


### END SOLUTION

# %% tags=["test"] grade_id="test_order" points=3 skills=["python.classes", "python.dataclasses"] coverage=["S07"]
tea = student.make("OrderLine", "tea", 2, Decimal("3.50"))
mug = student.make("OrderLine", "mug", 1, Decimal("12.25"))
first = student.make("Order", 1)
first.add(tea)
first.add(mug)
assert first.id == 1, hint("order-fields")
assert first.net == Decimal("19.25"), hint("order-net")
second = student.make("Order", 2)
assert second.net == Decimal("0"), hint("order-own-list")
### BEGIN HIDDEN TESTS
assert type(second.net) is Decimal, hint("order-decimal")
second.add(mug)
assert first.net == Decimal("19.25"), hint("order-own-list")
assert second.net == Decimal("12.25"), hint("order-own-list")
assert [name for name, _ in student.types_of("Order")] == ["id", "lines"], hint("order-fields")
third = student.make("Order", id=3, lines=[])
third.add(tea)
assert third.net == Decimal("7.00"), hint("order-fields")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 4: the invoice
#
# Write `invoice(order, vat_percent)`. `order` is an `Order`, `vat_percent` the rate of the value added tax as a `Decimal` (`Decimal("19")`
# means 19 percent). It returns a `dict` of three texts, each an amount in euros with **exactly two** digits after the point:
#
# - `"net"`: the order's net sum, rounded to cents;
# - `"vat"`: the tax on that **rounded** net sum, rounded to cents;
# - `"gross"`: the sum of these two.
#
# Half a cent is rounded up, as shops do: 0.125 becomes 0.13. (Python's own `round` would give 0.12: it rounds a half to
# the even digit. `Decimal.quantize` takes the way of rounding as its argument `rounding`.)
#
# ```python
# >>> order = Order(1, [OrderLine("tea", 2, Decimal("3.50"))])
# >>> invoice(order, Decimal("19"))
# {'net': '7.00', 'vat': '1.33', 'gross': '8.33'}
# ```


# %% tags=["task"] grade_id="invoice"
def invoice(order: "Order", vat_percent: Decimal) -> dict[str, str]:
    """Return the amounts of an order's invoice, as texts in euros and cents."""
    ### BEGIN SOLUTION
    cent = Decimal("0.01")
    net = order.net.quantize(cent, rounding=ROUND_HALF_UP)
    vat = (net * vat_percent / 100).quantize(cent, rounding=ROUND_HALF_UP)
    return {"net": str(net), "vat": str(vat), "gross": str(net + vat)}
    ### END SOLUTION


# %% tags=["test"] grade_id="test_invoice" points=3 skills=["python.types"] coverage=["S07"]
order = student.make("Order", 1)
order.add(student.make("OrderLine", "tea", 2, Decimal("3.50")))
assert student.invoice(order, Decimal("19")) == {"net": "7.00", "vat": "1.33", "gross": "8.33"}, hint("invoice-sums")
### BEGIN HIDDEN TESTS
assert student.invoice(student.make("Order", 2), Decimal("19")) == {
    "net": "0.00",
    "vat": "0.00",
    "gross": "0.00",
}, hint("invoice-digits")


def one_line(quantity, price):
    """Return an order of one line."""
    made = student.make("Order", 3)
    made.add(student.make("OrderLine", "pin", quantity, Decimal(price)))
    return made


assert student.invoice(one_line(3, "5"), Decimal("10")) == {"net": "15.00", "vat": "1.50", "gross": "16.50"}, hint(
    "invoice-digits"
)
assert student.invoice(one_line(1, "0.125"), Decimal("0")) == {"net": "0.13", "vat": "0.00", "gross": "0.13"}, hint(
    "invoice-half"
)
assert student.invoice(one_line(1, "0.50"), Decimal("1")) == {"net": "0.50", "vat": "0.01", "gross": "0.51"}, hint(
    "invoice-half"
)
assert student.invoice(one_line(1, "0.50"), Decimal("5")) == {"net": "0.50", "vat": "0.03", "gross": "0.53"}, hint(
    "invoice-half"
)
assert student.invoice(one_line(1, "0.004"), Decimal("300")) == {"net": "0.00", "vat": "0.00", "gross": "0.00"}, hint(
    "invoice-order"
)
assert student.invoice(one_line(10, "0.0149"), Decimal("50")) == {"net": "0.15", "vat": "0.08", "gross": "0.23"}, hint(
    "invoice-order"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Where to go from here
#
# Your classes refuse nonsense at the door, so the functions behind them can rely on what they get. Next: *Names, texts and
# deadlines*, the other values that look simple until they come from all over the world.
