// SPDX-License-Identifier: MIT
// Says of each request its method, target and the length of its content.
const http = require('http');
const fs = require('fs');
const [port, log] = process.argv.slice(2);
http.createServer({ maxHeaderSize: 1 << 18 }, (request, response) => {
  let length = 0;
  request.on('data', (piece) => { length += piece.length; });
  request.on('end', () => {
    fs.appendFileSync(log, JSON.stringify([request.method, request.url, length]) + '\n');
    response.end('ok');
  });
}).listen(Number(port), '127.0.0.1').keepAliveTimeout = 60000;
