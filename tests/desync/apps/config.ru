# SPDX-License-Identifier: MIT
# Says of each request its method, target and the length of its content (puma).
require 'json'
run(lambda do |env|
  length = 0
  while (piece = env['rack.input'].read(65_536))
    length += piece.bytesize
  end
  File.open(ENV.fetch('DESYNC_LOG'), 'a') do |log|
    log.write(JSON.generate([env['REQUEST_METHOD'], env['REQUEST_URI'], length]) + "\n")
  end
  [200, { 'content-type' => 'text/plain' }, ['ok']]
end)
