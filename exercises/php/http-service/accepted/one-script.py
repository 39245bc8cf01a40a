# ---
# note: one script without classes, a lock on the script itself, PHP's serialize, an absolute Location, a charset in the Content-Type
# ---
# %% grade_id="devices" language="php" magic_args="--save devices.php"
# <?php
#
# declare(strict_types=1);
#
# require_once __DIR__ . '/device.php';
#
# // One script from top to bottom: what is answered is decided by `if`, and every answer ends the program.
#
# function respond(int $status, ?array $body = null, array $headers = []): never
# {
#     http_response_code($status);
#     foreach ($headers as $header) {
#         header($header);
#     }
#     if ($body !== null) {
#         header('Content-Type: application/json; charset=utf-8');
#         echo json_encode($body);
#     }
#     exit;
# }
#
# function fail(int $status, string $message, array $fields = [], array $headers = []): never
# {
#     respond($status, ['error' => $message] + ($fields ? ['fields' => $fields] : []), $headers);
# }
#
# function device_from_body(): array
# {
#     if (!preg_match('#^\s*application/json\s*(;|\z)#i', $_SERVER['CONTENT_TYPE'] ?? '')) {
#         fail(415, 'JSON, please.');
#     }
#     try {
#         $data = json_decode(file_get_contents('php://input'), flags: JSON_THROW_ON_ERROR);
#     } catch (JsonException $problem) {
#         fail(400, $problem->getMessage());
#     }
#     if (!$data instanceof stdClass) {
#         fail(400, 'An object, please.');
#     }
#     [$device, $problems] = check_device($data);
#     if ($problems) {
#         fail(400, 'Wrong fields.', $problems);
#     }
#     return $device;
# }
#
# function is_taken(array $devices, string $name, ?int $except): bool
# {
#     foreach ($devices as $device) {
#         if ($device['name'] === $name && $device['id'] !== $except) {
#             return true;
#         }
#     }
#     return false;
# }
#
# $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
# $one = preg_match('~^/devices/(\d+)\z~', $path, $found) ? $found[1] : null;
# if ($path !== '/devices' && $one === null) {
#     fail(404, 'No such path.');
# }
# $methods = $one === null ? ['GET', 'POST'] : ['DELETE', 'GET', 'PUT'];
# $method = $_SERVER['REQUEST_METHOD'];
# if (!in_array($method, $methods, true)) {
#     fail(405, 'Not so.', headers: ['Allow: ' . implode(',', $methods)]);
# }
#
# $file = getenv('DEVICES_FILE');
# $lock = fopen(__FILE__, 'r');
# flock($lock, LOCK_EX);
# $state = is_file($file) ? unserialize(file_get_contents($file), ['allowed_classes' => false]) : ['next' => 1, 'devices' => []];
#
# if ($one !== null) {
#     $id = strlen($one) > 15 ? 0 : intval($one);
#     if ($method === 'DELETE') {
#         unset($state['devices'][$id]);
#         file_put_contents($file, serialize($state));
#         respond(204);
#     }
#     if (!isset($state['devices'][$id])) {
#         fail(404, 'No such device.');
#     }
#     if ($method === 'GET') {
#         respond(200, $state['devices'][$id]);
#     }
#     $device = device_from_body();
#     if (is_taken($state['devices'], $device['name'], $id)) {
#         fail(409, 'Taken.');
#     }
#     $state['devices'][$id] = compact('id') + $device;
#     file_put_contents($file, serialize($state));
#     respond(200, $state['devices'][$id]);
# }
#
# if ($method === 'POST') {
#     $device = device_from_body();
#     if (is_taken($state['devices'], $device['name'], null)) {
#         fail(409, 'Taken.');
#     }
#     $id = $state['next']++;
#     $state['devices'][$id] = compact('id') + $device;
#     file_put_contents($file, serialize($state));
#     respond(201, $state['devices'][$id], ["Location: http://{$_SERVER['HTTP_HOST']}/devices/$id"]);
# }
#
# $query = array_filter($_GET, is_string(...)) + ['kind' => null, 'available' => null, 'limit' => '20', 'offset' => '0'];
# $problems = [];
# if ($query['kind'] !== null && !in_array($query['kind'], KINDS, true)) {
#     $problems['kind'] = 'no such kind';
# }
# if (!in_array($query['available'], [null, 'true', 'false'], true)) {
#     $problems['available'] = 'true or false';
# }
# foreach (['limit' => [1, 100], 'offset' => [0, 1000000]] as $name => [$low, $high]) {
#     $number = preg_match('/\A\d{1,7}\z/', $query[$name]) ? (int) $query[$name] : -1;
#     if ($number < $low || $number > $high) {
#         $problems[$name] = "$low to $high";
#     }
# }
# if ($problems) {
#     fail(400, 'Wrong parameters.', $problems);
# }
# $items = [];
# foreach ($state['devices'] as $device) {
#     if ($query['kind'] !== null && $device['kind'] !== $query['kind']) {
#         continue;
#     }
#     if ($query['available'] !== null && $device['available'] !== ($query['available'] === 'true')) {
#         continue;
#     }
#     $items[] = $device;
# }
# respond(200, ['items' => array_slice($items, (int) $query['offset'], (int) $query['limit']), 'total' => count($items)]);
