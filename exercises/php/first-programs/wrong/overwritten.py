# ---
# misconception: a second line of a product replaces the first
# caught_by: test_report
# hint: sum
# ---
# %% grade_id="report" language="php" magic_args="report.php"
# <?php
#
# declare(strict_types=1);
#
# $units = [];
# while (($line = fgets(STDIN)) !== false) {
#     $line = trim($line);
#     if ($line === '') {
#         continue;
#     }
#     [$sku, $quantity] = explode(';', $line);
#     $units[$sku] = (int) $quantity;
# }
#
# $skus = array_map(strval(...), array_keys($units));  // PHP made a number of a key such as '10'
# usort($skus, fn (string $a, string $b): int => $units[$b] <=> $units[$a] ?: strcmp($a, $b));
# foreach ($skus as $sku) {
#     echo "$sku: $units[$sku]\n";
# }
