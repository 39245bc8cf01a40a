# ---
# misconception: the first thing tells the currency
# caught_by: test_basket
# hint: empty-basket
# ---
# %% grade_id="basket" language="php" magic_args="--save Basket.php"
# <?php
#
# declare(strict_types=1);
#
# namespace Shop;
#
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
#         $prices = array_map(fn (Priced $thing): Money => $thing->price(), $this->things);
#         $sum = array_shift($prices);
#         foreach ($prices as $price) {
#             $sum = $sum->plus($price);
#         }
#         return $sum;
#     }
# }
