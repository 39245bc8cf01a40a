# ---
# title: The same API in PHP
# kind: program
# seconds: 8
# ---

# %% [markdown]
# # The same API in PHP
#
# Your school lends devices: cameras, laptops, phones and tablets. The lending desk's web page and the caretaker's mobile app
# both talk to a service, and a **contract** says which requests there are and what each is answered. That service was written in
# Flask. Now the school moves to a host that offers PHP and nothing else. You write the service again, in PHP and without a
# framework, and no client may notice.
#
# It is the contract of the exercise `flask/mini-api`, word for word. You need not have done that one, though it helps.
#
# There are four tasks and 28 points. Task 1 is a function in a file of its own. Tasks 2 to 4 make one program grow: write it in one
# cell, run the tests of a task, then go on to the next.

# %% [markdown]
# ## The contract
#
# ### A device
#
# | field | type | rule |
# | --- | --- | --- |
# | `id` | whole number | given by the server: 1, 2, 3, … An id is never given twice, not even after its device was deleted. |
# | `name` | text | needed. White space at both ends is removed; then it has 1 to 80 characters. No two devices have the same name. |
# | `kind` | text | needed. One of `camera`, `laptop`, `phone`, `tablet`. |
# | `available` | `true` or `false` | may be left out of a request; then it is `true`. |
#
# A request's body is a JSON object with `name`, `kind` and perhaps `available`. Other members, `id` among them, are
# ignored. A response holds the device with all four fields and no others.
#
# ### Requests
#
# | request | does | answers |
# | --- | --- | --- |
# | `POST /devices` | adds a device | `201` with the device; the header `Location` leads to it: `/devices/1` |
# | `GET /devices/1` | reads it | `200` with the device |
# | `PUT /devices/1` | replaces name, kind and availability by those of the body; the id stays | `200` with the device |
# | `DELETE /devices/1` | deletes it | `204` without a body. The same when it is not there (any more): whoever repeats the request gets the same answer. |
# | `GET /devices` | lists devices | `200` with `{"items": […], "total": 3}`, by rising id |
#
# `GET /devices` takes these query parameters; they work together, and others are ignored.
#
# | parameter | meaning | values | if left out |
# | --- | --- | --- | --- |
# | `kind` | only devices of this kind | one of the four kinds | all kinds |
# | `available` | only those that are, or are not, available | `true`, `false` | both |
# | `limit` | how many items to return at most | a whole number from 1 to 100 | 20 |
# | `offset` | how many matching devices to skip first | a whole number from 0 to 1000000 | 0 |
#
# `total` counts all devices that match `kind` and `available`, whatever `limit` and `offset` are.
#
# ### Errors
#
# Every error has a JSON body (`Content-Type: application/json`): an object with `error`, a text for a person.
#
# | status | when |
# | --- | --- |
# | `405` | the path is one of the two above, but not with this method; the header `Allow` lists the methods that it has |
# | `404` | no such path, or `GET` or `PUT` of a device that is not there. An id in a path is made of the digits 0 to 9, as many as the client likes; with anything else in its place there is no such path. |
# | `415` | the body's `Content-Type` is not `application/json` (a parameter such as `; charset=utf-8` may follow) |
# | `400` | the body is not JSON or not an object; or fields or query parameters are wrong |
# | `409` | another device has this name |
#
# When several are true, the first in this table is the answer. A `400` for wrong fields or parameters also has
# `fields`: an object with a member for each wrong one, and for no other, whose value is a text that says what is wrong:
#
# ```json
# {"error": "Some fields are wrong.", "fields": {"kind": "must be one of camera, laptop, phone, tablet"}}
# ```
#
# The texts are yours to choose.

# %% [markdown]
# The next three cells belong to the tests. Run them and leave them as they are.

# %% tags=["setup"] grade_id="setup"
import json
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from autograder.student import hint, student


@contextmanager
def fresh_file():
    """Give the path of a file that isn't there yet, and remove it afterwards."""
    path = Path(tempfile.gettempdir()) / f"devices-{uuid4().hex}.json"
    try:
        yield str(path)
    finally:
        with suppress(OSError):
            path.unlink()


