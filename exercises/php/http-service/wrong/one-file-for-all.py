# ---
# misconception: there is only ever one file of devices
# caught_by: test_storage
# hint: apart
# ---
# %% grade_id="devices" language="php" magic_args="--save devices.php"
# <?php
#
# declare(strict_types=1);
#
# require_once __DIR__ . '/device.php';
#
# /** A request that is not granted, and what its answer says. */
# final class Refusal extends RuntimeException
# {
#     /**
#      * @param array<string, string> $fields what is wrong, by field
#      * @param array<string, string> $headers
#      */
#     public function __construct(
#         public readonly int $status,
#         string $message,
#         public readonly array $fields = [],
#         public readonly array $headers = [],
#     ) {
#         parent::__construct($message);
#     }
# }
#
# /** The devices in a JSON file, locked from the moment it is opened until the request is answered. */
# final class Store
# {
#     /** @var array<int, array<string, mixed>> by id, rising */
#     private array $devices;
#     private int $lastId;
#
#     /** @param resource $file */
#     private function __construct(private $file)
#     {
#         $kept = json_decode(stream_get_contents($file), true) ?? ['last_id' => 0, 'devices' => []];
#         $this->lastId = $kept['last_id'];
#         $this->devices = array_column($kept['devices'], null, 'id');
#     }
#
#     public static function open(string $path): self
#     {
#         $file = fopen($path, 'c+');  // makes the file where there is none, and keeps what is in it
#         if ($file === false || !flock($file, LOCK_EX)) {
#             throw new RuntimeException("cannot open $path");
#         }
#         return new self($file);
#     }
#
#     /** @return list<array<string, mixed>> */
#     public function all(): array
#     {
#         return array_values($this->devices);
#     }
#
#     /** @return array<string, mixed> */
#     public function get(int $id): array
#     {
#         return $this->devices[$id] ?? throw new Refusal(404, "There is no device $id.");
#     }
#
#     /**
#      * @param array<string, mixed> $device without its id
#      * @return array<string, mixed>
#      */
#     public function add(array $device): array
#     {
#         return $this->put(++$this->lastId, $device);  // counted, so that no id is given twice
#     }
#
#     /**
#      * @param array<string, mixed> $device without its id
#      * @return array<string, mixed>
#      */
#     public function put(int $id, array $device): array
#     {
#         foreach ($this->devices as $other) {
#             if ($other['name'] === $device['name'] && $other['id'] !== $id) {
#                 throw new Refusal(409, 'Another device has this name.');
#             }
#         }
#         $this->devices[$id] = ['id' => $id, ...$device];
#         $this->save();
#         return $this->devices[$id];
#     }
#
#     public function delete(int $id): void
#     {
#         unset($this->devices[$id]);
#         $this->save();
#     }
#
#     private function save(): void
#     {
#         rewind($this->file);
#         ftruncate($this->file, 0);
#         fwrite($this->file, to_json(['last_id' => $this->lastId, 'devices' => $this->all()]));
#     }
# }
#
# function to_json(mixed $value): string
# {
#     return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
# }
#
# /** @return array<string, mixed> the device of the request's body, without an id */
# function body_device(): array
# {
#     [$mediaType] = explode(';', $_SERVER['CONTENT_TYPE'] ?? '');
#     if (strtolower(trim($mediaType)) !== 'application/json') {
#         throw new Refusal(415, 'Send the device as application/json.');
#     }
#     // as an object: as an array, {} and [] would look the same
#     $data = json_decode(file_get_contents('php://input'));
#     if (!is_object($data)) {
#         throw new Refusal(400, 'The body must be a JSON object.');
#     }
#     [$device, $problems] = check_device($data);
#     refuse_if($problems);
#     return $device;
# }
#
# /** @param array<string, string> $problems */
# function refuse_if(array $problems): void
# {
#     if ($problems !== []) {
#         throw new Refusal(400, 'Some fields are wrong.', $problems);
#     }
# }
#
# /** Return a query parameter; `?kind[]=camera` is another parameter, though PHP gives it this name. */
# function parameter(string $name): ?string
# {
#     $value = $_GET[$name] ?? null;
#     return is_string($value) ? $value : null;
# }
#
# /** @return array{items: list<array<string, mixed>>, total: int} */
# function list_devices(Store $store): array
# {
#     $problems = [];
#     $choice = function (string $name, array $choices) use (&$problems): ?string {
#         $value = parameter($name);
#         if ($value !== null && !in_array($value, $choices, true)) {
#             $problems[$name] = 'must be one of ' . implode(', ', $choices);
#         }
#         return $value;
#     };
#     $number = function (string $name, int $default, int $low, int $high) use (&$problems): int {
#         $value = parameter($name) ?? (string) $default;
#         if (preg_match('/^[0-9]{1,9}\z/', $value) !== 1 || (int) $value < $low || (int) $value > $high) {
#             $problems[$name] = "must be a whole number from $low to $high";
#         }
#         return (int) $value;
#     };
#     $kind = $choice('kind', KINDS);
#     $available = $choice('available', ['true', 'false']);
#     $limit = $number('limit', 20, 1, 100);
#     $offset = $number('offset', 0, 0, 1_000_000);
#     refuse_if($problems);
#     $matches = fn (array $device): bool =>
#         ($kind === null || $device['kind'] === $kind)
#         && ($available === null || $device['available'] === ($available === 'true'));
#     $found = array_filter($store->all(), $matches);
#     return ['items' => array_slice($found, $offset, $limit), 'total' => count($found)];
# }
#
# /**
#  * Answer a request.
#  *
#  * @return array{int, mixed, 2?: array<string, string>} status, body, and headers
#  */
# function answer(string $method, string $path, Store $store): array
# {
#     if ($path === '/devices') {
#         $handlers = [
#             'GET' => fn () => [200, list_devices($store)],
#             'POST' => function () use ($store): array {
#                 $device = $store->add(body_device());
#                 return [201, $device, ['Location' => "/devices/{$device['id']}"]];
#             },
#         ];
#     } elseif (preg_match('#^/devices/([0-9]+)\z#', $path, $parts) === 1) {
#         $id = (int) $parts[1];  // the largest number of all where there are too many digits: no device has it
#         $handlers = [
#             'GET' => fn () => [200, $store->get($id)],
#             'PUT' => function () use ($store, $id): array {
#                 $store->get($id);
#                 return [200, $store->put($id, body_device())];
#             },
#             'DELETE' => function () use ($store, $id): array {
#                 $store->delete($id);
#                 return [204, null];
#             },
#         ];
#     } else {
#         throw new Refusal(404, "There is no $path.");
#     }
#     $handler = $handlers[$method] ?? throw new Refusal(
#         405,
#         "$method is not possible here.",
#         headers: ['Allow' => implode(', ', array_keys($handlers))],
#     );
#     return $handler();
# }
#
# try {
#     $path = rawurldecode(explode('?', $_SERVER['REQUEST_URI'])[0]);
#     $answer = answer($_SERVER['REQUEST_METHOD'], $path, Store::open(__DIR__ . '/devices.json'));
# } catch (Refusal $refusal) {
#     $body = ['error' => $refusal->getMessage()];
#     if ($refusal->fields !== []) {
#         $body['fields'] = $refusal->fields;
#     }
#     $answer = [$refusal->status, $body, $refusal->headers];
# }
# [$status, $body, $headers] = [...$answer, []];
# http_response_code($status);
# header('Content-Type: application/json');
# foreach ($headers as $name => $value) {
#     header("$name: $value");
# }
# if ($status !== 204) {
#     echo to_json($body);
# }
