# ---
# misconception: the class's last name tells the file
# caught_by: test_basket
# hint: autoload
# ---
# %% grade_id="autoload" language="php" magic_args="--save autoload.php"
# <?php
#
# declare(strict_types=1);
#
# spl_autoload_register(function (string $class): void {
#     $parts = explode('\\', $class);
#     $path = __DIR__ . '/' . end($parts) . '.php';
#     if (is_file($path)) {
#         require_once $path;
#     }
# });