def serve(path):
    """Start your service, which keeps its devices in the file at this path, and return a client of it."""
    return student.serve("devices.php", env={"DEVICES_FILE": path})


def media_type_of(response):
    """Return the media type of a response, without parameters such as the charset."""
    return response.headers.get("Content-Type", "none").partition(";")[0].strip()


def refused_with(response):
    """Return an error's status, its media type, and whether it says in words what is wrong."""
    if media_type_of(response) != "application/json":
        return response.status, media_type_of(response), False
    body = response.json
    text = body.get("error") if isinstance(body, dict) else None
    return response.status, "application/json", isinstance(text, str) and text.strip() != ""


def fields_at_fault(response):
    """Return the names under `fields` that come with a text, sorted; None where an error's body has no such object."""
    fields = response.json.get("fields") if isinstance(response.json, dict) else None
    if not isinstance(fields, dict):
        return None
    return sorted(name for name, text in fields.items() if isinstance(text, str) and text.strip())


# %% tags=["setup"] grade_id="try_device" language="php" magic_args="--save try-device.php"
# <?php
#
# // Calls check_device for each object of a JSON list, and prints the results as JSON.
# declare(strict_types=1);
#
# require_once __DIR__ . '/device.php';
#
# $results = array_map(check_device(...), json_decode(stream_get_contents(STDIN)));
# echo json_encode($results, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);


# %% tags=["setup"] grade_id="checked"
def checked(*bodies):
    """Return what your `check_device` returns for each body: a device, and a dictionary of problems."""
    done = student.run("try-device.php", json.dumps(bodies))
    assert (done.exit_code, done.stderr) == (0, ""), hint("runs")
    # PHP has one kind of array, so an array without anything in it becomes [] in JSON
    return [(device or {}, problems or {}) for device, problems in json.loads(done.stdout)]


# %% [markdown]
# ## Task 1: check what came in (3 points)
#
# Write `check_device(object $data): array`. It takes a request's body as `json_decode` gives it: a JSON object becomes a PHP object,
# whose member `name` is `$data->name`. It returns a list of two arrays, `[$device, $problems]`:
#
# - When all is well, `$device` has the keys `name` (without white space at its ends), `kind` and `available`, and `$problems` is empty.
# - Otherwise `$problems` has a text for each wrong field, under the field's name. What `$device` is then, is up to you.
#
# | the body | the result, written as JSON |
# | --- | --- |
# | `{"name": " Camera A ", "kind": "camera"}` | `[{"name": "Camera A", "kind": "camera", "available": true}, []]` |
# | `{"name": "Camera A", "kind": "camera", "id": 7, "available": false}` | `[{"name": "Camera A", "kind": "camera", "available": false}, []]` |
# | `{"kind": "robot"}` | `[…, {"name": "…", "kind": "…"}]` |
#
# A value may be of any JSON type: `{"name": 5, "kind": ["camera"], "available": "yes"}` has three problems. White space is what PHP's
# `trim` removes. Rely on what every PHP has: the functions `mb_…` and `ctype_…` belong to extensions that may be missing.

# %% tags=["task"] grade_id="device" language="php" magic_args="--save device.php"
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
# // ### BEGIN SOLUTION
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
#     if (!in_array($kind, KINDS, true)) {
#         $problems['kind'] = 'must be one of ' . implode(', ', KINDS);
#     }
#     if (!is_bool($available)) {
#         $problems['available'] = 'must be true or false';
#     }
#     return [['name' => $name, 'kind' => $kind, 'available' => $available], $problems];
# // ### END SOLUTION
# }

# %% [markdown]
# Look at what it does here, as often as you like:

# %%
print(student.run("try-device.php", '[{"name": " Camera A ", "kind": "camera"}, {"kind": "robot"}]'))

