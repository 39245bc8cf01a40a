# ---
# misconception: only what is stored must be escaped
# caught_by: test_shop
# hint: escape
# ---
# %% grade_id="shop" language="php" magic_args="--save shop.php"
# <?php
#
# declare(strict_types=1);
#
# $products = require __DIR__ . '/products.php';
#
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
# <h1><?= $query === '' ? 'All products' : "Results for: $query" ?></h1>
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
