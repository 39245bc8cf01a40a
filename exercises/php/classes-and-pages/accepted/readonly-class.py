# ---
# note: the whole class is readonly
# ---
# %% grade_id="money" language="php" magic_args="--save Money.php"
# <?php
#
# declare(strict_types=1);
#
# namespace Shop;
#
# use DomainException;
# use InvalidArgumentException;
#
# final readonly class Money
# {
#     public function __construct(
#         public int $cents,
#         public string $currency,
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