# %% tags=["test"] grade_id="test_device" points=3 skills=["php.http"] coverage=["S09"]
result, named, robot, types = checked(
    {"name": " Camera A ", "kind": "camera"},
    {"name": "Camera A", "kind": "camera", "id": 7, "available": False},
    {"kind": "robot"},
    {"name": 5, "kind": ["camera"], "available": "yes"},
)
assert result == ({"name": "Camera A", "kind": "camera", "available": True}, {}), hint("clean")
assert named == ({"name": "Camera A", "kind": "camera", "available": False}, {}), hint("clean")
assert sorted(robot[1]) == ["kind", "name"], hint("each-field")
assert sorted(types[1]) == ["available", "kind", "name"], hint("types")
### BEGIN HIDDEN TESTS
right = [
    {"name": "ü" * 80, "kind": kind, "available": kind != "camera"} for kind in ("camera", "laptop", "phone", "tablet")
]
assert checked(*right) == [(device, {}) for device in right], hint("name-length")
longest, shortest, lines = checked(
    {"name": f"\t{'n' * 80}\n", "kind": "phone"},
    {"name": "0", "kind": "phone"},
    {"name": "two\nlines", "kind": "phone"},
)
assert (longest[0]["name"], longest[1]) == ("n" * 80, {}), hint("name-length")
assert shortest == ({"name": "0", "kind": "phone", "available": True}, {}), hint("falsy-name")
assert (lines[0]["name"], lines[1]) == ("two\nlines", {}), hint("name-length")
wrong = {
    "name": ("n" * 81, "ü" * 81, "", " \t ", None, ["n"]),
    "available": (1, 0, None, "true", "false"),
    "kind": ("Camera", "", None, 0, True, {"kind": "camera"}),
}
keys = {"name": "name-length", "available": "only-booleans", "kind": "types"}
for field, values in wrong.items():
    found = checked(*({"name": "P", "kind": "phone", field: value} for value in values))
    taken = [value for value, (_, problems) in zip(values, found, strict=True) if sorted(problems) != [field]]
    assert (field, taken) == (field, []), hint(keys[field])
silent = [field for field, problem in types[1].items() if not isinstance(problem, str) or not problem.strip()]
assert silent == [], hint("each-field")
### END HIDDEN TESTS

# %% [markdown]
# ## Task 2: add and read (10 points)
#
# Write the service, `devices.php`. PHP's own server runs it anew **for each request**: it reads the request from `$_SERVER`, `$_GET` and
# `php://input`, answers, and ends. So whatever must be there at the next request has to be in a file. The path of that file is in the
# environment variable `DEVICES_FILE`: `getenv('DEVICES_FILE')`. At first there is no such file.
#
# Begin with `POST /devices` and `GET /devices/1`, with every error that these two can give.
#
# ## Task 3: list, replace and delete (11 points)
#
# Let the service answer `GET /devices`, first with the filters `kind` and `available`, then page by page with `limit` and `offset`. Then add
# `PUT /devices/1` and `DELETE /devices/1`.
#
# ## Task 4: what clients and operators rely on (4 points)
#
# - Every error is JSON, also for a path that isn't there (`404`) and a method that isn't (`405`, with its `Allow`).
# - What was stored is there after a restart, and for a second service on the same file. Services with different files know
#   nothing of each other.
#
# **Where to begin.** Keep the devices as JSON in the file, with the last id that was given. Two requests may come at once: hold a
# lock with `flock` while you read, change and write. A service with more data would use a database, by PDO; this PHP has none.

# %% tags=["task"] grade_id="devices" language="php" magic_args="--save devices.php"
# <?php
#
# declare(strict_types=1);
#
# require_once __DIR__ . '/device.php';
#
# // ### BEGIN SOLUTION
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
#     $answer = answer($_SERVER['REQUEST_METHOD'], $path, Store::open(getenv('DEVICES_FILE')));
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
# // ### END SOLUTION

# %% [markdown]
# Look at your service here, as often as you like. An error that PHP reports is in the response's `log`.

# %%
with fresh_file() as path:
    client = serve(path)
    added = client.post("/devices", json={"name": "My own phone", "kind": "phone"})
    print(added, added.log)
    print(client.get("/devices/1"))

