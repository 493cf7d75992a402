# SPDX-License-Identifier: MIT
# Says of each request its method, target and the length of its content (WEBrick).
require 'json'
require 'webrick'
port, log = ARGV
server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: port.to_i, AccessLog: [],
                                 Logger: WEBrick::Log.new(File::NULL))
server.define_singleton_method(:service) do |request, response|
  length = (request.body || '').bytesize
  # unparsed_uri has lost an empty segment at the start.
  seen = [request.request_method, request.request_line.split[1], length]
  File.open(log, 'a') { |f| f.write(JSON.generate(seen) + "\n") }
  response.status = 200
  response.body = 'ok' unless request.request_method == 'HEAD'
end
server.start
