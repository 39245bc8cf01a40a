# ---
# misconception: 5 after the point is five cents
# caught_by: test_cents
# hint: price
# ---
# %% grade_id="cents" language="php" magic_args="cents.php"
# <?php
#
# declare(strict_types=1);
#
# /** @throws InvalidArgumentException when the text is not a price */
# function cents(string $text): int
# {
#     if (preg_match('/^0*([0-9]{1,6})(?:\.([0-9]{1,2}))?\z/', $text, $parts) !== 1) {
#         throw new InvalidArgumentException('not a price');
#     }
#     return (int) $parts[1] * 100 + (int) ($parts[2] ?? 0);
# }
#
# $status = 0;
# for ($number = 1; ($line = fgets(STDIN)) !== false; $number++) {
#     try {
#         echo cents(trim($line)), "\n";
#     } catch (InvalidArgumentException $problem) {
#         fwrite(STDERR, "line $number: {$problem->getMessage()}\n");
#         $status = 1;
#     }
# }
# exit($status);