# %% [markdown]
# ### Tests of task 2

# %% tags=["test"] grade_id="test_create" points=3 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    response = client.post("/devices", json={"name": " Camera A ", "kind": "camera"})
    assert (response.status, media_type_of(response)) == (201, "application/json"), hint("created")
    assert response.json == {"id": 1, "name": "Camera A", "kind": "camera", "available": True}, hint("created")
    assert response.json["available"] is True, hint("boolean")
    assert urlsplit(response.headers.get("Location", "")).path == "/devices/1", hint("location")
    response = client.post("/devices", json={"name": "Phone B", "kind": "phone", "available": False})
    assert (response.status, response.json) == (
        201,
        {"id": 2, "name": "Phone B", "kind": "phone", "available": False},
    ), hint("created")
    assert urlsplit(response.headers.get("Location", "")).path == "/devices/2", hint("location")
    ### BEGIN HIDDEN TESTS
    assert response.json["available"] is False, hint("boolean")
    response = client.post("/devices", json={"id": 77, "name": "Tablet C", "kind": "tablet", "owner": "me"})
    assert (response.status, response.json) == (
        201,
        {"id": 3, "name": "Tablet C", "kind": "tablet", "available": True},
    ), hint("other-members")
    for name in ("O'Brien's phone", "x', 'camera', 1); DROP TABLE devices; --", 'Größe "2"'):
        response = client.post("/devices", json={"name": name, "kind": "phone"})
        assert (response.status, media_type_of(response)) == (201, "application/json"), hint("any-text")
        assert response.json["name"] == name, hint("any-text")
    response = client.post(
        "/devices",
        data='{"name": "Laptop D", "kind": "laptop"}',
        content_type="application/json; charset=utf-8",
    )
    assert response.status == 201, hint("media-type")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_read" points=2 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    client.post("/devices", json={"name": "Phone B", "kind": "phone", "available": False})
    response = client.get("/devices/2")
    assert (response.status, media_type_of(response)) == (200, "application/json"), hint("read")
    assert response.json == {"id": 2, "name": "Phone B", "kind": "phone", "available": False}, hint("read")
    response = client.get("/devices/3")
    assert refused_with(response) == (404, "application/json", True), hint("not-there")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/2").json["available"] is False, hint("boolean")
    assert client.get("/devices/1").json["available"] is True, hint("boolean")
    assert client.get("/devices/1").json["name"] == "Camera A", hint("read")
    for identifier in ("99999999999999999999", "one", "-1", "1.5", "0"):
        response = client.get(f"/devices/{identifier}")
        assert (identifier, *refused_with(response)) == (identifier, 404, "application/json", True), hint("any-id")
    assert client.get("/devices/9223372036854775808").status == 404, hint("any-id")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_refuse" points=3 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    response = client.post("/devices", json={"name": "", "kind": "camera", "available": "yes"})
    assert refused_with(response) == (400, "application/json", True), hint("wrong-fields")
    assert fields_at_fault(response) == ["available", "name"], hint("wrong-fields")
    response = client.post("/devices", data='{"name": "Camera A", ', content_type="application/json")
    assert refused_with(response) == (400, "application/json", True), hint("malformed")
    response = client.post("/devices", data='{"name": "Camera A", "kind": "camera"}', content_type="text/plain")
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    ### BEGIN HIDDEN TESTS
    for body in ("[]", '"camera"', "null", "5", ""):
        response = client.post("/devices", data=body, content_type="application/json")
        assert (body, *refused_with(response)) == (body, 400, "application/json", True), hint("malformed")
    response = client.post("/devices", json={})
    assert (response.status, fields_at_fault(response)) == (400, ["kind", "name"]), hint("wrong-fields")
    response = client.post("/devices", data={"name": "Camera A", "kind": "camera"})
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    response = client.post("/devices", data="{", content_type="text/plain")
    assert response.status == 415, hint("order-of-errors")
    response = client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    assert (response.status, response.json["id"]) == (201, 1), hint("nothing-stored")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_conflict" points=2 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    first = client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    second = client.post("/devices", json={"name": "Camera A", "kind": "phone"})
    assert (first.status, *refused_with(second)) == (201, 409, "application/json", True), hint("taken-name")
    ### BEGIN HIDDEN TESTS
    response = client.post("/devices", json={"name": " Camera A", "kind": "camera"})
    assert refused_with(response) == (409, "application/json", True), hint("taken-name")
    response = client.post("/devices", json={"name": "Camera A", "kind": "robot"})
    assert (response.status, fields_at_fault(response)) == (400, ["kind"]), hint("order-of-errors")
    assert client.get("/devices/1").json["kind"] == "camera", hint("nothing-stored")
    response = client.post("/devices", json={"name": "camera a", "kind": "camera"})
    assert response.status == 201, hint("taken-name")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tests of task 3

