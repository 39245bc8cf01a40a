# ---
# misconception: place 0 is a place to if
# caught_by: test_vouchers
# hint: first-place
# ---
# %% grade_id="vouchers" language="php" magic_args="vouchers.php"
# <?php
#
# declare(strict_types=1);
#
# try {
#     $input = json_decode(stream_get_contents(STDIN), flags: JSON_THROW_ON_ERROR);
# } catch (JsonException $problem) {
#     fwrite(STDERR, "not JSON: {$problem->getMessage()}\n");
#     exit(2);
# }
#
# $left = $input->codes;
# $result = ['good' => [], 'unknown' => []];
# foreach ($input->tried as $code) {
#     $place = array_search($code, $left, true);
#     if (!$place) {
#         $result['unknown'][] = $code;
#     } else {
#         $result['good'][] = $code;
#         unset($left[$place]);
#     }
# }
# echo json_encode($result, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
