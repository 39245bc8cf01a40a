# ---
# misconception: a text that is an array's key stays a text
# caught_by: test_report
# hint: number-keys
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
#     $units[$sku] = ($units[$sku] ?? 0) + (int) $quantity;
# }
#
# $skus = array_keys($units);
# usort($skus, fn ($a, $b): int => $units[$b] <=> $units[$a] ?: $a <=> $b);
# foreach ($skus as $sku) {
#     echo "$sku: $units[$sku]\n";
# }