# %% tags=["test"] grade_id="test_filter" points=3 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    response = client.get("/devices")
    assert (response.status, response.json) == (200, {"items": [], "total": 0}), hint("list")
    for name, kind, available in [
        ("Camera A", "camera", True),
        ("Phone B", "phone", False),
        ("Camera C", "camera", False),
        ("Laptop D", "laptop", True),
    ]:
        client.post("/devices", json={"name": name, "kind": kind, "available": available})
    response = client.get("/devices", query={"kind": "camera"})
    assert response.json == {
        "items": [
            {"id": 1, "name": "Camera A", "kind": "camera", "available": True},
            {"id": 3, "name": "Camera C", "kind": "camera", "available": False},
        ],
        "total": 2,
    }, hint("list")
    response = client.get("/devices", query={"available": "false"})
    assert [device["id"] for device in response.json["items"]] == [2, 3], hint("filter-available")
    response = client.get("/devices", query={"kind": "robot"})
    assert refused_with(response) == (400, "application/json", True), hint("wrong-parameters")
    assert fields_at_fault(response) == ["kind"], hint("wrong-parameters")
    ### BEGIN HIDDEN TESTS
    everything = client.get("/devices").json
    assert ([device["id"] for device in everything["items"]], everything["total"]) == ([1, 2, 3, 4], 4), hint("list")
    assert [device["available"] is True for device in everything["items"]] == [True, False, False, True], hint(
        "boolean"
    )
    assert [device["available"] is False for device in everything["items"]] == [False, True, True, False], hint(
        "boolean"
    )
    for query, ids in [
        ({"available": "true"}, [1, 4]),
        ({"available": "true", "kind": "camera"}, [1]),
        ({"available": "false", "kind": "camera"}, [3]),
        ({"available": "false", "kind": "laptop"}, []),
        ({"kind": "tablet"}, []),
        ({"colour": "red", "kind": "phone"}, [2]),
    ]:
        found = client.get("/devices", query=query)
        assert (query, found.status) == (query, 200), hint("filter-both")
        assert (query, [device["id"] for device in found.json["items"]]) == (query, ids), hint("filter-both")
        assert (query, found.json["total"]) == (query, len(ids)), hint("filter-both")
    for value in ("1", "True", ""):
        response = client.get("/devices", query={"available": value})
        assert (value, response.status) == (value, 400), hint("wrong-parameters")
        assert fields_at_fault(response) == ["available"], hint("wrong-parameters")
    for value in ("Camera", "", "camera' OR '1'='1"):
        response = client.get("/devices", query={"kind": value})
        assert (value, response.status) == (value, 400), hint("wrong-parameters")
    response = client.get("/devices?kind[]=camera")
    assert (response.status, response.json["total"] if response.status == 200 else 0) == (200, 4), hint(
        "other-parameters"
    )
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_pages" points=3 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    for number in range(1, 22):
        client.post("/devices", json={"name": f"Device {number}", "kind": "phone" if number > 2 else "camera"})
    page = client.get("/devices", query={"limit": 3, "offset": 5}).json
    assert [device["id"] for device in page["items"]] == [6, 7, 8], hint("pages")
    assert page["total"] == 21, hint("total")
    assert len(client.get("/devices").json["items"]) == 20, hint("page-size")
    response = client.get("/devices", query={"limit": 0, "offset": "two"})
    assert refused_with(response) == (400, "application/json", True), hint("page-limits")
    assert fields_at_fault(response) == ["limit", "offset"], hint("page-limits")
    ### BEGIN HIDDEN TESTS
    page = client.get("/devices", query={"kind": "phone", "offset": 16}).json
    assert ([device["id"] for device in page["items"]], page["total"]) == ([19, 20, 21], 19), hint("total")
    page = client.get("/devices", query={"offset": 21}).json
    assert page == {"items": [], "total": 21}, hint("total")
    page = client.get("/devices", query={"limit": 1}).json
    assert [device["id"] for device in page["items"]] == [1], hint("pages")
    page = client.get("/devices", query={"limit": 100, "offset": 0}).json
    assert [device["id"] for device in page["items"]] == list(range(1, 22)), hint("page-size")
    for query in ({"limit": 101}, {"limit": -1}, {"limit": ""}, {"limit": "1.5"}, {"limit": "9" * 5000}):
        response = client.get("/devices", query=query)
        assert (response.status, fields_at_fault(response)) == (400, ["limit"]), hint("page-limits")
    for query in ({"offset": 1000001}, {"offset": -1}, {"offset": "1e3"}, {"offset": "9" * 30}):
        response = client.get("/devices", query=query)
        assert (response.status, fields_at_fault(response)) == (400, ["offset"]), hint("page-limits")
    page = client.get("/devices", query={"offset": 1000000})
    assert (page.status, page.json) == (200, {"items": [], "total": 21}), hint("page-limits")
    response = client.get("/devices", query={"kind": "robot", "available": "no", "limit": 0, "offset": -1})
    assert fields_at_fault(response) == ["available", "kind", "limit", "offset"], hint("wrong-parameters")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_replace" points=3 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera", "available": False})
    client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    response = client.put("/devices/1", json={"name": "Tablet A", "kind": "tablet"})
    assert (response.status, response.json) == (
        200,
        {"id": 1, "name": "Tablet A", "kind": "tablet", "available": True},
    ), hint("replace")
    assert client.get("/devices/1").json == response.json, hint("replace")
    response = client.put("/devices/1", json={"name": "Tablet A", "kind": "tablet", "available": False})
    assert (response.status, media_type_of(response)) == (200, "application/json"), hint("own-name")
    response = client.put("/devices/3", json={"name": "Camera C", "kind": "camera"})
    assert refused_with(response) == (404, "application/json", True), hint("replace-nothing")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/3").status == 404, hint("replace-nothing")
    response = client.put("/devices/99999999999999999999", json={"name": "Camera C", "kind": "camera"})
    assert refused_with(response) == (404, "application/json", True), hint("any-id")
    assert client.get("/devices/1").json["available"] is False, hint("replace")
    response = client.put("/devices/1", json={"name": "Phone B", "kind": "phone"})
    assert refused_with(response) == (409, "application/json", True), hint("taken-name")
    response = client.put("/devices/1", json={"name": "Tablet A"})
    assert refused_with(response) == (400, "application/json", True), hint("replace-whole")
    assert fields_at_fault(response) == ["kind"], hint("replace-whole")
    response = client.put("/devices/1", data="{}", content_type="text/plain")
    assert refused_with(response) == (415, "application/json", True), hint("media-type")
    response = client.put("/devices/1", data="[]", content_type="application/json")
    assert refused_with(response) == (400, "application/json", True), hint("malformed")
    response = client.put("/devices/3", data="{}", content_type="text/plain")
    assert response.status == 404, hint("order-of-errors")
    response = client.put("/devices/1", json={"id": 2, "name": " Tablet A ", "kind": "tablet", "available": True})
    assert (response.status, response.json) == (
        200,
        {"id": 1, "name": "Tablet A", "kind": "tablet", "available": True},
    ), hint("other-members")
    assert response.json["available"] is True, hint("boolean")
    assert client.get("/devices/2").json == {"id": 2, "name": "Phone B", "kind": "phone", "available": True}, hint(
        "replace"
    )
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_delete" points=2 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    client.post("/devices", json={"name": "Camera A", "kind": "camera"})
    client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    response = client.delete("/devices/2")
    assert (response.status, response.data) == (204, b""), hint("deleted")
    assert client.get("/devices/2").status == 404, hint("deleted")
    response = client.delete("/devices/2")
    assert (response.status, response.data) == (204, b""), hint("delete-again")
    ### BEGIN HIDDEN TESTS
    assert client.get("/devices/1").status == 200, hint("deleted")
    assert client.get("/devices").json["total"] == 1, hint("deleted")
    assert client.delete("/devices/77").status == 204, hint("delete-again")
    response = client.post("/devices", json={"name": "Phone B", "kind": "phone"})
    assert (response.status, response.json["id"]) == (201, 3), hint("id-given-twice")
    assert client.delete("/devices/99999999999999999999").status == 204, hint("any-id")
    assert client.delete("/devices/9223372036854775808").status == 204, hint("any-id")
    response = client.delete("/devices/one")
    assert refused_with(response) == (404, "application/json", True), hint("any-id")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tests of task 4

