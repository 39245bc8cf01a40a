// Serves the contract of the devices with the JDK alone; the devices are kept as JSON in the file that DEVICES_FILE names.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class Service {
    static final List<String> KINDS = List.of("camera", "laptop", "phone", "tablet");
    static final Pattern DEVICE_PATH = Pattern.compile("/devices/([0-9]+)");
    static final long NO_ID = -1;

    record Device(long id, String name, String kind, boolean available) {
        Device withId(long other) {
            return new Device(other, name, kind, available);
        }

        Map<String, Object> asMap() {
            var map = new LinkedHashMap<String, Object>();
            map.put("id", id);
            map.put("name", name);
            map.put("kind", kind);
            map.put("available", available);
            return map;
        }

        static Device of(Map<?, ?> map) {
            return new Device(
                (Long) map.get("id"), (String) map.get("name"), (String) map.get("kind"), (Boolean) map.get("available"));
        }
    }

    record Answer(int status, Object body, Map<String, String> headers) {
        Answer(int status, Object body) {
            this(status, body, Map.of());
        }
    }

    interface Handler {
        Answer answer() throws IOException;
    }

    /** A request that is not granted, and what its answer says. */
    static class Refusal extends RuntimeException {
        final Answer answer;

        Refusal(int status, String message, Map<String, String> fields, Map<String, String> headers) {
            super(message);
            var body = new LinkedHashMap<String, Object>();
            body.put("error", message);
            if (!fields.isEmpty()) body.put("fields", fields);
            answer = new Answer(status, body, headers);
        }

        Refusal(int status, String message) {
            this(status, message, Map.of(), Map.of());
        }
    }

    /** The devices by id, in a file that is locked from its opening to its closing. */
    static class Store implements AutoCloseable {
        private final FileChannel file;
        private final TreeMap<Long, Device> devices = new TreeMap<>();
        private long lastId;

        Store(Path path) throws IOException {
            file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            file.lock(); // let go when the file is closed
            var bytes = ByteBuffer.allocate((int) file.size());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) continue;
            if (bytes.capacity() == 0) return;
            var kept = (Map<?, ?>) new JsonReader(new String(bytes.array(), StandardCharsets.UTF_8)).read();
            lastId = (Long) kept.get("lastId");
            for (Object map : (List<?>) kept.get("devices")) {
                var device = Device.of((Map<?, ?>) map);
                devices.put(device.id(), device);
            }
        }

        List<Device> all() {
            return List.copyOf(devices.values());
        }

        Device get(long id) {
            var device = devices.get(id);
            if (device == null) throw new Refusal(404, "There is no such device.");
            return device;
        }

        Device add(Device device) throws IOException {
            return put(++lastId, device);
        }

        Device put(long id, Device device) throws IOException {
            if (devices.values().stream().anyMatch(other -> other.name().equals(device.name()) && other.id() != id)) {
                throw new Refusal(409, "Another device has this name.");
            }
            devices.put(id, device.withId(id));
            save();
            return devices.get(id);
        }

        void delete(long id) throws IOException {
            devices.remove(id);
            save();
        }

        private void save() throws IOException {
            var maps = devices.values().stream().map(Device::asMap).toList();
            var bytes = ByteBuffer.wrap(json(Map.of("lastId", lastId, "devices", maps)).getBytes(StandardCharsets.UTF_8));
            file.truncate(0).position(0);
            while (bytes.hasRemaining()) file.write(bytes);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    static Device checkedDevice(Map<?, ?> data) {
        var name = data.get("name") instanceof String text ? text.strip() : "";
        var available = data.containsKey("available") ? data.get("available") : Boolean.TRUE;
        var problems = new LinkedHashMap<String, String>();
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > 80) problems.put("name", "must be text of 1 to 80 characters");
        if (!(data.get("kind") instanceof String kind) || !KINDS.contains(kind)) {
            problems.put("kind", "must be one of " + String.join(", ", KINDS));
        }
        if (!(available instanceof Boolean)) problems.put("available", "must be true or false");
        refuseIf(problems);
        return new Device(NO_ID, name, (String) data.get("kind"), (Boolean) available);
    }

    static void refuseIf(Map<String, String> problems) {
        if (!problems.isEmpty()) throw new Refusal(400, "Some fields are wrong.", problems, Map.of());
    }

    static Device bodyDevice(HttpExchange exchange) throws IOException {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            throw new Refusal(415, "Send the device as application/json.");
        }
        Object data;
        try {
            data = new JsonReader(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)).read();
        } catch (IllegalArgumentException error) {
            throw new Refusal(400, "The body is not JSON: " + error.getMessage());
        }
        if (!(data instanceof Map<?, ?> map)) throw new Refusal(400, "The body must be a JSON object.");
        return checkedDevice(map);
    }

    static String choice(Map<String, String> query, String name, List<String> choices, Map<String, String> problems) {
        var value = query.get(name);
        if (value != null && !choices.contains(value)) problems.put(name, "must be one of " + String.join(", ", choices));
        return value;
    }

    static int number(Map<String, String> query, String name, int standard, int low, int high, Map<String, String> problems) {
        var text = query.getOrDefault(name, String.valueOf(standard));
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < low || value > high) problems.put(name, "must be a whole number from " + low + " to " + high);
        return value;
    }

    static Object listDevices(Store store, Map<String, String> query) {
        var problems = new LinkedHashMap<String, String>();
        var kind = choice(query, "kind", KINDS, problems);
        var available = choice(query, "available", List.of("true", "false"), problems);
        int limit = number(query, "limit", 20, 1, 100, problems);
        int offset = number(query, "offset", 0, 0, 1_000_000, problems);
        refuseIf(problems);
        var found = store.all().stream()
            .filter(device -> kind == null || device.kind().equals(kind))
            .filter(device -> available == null || String.valueOf(device.available()).equals(available))
            .map(Device::asMap)
            .toList();
        return Map.of("items", found.stream().skip(offset).limit(limit).toList(), "total", found.size());
    }

    static Map<String, String> query(HttpExchange exchange) {
        var query = new LinkedHashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = pair.split("=", 2);
            var value = parts.length == 2 ? parts[1] : "";
            query.putIfAbsent(
                URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Return what the path answers to each method. */
    static Map<String, Handler> handlers(HttpExchange exchange, Store store) {
        var handlers = new LinkedHashMap<String, Handler>();
        var path = exchange.getRequestURI().getPath();
        var parts = DEVICE_PATH.matcher(path);
        if (path.equals("/devices")) {
            handlers.put("GET", () -> new Answer(200, listDevices(store, query(exchange))));
            handlers.put("POST", () -> {
                var device = store.add(bodyDevice(exchange));
                return new Answer(201, device.asMap(), Map.of("Location", "/devices/" + device.id()));
            });
        } else if (parts.matches()) {
            var digits = parts.group(1).replaceFirst("^0+(?=.)", "");
            long id = digits.length() > 18 ? NO_ID : Long.parseLong(digits); // so long an id was never given
            handlers.put("GET", () -> new Answer(200, store.get(id).asMap()));
            handlers.put("PUT", () -> {
                store.get(id);
                return new Answer(200, store.put(id, bodyDevice(exchange)).asMap());
            });
            handlers.put("DELETE", () -> {
                store.delete(id);
                return new Answer(204, null);
            });
        } else {
            throw new Refusal(404, "There is no such path.");
        }
        return handlers;
    }

    static Answer answer(HttpExchange exchange) throws IOException {
        try (var store = new Store(Path.of(System.getenv("DEVICES_FILE")))) {
            var handlers = handlers(exchange, store);
            var handler = handlers.get(exchange.getRequestMethod());
            if (handler == null) {
                var headers = Map.of("Allow", String.join(", ", handlers.keySet()));
                throw new Refusal(405, "The method is not possible here.", Map.of(), headers);
            }
            return handler.answer();
        } catch (Refusal refusal) {
            return refusal.answer;
        }
    }

    static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            exchange.getRequestBody().readAllBytes(); // what nobody has read would break the connection off
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.body() == null) {
                exchange.sendResponseHeaders(answer.status(), -1);
                return;
            }
            var bytes = json(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (RuntimeException error) {
            error.printStackTrace();
            throw error;
        }
    }

    /** Return a value as JSON. */
    static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Service::json).collect(Collectors.joining(", ", "[", "]"));
        }
        if (!(value instanceof String text)) return String.valueOf(value);
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ' || Character.isSurrogate(c)) quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Reads JSON: objects as maps, lists, texts, whole numbers as Long and others as Double, Boolean, null. */
    static class JsonReader {
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
        private static final int DEEPEST = 100;
        private final String text;
        private int at;
        private int depth;

        JsonReader(String text) {
            this.text = text;
        }

        Object read() {
            var value = value();
            skipSpace();
            if (at < text.length()) throw wrong();
            return value;
        }

        private Object value() {
            skipSpace();
            if (at == text.length() || ++depth > DEEPEST) throw wrong();
            try {
                return switch (text.charAt(at)) {
                    case '{' -> object();
                    case '[' -> list();
                    case '"' -> string();
                    case 't' -> word("true", Boolean.TRUE);
                    case 'f' -> word("false", Boolean.FALSE);
                    case 'n' -> word("null", null);
                    default -> number();
                };
            } finally {
                depth--;
            }
        }

        private Map<String, Object> object() {
            var map = new LinkedHashMap<String, Object>();
            at++;
            if (takes('}')) return map;
            do {
                skipSpace();
                if (at == text.length() || text.charAt(at) != '"') throw wrong();
                var name = string();
                if (!takes(':')) throw wrong();
                map.put(name, value());
            } while (takes(','));
            if (!takes('}')) throw wrong();
            return map;
        }

        private List<Object> list() {
            var list = new ArrayList<>();
            at++;
            if (takes(']')) return list;
            do {
                list.add(value());
            } while (takes(','));
            if (!takes(']')) throw wrong();
            return list;
        }

        private String string() {
            var read = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return read.toString();
                }
                if (c < ' ') throw wrong();
                read.append(c == '\\' ? escaped() : c);
            }
            throw wrong();
        }

        private char escaped() {
            if (++at >= text.length()) throw wrong();
            char c = text.charAt(at);
            if (c == 'u') {
                if (at + 5 > text.length()) throw wrong();
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
            }
            int known = "\"\\/bfnrt".indexOf(c);
            if (known < 0) throw wrong();
            return "\"\\/\b\f\n\r\t".charAt(known);
        }

        private Object number() {
            var matcher = NUMBER.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) throw wrong();
            at = matcher.end();
            boolean whole = matcher.group(2) == null && matcher.group(3) == null && matcher.group().length() < 19;
            return whole ? (Object) Long.valueOf(matcher.group()) : (Object) Double.valueOf(matcher.group());
        }

        private Object word(String word, Object value) {
            if (!text.startsWith(word, at)) throw wrong();
            at += word.length();
            return value;
        }

        private boolean takes(char sign) {
            skipSpace();
            if (at == text.length() || text.charAt(at) != sign) return false;
            at++;
            return true;
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("character " + at + " is not what JSON has there");
        }
    }

    public static void main(String[] args) throws IOException {
        var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT")));
        var server = HttpServer.create(address, 0);
        server.createContext("/", Service::handle);
        server.start();
    }
}
