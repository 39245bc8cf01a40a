// Serves the contract of the devices with Node.js alone; the devices are kept as JSON in the file that DEVICES_FILE names.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const KINDS = ["camera", "laptop", "phone", "tablet"];

/** A request that is not granted, and what its answer says. */
class Refusal extends Error {
  constructor(status, message, { fields, headers } = {}) {
    super(message);
    Object.assign(this, { status, fields, headers });
  }
}

/** The devices in a file, read anew for each request. From there to `save` nothing waits, so no request comes between. */
class Store {
  constructor(path) {
    this.path = path;
    const kept = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { lastId: 0, devices: [] };
    this.lastId = kept.lastId;
    this.devices = kept.devices;
  }

  get(id) {
    const found = this.devices.find((device) => device.id === id);
    if (!found) throw new Refusal(404, `There is no device ${id}.`);
    return found;
  }

  add(device) {
    this.refuseTakenName(device.name);
    const added = { id: ++this.lastId, ...device };
    this.devices.push(added);
    this.save();
    return added;
  }

  replace(id, device) {
    this.refuseTakenName(device.name, id);
    const replaced = Object.assign(this.get(id), device);
    this.save();
    return replaced;
  }

  delete(id) {
    this.devices = this.devices.filter((device) => device.id !== id);
    this.save();
  }

  refuseTakenName(name, ownId) {
    const taken = this.devices.some((other) => other.name === name && other.id !== ownId);
    if (taken) throw new Refusal(409, "Another device has this name.");
  }

  save() {
    const draft = `${this.path}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ lastId: this.lastId, devices: this.devices }));
    renameSync(draft, this.path); // a reader sees the old file or the new one, never half of it
  }
}

function checkDevice(data) {
  const name = typeof data.name === "string" ? data.name.trim() : data.name;
  const { kind, available = true } = data;
  const fields = {};
  if (typeof name !== "string" || !/^.{1,80}$/su.test(name)) fields.name = "must be text of 1 to 80 characters";
  if (!KINDS.includes(kind)) fields.kind = `must be one of ${KINDS.join(", ")}`;
  if (typeof available !== "boolean") fields.available = "must be true or false";
  refuseIf(fields);
  return { name, kind, available };
}

function refuseIf(fields) {
  if (Object.keys(fields).length > 0) throw new Refusal(400, "Some fields are wrong.", { fields });
}

function bodyDevice(request, body) {
  const mediaType = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  if (mediaType !== "application/json") throw new Refusal(415, "Send the device as application/json.");
  let data;
  try {
    data = JSON.parse(body);
  } catch {
    throw new Refusal(400, "The body is not JSON.");
  }
  if (data === null || typeof data !== "object" || Array.isArray(data)) {
    throw new Refusal(400, "The body must be a JSON object.");
  }
  return checkDevice(data);
}

function listDevices(store, query) {
  const fields = {};
  const choice = (name, choices) => {
    const value = query.get(name);
    if (value !== null && !choices.includes(value)) fields[name] = `must be one of ${choices.join(", ")}`;
    return value;
  };
  const number = (name, standard, low, high) => {
    const text = query.get(name) ?? String(standard);
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= low && value <= high)) fields[name] = `must be a whole number from ${low} to ${high}`;
    return value;
  };
  const kind = choice("kind", KINDS);
  const available = choice("available", ["true", "false"]);
  const limit = number("limit", 20, 1, 100);
  const offset = number("offset", 0, 0, 1_000_000);
  refuseIf(fields);
  const found = store.devices.filter(
    (device) =>
      (kind === null || device.kind === kind) && (available === null || String(device.available) === available),
  );
  return { items: found.slice(offset, offset + limit), total: found.length };
}

/** Return what the path answers to each method. */
function handlers(path, query, request, body, store) {
  if (path === "/devices") {
    return {
      GET: () => [200, listDevices(store, query)],
      POST: () => {
        const device = store.add(bodyDevice(request, body));
        return [201, device, { Location: `/devices/${device.id}` }];
      },
    };
  }
  const parts = /^\/devices\/([0-9]+)$/.exec(path);
  if (!parts) throw new Refusal(404, `There is no ${path}.`);
  const id = Number(parts[1]);
  return {
    GET: () => [200, store.get(id)],
    PUT: () => {
      store.get(id);
      return [200, store.replace(id, bodyDevice(request, body))];
    },
    DELETE: () => {
      store.delete(id);
      return [204];
    },
  };
}

function answer(request, body) {
  try {
    const url = new URL(request.url, "http://localhost");
    const store = new Store(process.env.DEVICES_FILE);
    const possible = handlers(url.pathname, url.searchParams, request, body, store);
    const handler = possible[request.method];
    if (!handler) {
      const headers = { Allow: Object.keys(possible).join(", ") };
      throw new Refusal(405, `${request.method} is not possible here.`, { headers });
    }
    return handler();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message, fields, headers } = error;
    return [status, { error: message, ...(fields && { fields }) }, headers];
  }
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const [status, body, headers] = answer(request, Buffer.concat(chunks).toString("utf8"));
  if (body === undefined) {
    response.writeHead(status, headers).end();
  } else {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