# %% tags=["test"] grade_id="test_errors" points=2 skills=["php.http"] coverage=["S09"]
with fresh_file() as path:
    client = serve(path)
    response = client.get("/gadgets")
    assert refused_with(response) == (404, "application/json", True), hint("not-there")
    response = client.delete("/devices")
    assert refused_with(response) == (405, "application/json", True), hint("method")
    ### BEGIN HIDDEN TESTS
    allowed = {method.strip() for method in response.headers.get("Allow", "").split(",")}
    assert allowed & {"GET", "POST", "PUT", "DELETE"} == {"GET", "POST"}, hint("allow")
    response = client.open("PATCH", "/devices/1", data="{}", content_type="text/plain")
    assert refused_with(response) == (405, "application/json", True), hint("method")
    allowed = {method.strip() for method in response.headers.get("Allow", "").split(",")}
    assert allowed & {"GET", "POST", "PUT", "DELETE"} == {"GET", "PUT", "DELETE"}, hint("allow")
    assert refused_with(client.post("/devices/1", json={})) == (405, "application/json", True), hint("method")
    ### END HIDDEN TESTS

# %% tags=["test"] grade_id="test_storage" points=2 skills=["php.http"] coverage=["S09"]
with fresh_file() as path, fresh_file() as other:
    client = serve(path)
    assert client.post("/devices", json={"name": "Camera A", "kind": "camera"}).status == 201, hint(
        "created", {409: "apart"}
    )
    again = serve(path)
    assert again.get("/devices/1").status == 200, hint("restart")
    elsewhere = serve(other)
    assert elsewhere.get("/devices/1").status == 404, hint("apart")
    ### BEGIN HIDDEN TESTS
    assert again.get("/devices/1").json == {"id": 1, "name": "Camera A", "kind": "camera", "available": True}, hint(
        "restart"
    )
    assert again.put("/devices/1", json={"name": "Camera Z", "kind": "camera"}).status == 200, hint("restart")
    assert client.get("/devices/1").json["name"] == "Camera Z", hint("restart")
    assert again.delete("/devices/1").status == 204, hint("restart")
    assert client.get("/devices/1").status == 404, hint("restart")
    assert elsewhere.post("/devices", json={"name": "Camera A", "kind": "camera"}).json["id"] == 1, hint("apart")
    assert client.get("/devices").json["total"] == 0, hint("apart")
    ### END HIDDEN TESTS

# %% [markdown]
# ## When all is green
#
# - Two hundred requests come at the same moment. What would happen to the file without `flock`? Try it: take the lock out, start the
#   service with the environment variable `PHP_CLI_SERVER_WORKERS=8`, and send requests from several threads.
# - A framework such as Slim or Symfony would replace the routing and the answers. Which of your functions would stay as they are?
