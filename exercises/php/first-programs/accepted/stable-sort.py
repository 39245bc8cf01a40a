# ---
# note: two sorts, of which the second leaves equal sums in their order
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
# ksort($units, SORT_STRING);
# arsort($units);
# foreach ($units as $sku => $sum) {
#     echo "$sku: $sum\n";
# }
