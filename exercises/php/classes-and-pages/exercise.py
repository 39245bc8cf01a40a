# ---
# title: Classes, and a page that is safe to show
# kind: program
# seconds: 8
# ---

# %% [markdown]
# # Classes, and a page that is safe to show
#
# Your team writes a shop in PHP. Two things went wrong in its first version. Amounts of money were floats in arrays, so that euros were added
# to dollars and a cent was lost now and then. And the search page printed what visitors typed as it came, so that one of them could run a
# script in another's browser. You write both parts anew: a class for money, a basket, and the search page.
#
# Three tasks, 16 points. A cell keeps its file under the name in its first line, and all files lie in one folder, `__DIR__`.

# %% tags=["setup"] grade_id="setup"
import json
from html.parser import HTMLParser

from autograder.student import hint, student

# %% [markdown]
# The next two cells belong to the tests of task 1. Run them and leave them as they are.

# %% tags=["setup"] grade_id="try_money" language="php" magic_args="--save try-money.php"
# <?php
#
# // Makes an amount of money for each case of a JSON list, does with it what the case says, and prints what came.
# declare(strict_types=1);
#
# require_once __DIR__ . '/Money.php';
#
# use Shop\Money;
#
# function outcome(array $case): string
# {
#     try {
#         $money = new Money(...$case['money']);
#         return match ($case['do']) {
#             'show' => (string) $money,
#             'parts' => "$money->cents $money->currency",
#             'plus' => (string) $money->plus(new Money(...$case['other'])),
#             'times' => (string) $money->times($case['count']),
#             'keep' => $money->plus($money)->times(3) . ' from ' . $money,
#             'change' => (string) ($money->cents = 1),
#         };
#     } catch (Throwable $problem) {
#         return $problem::class . ($problem->getMessage() === '' ? ' without a message' : '');
#     }
# }
#
# echo json_encode(array_map(outcome(...), json_decode(stream_get_contents(STDIN), true)));


# %% tags=["setup"] grade_id="outcomes"
def outcomes(program, *cases):
    """Return what a program that tries your classes prints for each case: a text, or the class of what was thrown."""
    done = student.run(program, json.dumps(cases))
    assert (done.exit_code, done.stderr) == (0, ""), hint("runs")
    return json.loads(done.stdout)


def money(do, cents, currency="EUR", **more):
    """Return a case for `try-money.php`."""
    return {"do": do, "money": [cents, currency], **more}


# %% [markdown]
# ## Task 1: money (5 points)
#
# Write the class `Money` in the namespace `Shop`. An object of it never changes.
#
# | written | gives |
# | --- | --- |
# | `new Money(1250, 'EUR')` | an amount, in cents (`int`), and its currency (`string`); both can be read: `$money->cents`, `$money->currency` |
# | `$money->plus($other)` | a new `Money`: the sum |
# | `$money->times(3)` | a new `Money`: three times as much (`int`) |
# | `(string) $money` | `12.50 EUR`; two digits after the point, and a minus sign in front where the amount is negative: `-0.05 EUR` |
#
# - A currency is three capital letters, `A` to `Z`. With anything else the constructor throws an `InvalidArgumentException`.
# - `plus` with another currency throws a `DomainException`. Both come with a message that says what is wrong.
# - To set `$money->cents` afterwards is an `Error`, which PHP throws by itself if you declare the property well.

