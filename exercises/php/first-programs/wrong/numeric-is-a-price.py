# ---
# misconception: is_numeric takes only digits and a point
# caught_by: test_cents
# hint: strict
# ---
# %% grade_id="cents" language="php" magic_args="cents.php"
# <?php
#
# declare(strict_types=1);
#
# /** @throws InvalidArgumentException when the text is not a price */
# function cents(string $text): int
# {
#     if (!is_numeric($text)) {
#         throw new InvalidArgumentException('not a price');
#     }
#     return (int) round((float) $text * 100);
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
