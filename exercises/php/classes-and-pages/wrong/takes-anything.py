# ---
# misconception: a comment says which things are allowed
# caught_by: test_basket
# hint: interface
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
#     public function __construct(...$things)
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