# %% tags=["task"] grade_id="money" language="php" magic_args="--save Money.php"
# <?php
#
# declare(strict_types=1);
#
# namespace Shop;
#
# // ### BEGIN SOLUTION
# use DomainException;
# use InvalidArgumentException;
# use Stringable;
#
# final class Money implements Stringable
# {
#     public function __construct(
#         public readonly int $cents,
#         public readonly string $currency,
#     ) {
#         if (preg_match('/^[A-Z]{3}\z/', $currency) !== 1) {
#             throw new InvalidArgumentException("'$currency' is not a currency");
#         }
#     }
#
#     public function plus(Money $other): self
#     {
#         if ($other->currency !== $this->currency) {
#             throw new DomainException("cannot add $other->currency to $this->currency");
#         }
#         return new self($this->cents + $other->cents, $this->currency);
#     }
#
#     public function times(int $count): self
#     {
#         return new self($this->cents * $count, $this->currency);
#     }
#
#     public function __toString(): string
#     {
#         $sign = $this->cents < 0 ? '-' : '';
#         $cents = abs($this->cents);
#         return sprintf('%s%d.%02d %s', $sign, intdiv($cents, 100), $cents % 100, $this->currency);
#     }
# }
# // ### END SOLUTION

# %% tags=["test"] grade_id="test_money" points=5 skills=["php.classes"] coverage=["S09"]
shown, small, parts, total, tripled = outcomes(
    "try-money.php",
    money("show", 1250),
    money("show", 5, "USD"),
    money("parts", 1250),
    money("plus", 1250, other=[99, "EUR"]),
    money("times", 1250, count=3),
)
assert parts == "1250 EUR", hint("properties")
assert (shown, small) == ("12.50 EUR", "0.05 USD"), hint("text")
assert (total, tripled) == ("13.49 EUR", "37.50 EUR"), hint("new-money")
mixed, strange, kept, changed = outcomes(
    "try-money.php",
    money("plus", 1, other=[1, "USD"]),
    money("show", 1, "euro"),
    money("keep", 100),
    money("change", 100),
)
assert strange == "InvalidArgumentException", hint("currency")
assert mixed == "DomainException", hint("mixed")
assert kept == "6.00 EUR from 1.00 EUR", hint("new-money")
assert changed == "Error", hint("readonly")
### BEGIN HIDDEN TESTS
amounts = {
    0: "0.00",
    9: "0.09",
    10: "0.10",
    100: "1.00",
    199999: "1999.99",
    -5: "-0.05",
    -1234: "-12.34",
    -100: "-1.00",
}
assert outcomes("try-money.php", *(money("show", cents) for cents in amounts)) == [
    f"{text} EUR" for text in amounts.values()
], hint("negative")
wrong = ["EU", "EURO", "eur", "", "E1R", "EUR\n", " EUR", "ÄÖÜ"]
found = outcomes("try-money.php", *(money("show", 1, currency) for currency in wrong))
assert [currency for currency, came in zip(wrong, found, strict=True) if came != "InvalidArgumentException"] == [], (
    hint("currency")
)
more = outcomes(
    "try-money.php",
    money("plus", 5, "USD", other=[-10, "USD"]),
    money("times", 199, count=0),
    money("times", 150, count=-1),
    money("times", 3, "CHF", count=33),
)
assert more == ["-0.05 USD", "0.00 EUR", "-1.50 EUR", "0.99 CHF"], hint("new-money")
assert outcomes("try-money.php", money("show", 12.5), money("times", 1, count=1.5)) == ["TypeError", "TypeError"], hint(
    "whole-cents"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: a basket of anything that has a price (5 points)
#
# What lies in a basket is of several kinds: lines of products, a delivery, a voucher that takes something off. Each has a price, and the basket needs to
# know nothing else. Write three files:
#
# - `Priced.php`: the interface `Shop\Priced`, with one method `price(): Money`.
# - `Basket.php`: the class `Shop\Basket`. `new Basket()` is empty, and `new Basket($tea, $delivery)` holds two things that are `Priced`, any number of
#   them is possible. `$basket->with($thing)` gives a **new** basket with one more. `count($basket)` is the number of things in it. `$basket->total('EUR')` is
#   the sum as `Money`; it is zero of that currency for an empty basket, and throws a `DomainException` when a thing has another currency.
# - `autoload.php`: an autoloader by the rule PSR-4, which maps the prefix `Shop\` to the folder of the file. When PHP meets `Shop\Basket`, it reads `Basket.php`; for
#   `Shop\Tax\Rate`, it would read `Tax/Rate.php`. It leaves classes alone whose name begins with something else, `Shopping\List` among them, and does nothing where
#   there is no such file.
#
# The tests read `autoload.php` only, and use the classes.

# %% tags=["task"] grade_id="priced" language="php" magic_args="--save Priced.php"
# <?php
#
# declare(strict_types=1);
#
# namespace Shop;
#
# // ### BEGIN SOLUTION
# interface Priced
# {
#     public function price(): Money;
# }
# // ### END SOLUTION

# %% tags=["task"] grade_id="basket" language="php" magic_args="--save Basket.php"
# <?php
#
# declare(strict_types=1);
#
# namespace Shop;
#
# // ### BEGIN SOLUTION
# use Countable;
#
# final class Basket implements Countable
# {
#     /** @var list<Priced> */
#     private readonly array $things;
#
#     public function __construct(Priced ...$things)
#     {
#         $this->things = array_values($things);
#     }
#
#     public function with(Priced $thing): self
#     {
#         return new self(...[...$this->things, $thing]);
#     }
#
#     public function count(): int
#     {
#         return count($this->things);
#     }
#
#     public function total(string $currency): Money
#     {
#         $add = fn (Money $sum, Priced $thing): Money => $sum->plus($thing->price());
#         return array_reduce($this->things, $add, new Money(0, $currency));
#     }
# }
# // ### END SOLUTION

# %% tags=["task"] grade_id="autoload" language="php" magic_args="--save autoload.php"
# <?php
#
# declare(strict_types=1);
#
# // ### BEGIN SOLUTION
# spl_autoload_register(function (string $class): void {
#     $prefix = 'Shop\\';
#     if (!str_starts_with($class, $prefix)) {
#         return;
#     }
#     $path = __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
#     if (is_file($path)) {
#         require $path;
#     }
# });
# // ### END SOLUTION

# %% [markdown]
# The next cell belongs to the tests of task 2.

# %% tags=["setup"] grade_id="try_basket" language="php" magic_args="--save try-basket.php"
# <?php
#
# // Fills a basket for each case of a JSON list, and prints what came.
# declare(strict_types=1);
#
# require_once __DIR__ . '/autoload.php';
#
# use Shop\Basket;
# use Shop\Money;
# use Shop\Priced;
#
# final class Thing implements Priced
# {
#     public function __construct(private readonly int $cents, private readonly string $currency)
#     {
#     }
#
#     public function price(): Money
#     {
#         return new Money($this->cents, $this->currency);
#     }
# }
#
# function outcome(array $case): string
# {
#     try {
#         $things = array_map(fn (array $thing): Thing => new Thing(...$thing), $case['things']);
#         return match ($case['do']) {
#             'total' => (string) (new Basket(...$things))->total($case['currency']),
#             'count' => (string) count(new Basket(...$things)),
#             'with' => with($things, $case['currency']),
#             'other' => get_debug_type(new Basket(new stdClass())),
#             'load' => load($case['classes']),
#         };
#     } catch (Throwable $problem) {
#         return $problem::class;
#     }
# }
#
# function with(array $things, string $currency): string
# {
#     $before = new Basket(...array_slice($things, 0, -1));
#     $after = $before->with(end($things));
#     return count($before) . ' ' . $before->total($currency) . ', ' . count($after) . ' ' . $after->total($currency);
# }
#
# // Returns for each class whether there is one now, and which of the shop's own classes were read on the way.
# function load(array $classes): string
# {
#     mkdir(__DIR__ . '/Tax');
#     file_put_contents(__DIR__ . '/Tax/Rate.php', '<?php namespace Shop\\Tax; final class Rate {}');
#     $found = array_map(class_exists(...), $classes);
#     unlink(__DIR__ . '/Tax/Rate.php');
#     rmdir(__DIR__ . '/Tax');
#     $read = array_map(fn (string $class): bool => class_exists($class, false), [Money::class, Basket::class]);
#     return json_encode([$found, $read]);
# }
#
# echo json_encode(array_map(outcome(...), json_decode(stream_get_contents(STDIN), true)));

# %% tags=["test"] grade_id="test_basket" points=5 skills=["php.classes"] coverage=["S09"]
things = [[350, "EUR"], [900, "EUR"], [-250, "EUR"]]
total, count, empty = outcomes(
    "try-basket.php",
    {"do": "total", "things": things, "currency": "EUR"},
    {"do": "count", "things": things},
    {"do": "total", "things": [], "currency": "USD"},
)
assert (total, count) == ("10.00 EUR", "3"), hint("basket")
assert empty == "0.00 USD", hint("empty-basket")
more, mixed, other = outcomes(
    "try-basket.php",
    {"do": "with", "things": things, "currency": "EUR"},
    {"do": "total", "things": [*things, [1, "USD"]], "currency": "EUR"},
    {"do": "other", "things": []},
)
assert more == "2 12.50 EUR, 3 10.00 EUR", hint("with")
assert mixed == "DomainException", hint("basket")
assert other == "TypeError", hint("interface")
### BEGIN HIDDEN TESTS
found = outcomes(
    "try-basket.php",
    {"do": "with", "things": [[5, "EUR"]], "currency": "EUR"},
    {"do": "count", "things": []},
    {"do": "total", "things": [[1, "USD"]], "currency": "EUR"},
    {"do": "total", "things": [[1, "USD"], [2, "USD"]], "currency": "USD"},
)
assert found == ["0 0.00 EUR, 1 0.05 EUR", "0", "DomainException", "0.03 USD"], hint("basket")
classes = ["Shop\\Nothing", "Shop\\Tax\\Money", "Shop\\Tax\\Rate", "Shopping\\Money", "Money", "Other\\Basket"]
strangers, own = outcomes(
    "try-basket.php",
    {"do": "load", "things": [], "classes": classes},
    {"do": "load", "things": [], "classes": ["Shop\\Basket"]},
)
assert strangers == "[[false,false,true,false,false,false],[false,false]]", hint("autoload")
assert own == "[[true],[false,true]]", hint("autoload")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 3: the search page (6 points)
#
# Write `shop.php`. It answers `GET /` with an HTML page. The products come from the file `products.php` (in the next cell), which *returns* an array: `$products =
# require __DIR__ . '/products.php';`.
#
# | parameter | meaning | allowed |
# | --- | --- | --- |
# | `q` | only products whose name contains this text, whether in capital letters or small ones (`stripos` is enough) | text of 0 to 40 characters; missing means empty |
# | `max` | only products that cost at most so many cents | empty, or 1 to 6 digits; missing means empty, and empty means any price |
#
# The page has, in this order:
#
# - `<h1>` with `All products` if `q` is empty, else with `Results for: ` and the text of `q`;
# - a form with `<input name="q" value="…">` and `<input name="max" value="…">`, which hold what came, so that the visitor can go on from there;
# - for each product that was found, in the order of the file, `<li><a href="/product?name=…">…</a></li>`: the link's text is the product's name, and the
#   parameter `name` of its address is the name as well;
# - `<p>Nothing found.</p>` in their place if there is none.
#
# When a parameter is not as allowed (or is no text at all: `?q[]=x`), the answer has the status 400 and a page with `<p class="error">…</p>` that says in words what is wrong, and no list.
#
# Whatever a visitor types, and whatever a product is called, the browser shows it as it is: as **text**. Count characters rather than bytes, and without `mb_…`, which is an extension.

# %% tags=["setup"] grade_id="products" language="php" magic_args="--save products.php"
# <?php
#
# return [
#     ['name' => 'Green tea', 'cents' => 350],
#     ['name' => 'Tea "Earl Grey" & milk', 'cents' => 420],
#     ['name' => 'Mug <large>', 'cents' => 900],
#     ['name' => "Ann's teapot + lid", 'cents' => 2450],
#     ['name' => 'Zuckerdose für 2 Löffel', 'cents' => 0],
# ];

# %% tags=["task"] grade_id="shop" language="php" magic_args="--save shop.php"
# <?php
#
# declare(strict_types=1);
#
# $products = require __DIR__ . '/products.php';
#
# // ### BEGIN SOLUTION
# /** Return a query parameter that matches the pattern; one that is missing is empty. */
# function parameter(string $name, string $pattern, string $rule): string
# {
#     $value = $_GET[$name] ?? '';
#     if (!is_string($value) || preg_match($pattern, $value) !== 1) {
#         throw new InvalidArgumentException($rule);
#     }
#     return $value;
# }
#
# try {
#     $query = parameter('q', '/^.{0,40}\z/us', 'Search for 40 characters at most.');
#     $max = parameter('max', '/^(?:[0-9]{1,6})?\z/', 'The highest price is a number of cents, with 6 digits at most.');
# } catch (InvalidArgumentException $problem) {
#     http_response_code(400);
#     exit("<!doctype html><title>Shop</title><p class=\"error\">{$problem->getMessage()}</p>");
# }
#
# $found = array_filter($products, fn (array $product): bool =>
#     stripos($product['name'], $query) !== false && ($max === '' || $product['cents'] <= (int) $max));
#
# // a short name, because it is needed at every place where a value goes into the page
# $e = htmlspecialchars(...);
# ?>
# <!doctype html>
# <title>Shop</title>
# <h1><?= $query === '' ? 'All products' : "Results for: {$e($query)}" ?></h1>
# <form>
#   <label>Search <input name="q" value="<?= $e($query) ?>"></label>
#   <label>Cents at most <input name="max" value="<?= $e($max) ?>"></label>
#   <button>Search</button>
# </form>
# <?php foreach ($found as ['name' => $name]): ?>
#   <li><a href="/product?name=<?= rawurlencode($name) ?>"><?= $e($name) ?></a></li>
# <?php endforeach ?>
# <?php if ($found === []): ?>
#   <p>Nothing found.</p>
# <?php endif ?>
# <?php
# // ### END SOLUTION

# %% [markdown]
# Look at your page here, as often as you like:

# %%
with student.serve("shop.php") as client:
    print(client.get("/", query={"q": "tea"}).text)

# %% [markdown]
# The next cell belongs to the tests of task 3. It reads a page as a browser does.


# %% tags=["setup"] grade_id="page"
class Page(HTMLParser):
    """What a browser makes of a page: its elements, the text in some of them, its fields and its links."""

    def __init__(self, response):
        super().__init__()
        self.status, self.log = response.status, response.log
        self.tags, self.fields, self.links, self.texts = set(), {}, [], {}
        self._open = []
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.add(tag)
        if tag == "input":
            self.fields[values.get("name")] = values.get("value")
        elif tag in ("h1", "li", "p"):
            self._open.append("error" if values.get("class") == "error" else tag)
            self.texts.setdefault(self._open[-1], []).append("")
        elif tag == "a":
            self.links.append(values.get("href"))

    def handle_endtag(self, tag):
        if tag in ("h1", "li", "p") and self._open:
            self._open.pop()

    def handle_data(self, data):
        if self._open:
            self.texts[self._open[-1]][-1] += data.strip("\n")

    @property
    def names(self):
        return [text.strip() for text in self.texts.get("li", [])]


NAMES = ["Green tea", 'Tea "Earl Grey" & milk', "Mug <large>", "Ann's teapot + lid", "Zuckerdose für 2 Löffel"]
ELEMENTS = {"html", "head", "meta", "title", "body", "main", "h1", "form", "label", "input", "button", "ul", "ol", "li"}
ELEMENTS |= {"a", "p", "div", "section", "header", "footer", "nav", "link", "br", "strong", "em", "span"}

# %% tags=["test"] grade_id="test_shop" points=6 skills=["php.output"] coverage=["S09"]
with student.serve("shop.php") as client:
    page = Page(client.get("/"))
    assert (page.status, page.texts.get("h1")) == (200, ["All products"]), hint("page")
    assert page.names == NAMES, hint("names")
    page = Page(client.get("/", query={"q": "TEA", "max": 500}))
    assert page.texts.get("h1") == ["Results for: TEA"], hint("page")
    assert page.names == NAMES[:2], hint("search")
    assert page.fields == {"q": "TEA", "max": "500"}, hint("fields")
    attack = "<script>alert(1)</script>"
    page = Page(client.get("/", query={"q": attack}))
    assert sorted(page.tags - ELEMENTS) == [], hint("escape")
    assert page.texts.get("h1") == [f"Results for: {attack}"], hint("escape")
    assert page.texts.get("p") == ["Nothing found."], hint("nothing")
    page = Page(client.get("/", query={"q": "t" * 41}))
    assert (page.status, page.names) == (400, []), hint("too-long")
    ### BEGIN HIDDEN TESTS
    assert all(text.strip() for text in page.texts.get("error", [""])), hint("error-text")
    page = Page(client.get("/"))
    assert page.links[0] in ("/product?name=Green%20tea", "/product?name=Green+tea"), hint("links")
    assert [link.replace("+", "%20") for link in page.links[1:4]] == [
        "/product?name=Tea%20%22Earl%20Grey%22%20%26%20milk",
        "/product?name=Mug%20%3Clarge%3E",
        "/product?name=Ann%27s%20teapot%20%2B%20lid",
    ], hint("links")
    assert (page.fields, "p" in page.texts) == ({"q": "", "max": ""}, False), hint("nothing")
    for text in ('" onfocus="alert(1)', "' autofocus '", "a & b &amp; c", "Größe", "0", "</h1><b>x"):
        page = Page(client.get("/", query={"q": text, "max": "0"}))
        assert page.status == 200, hint("page", {400: "too-long"})
        assert (text, page.fields) == (text, {"q": text, "max": "0"}), hint("attributes")
        assert (text, page.texts.get("h1")) == (text, [f"Results for: {text}"]), hint("escape")
    for query, names in (
        ({"q": "tea"}, [NAMES[0], NAMES[1], NAMES[3]]),
        ({"q": "<"}, [NAMES[2]]),
        ({"q": "g"}, [NAMES[0], NAMES[1], NAMES[2]]),
        ({"max": "420"}, [NAMES[0], NAMES[1], NAMES[4]]),
        ({"max": "419"}, [NAMES[0], NAMES[4]]),
        ({"max": "0"}, [NAMES[4]]),
        ({"max": "000900", "q": "e"}, [NAMES[0], NAMES[1], NAMES[2], NAMES[4]]),
        ({"max": "999999", "q": ""}, NAMES),
        ({"q": "ü" * 40}, []),
    ):
        page = Page(client.get("/", query=query))
        assert page.status == 200, hint("page", {400: "too-long"})
        assert (query, page.names) == (query, names), hint("search")
    wrong = [{"q": "ü" * 41}, {"max": "1000000"}, {"max": "-1"}, {"max": "12 EUR"}, {"max": "1.5"}, {"max": " 5"}]
    for query in [*wrong, {"max": "5\n"}, {"max": "<script>"}, {"q[]": "tea"}, {"max[]": "5"}]:
        page = Page(client.get("/", query=query))
        assert page.status in (400, 500), hint("validate")
        assert page.status == 400, hint("arrays")
        assert (query, page.names) == (query, []), hint("validate")
        assert any(text.strip() for text in page.texts.get("error", [])), hint("error-text")
        assert sorted(page.tags - ELEMENTS) == [], hint("escape")
    ### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Open the page in a browser: put the three files into a folder, and run `php -S 127.0.0.1:8000 shop.php` there.
# - Find a place in the page where `htmlspecialchars` would not be enough. What if the link's address came from a visitor, and began with `javascript:`?
