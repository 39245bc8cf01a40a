# Serves the contract of the devices with WEBrick; the devices are kept as JSON in the file that DEVICES_FILE names.
require "json"
require "webrick"

KINDS = %w[camera laptop phone tablet].freeze

# A request that is not granted, and what its answer says.
class Refusal < StandardError
  attr_reader :status, :fields, :headers

  def initialize(status, message, fields: {}, headers: {})
    super(message)
    @status, @fields, @headers = status, fields, headers
  end
end

# The devices by id, read from a file that stays locked for the length of a block.
class Store
  def self.open(path)
    File.open(path, File::RDWR | File::CREAT) do |file|
      file.flock(File::LOCK_EX)
      yield new(file)
    end
  end

  def initialize(file)
    @file = file
    text = file.read
    kept = text.empty? ? { "last_id" => 0, "devices" => [] } : JSON.parse(text)
    @last_id = kept["last_id"]
    @devices = kept["devices"].to_h { |device| [device["id"], device] }
  end

  def all = @devices.values

  def get(id) = @devices[id] || raise(Refusal.new(404, "There is no device #{id}."))

  def add(device) = put(@last_id += 1, device)

  def put(id, device)
    taken = all.any? { |other| other["name"] == device["name"] && other["id"] != id }
    raise Refusal.new(409, "Another device has this name.") if taken

    @devices[id] = { "id" => id, **device }
    save
    @devices[id]
  end

  def delete(id)
    @devices.delete(id)
    save
  end

  private

  def save
    @file.rewind
    @file.truncate(0)
    @file.write(JSON.generate("last_id" => @last_id, "devices" => all))
  end
end

def check_device(data)
  name, kind, available = data["name"], data["kind"], data.fetch("available", true)
  name = name.strip if name.is_a?(String)
  problems = {}
  problems["name"] = "must be text of 1 to 80 characters" unless name.is_a?(String) && name.length.between?(1, 80)
  problems["kind"] = "must be one of #{KINDS.join(', ')}" unless KINDS.include?(kind)
  problems["available"] = "must be true or false" unless [true, false].include?(available)
  refuse_if(problems)
  { "name" => name, "kind" => kind, "available" => available }
end

def refuse_if(problems)
  raise Refusal.new(400, "Some fields are wrong.", fields: problems) unless problems.empty?
end

def body_device(request)
  media_type = request.content_type.to_s.split(";").first.to_s.strip.downcase
  raise Refusal.new(415, "Send the device as application/json.") unless media_type == "application/json"

  data = JSON.parse(request.body.to_s.dup.force_encoding("UTF-8"))
  raise Refusal.new(400, "The body must be a JSON object.") unless data.is_a?(Hash)

  check_device(data)
rescue JSON::ParserError
  raise Refusal.new(400, "The body is not JSON.")
end

def list_devices(store, query)
  problems = {}
  choice = lambda do |name, choices|
    value = query[name]
    problems[name] = "must be one of #{choices.join(', ')}" unless value.nil? || choices.include?(value)
    value
  end
  number = lambda do |name, default, range|
    value = query.fetch(name, default.to_s)
    unless value.match?(/\A[0-9]{1,9}\z/) && range.cover?(value.to_i)
      problems[name] = "must be a whole number from #{range.begin} to #{range.end}"
    end
    value.to_i
  end
  kind = choice.call("kind", KINDS)
  available = choice.call("available", %w[true false])
  limit = number.call("limit", 20, 1..100)
  offset = number.call("offset", 0, 0..1_000_000)
  refuse_if(problems)
  found = store.all.select do |device|
    (kind.nil? || device["kind"] == kind) && (available.nil? || device["available"].to_s == available)
  end
  { "items" => found.drop(offset).take(limit), "total" => found.length }
end

# Returns what the path answers to each method.
def handlers(path, request, store)
  case path
  when "/devices"
    {
      "GET" => -> { [200, list_devices(store, URI.decode_www_form(request.query_string.to_s).to_h)] },
      "POST" => lambda do
        device = store.add(body_device(request))
        [201, device, { "Location" => "/devices/#{device['id']}" }]
      end
    }
  when %r{\A/devices/([0-9]+)\z}
    id = Regexp.last_match(1).to_i
    {
      "GET" => -> { [200, store.get(id)] },
      "PUT" => lambda do
        store.get(id)
        [200, store.put(id, body_device(request))]
      end,
      "DELETE" => lambda do
        store.delete(id)
        [204, nil]
      end
    }
  else
    raise Refusal.new(404, "There is no #{path}.")
  end
end

def answer(request)
  Store.open(ENV.fetch("DEVICES_FILE")) do |store|
    possible = handlers(request.path, request, store)
    allow = { "Allow" => possible.keys.join(", ") }
    handler = possible[request.request_method] || raise(Refusal.new(405, "The method is not possible here.", headers: allow))
    handler.call
  end
rescue Refusal => refusal
  body = { "error" => refusal.message }
  body["fields"] = refusal.fields unless refusal.fields.empty?
  [refusal.status, body, refusal.headers]
end

# WEBrick asks a servlet for `do_GET`, `do_POST`, … and refuses other methods itself; this one takes them all.
class Devices < WEBrick::HTTPServlet::AbstractServlet
  def service(request, response)
    status, body, headers = answer(request)
    response.status = status
    headers&.each { |name, value| response[name] = value }
    return if status == 204

    response["Content-Type"] = "application/json"
    response.body = JSON.generate(body)
  end
end

# WEBrick refuses request lines of more than 2083 characters by itself; the contract leaves that to the rules of each path.
WEBrick::HTTPRequest.send(:remove_const, :MAX_URI_LENGTH)
WEBrick::HTTPRequest::MAX_URI_LENGTH = 16_384

quiet = WEBrick::Log.new($stderr, WEBrick::Log::WARN)
server = WEBrick::HTTPServer.new(Port: ENV.fetch("PORT").to_i, BindAddress: "127.0.0.1", AccessLog: [], Logger: quiet)
server.mount("/", Devices)
server.start
