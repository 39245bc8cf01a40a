# ---
# misconception: in_array compares strictly by itself
# caught_by: test_device
# hint: types
# ---
# %% grade_id="device" language="php" magic_args="--save device.php"
# <?php
#
# declare(strict_types=1);
#
# const KINDS = ['camera', 'laptop', 'phone', 'tablet'];
#
# /**
#  * Check the object of a request's body.
#  *
#  * @return array{array<string, mixed>, array<string, string>} the device, and what is wrong by field
#  */
# function check_device(object $data): array
# {
#     $name = $data->name ?? null;
#     $kind = $data->kind ?? null;
#     // not `??`: null is a value of its own here, and it is wrong
#     $available = property_exists($data, 'available') ? $data->available : true;
#     if (is_string($name)) {
#         $name = trim($name);
#     }
#     $problems = [];
#     // `u` counts characters rather than bytes, and needs no extension as mb_strlen does
#     if (!is_string($name) || preg_match('/^.{1,80}$/us', $name) !== 1) {
#         $problems['name'] = 'must be text of 1 to 80 characters';
#     }
#     if (!in_array($kind, KINDS)) {
#         $problems['kind'] = 'must be one of ' . implode(', ', KINDS);
#     }
#     if (!is_bool($available)) {
#         $problems['available'] = 'must be true or false';
#     }
#     return [['name' => $name, 'kind' => $kind, 'available' => $available], $problems];
# }
