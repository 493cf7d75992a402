# SPDX-License-Identifier: MIT
"""Says of each request its method, target and the length of its content (tornado)."""

import json
import sys

import tornado.httpserver
import tornado.httputil
import tornado.ioloop


def seen(request):
    with open(sys.argv[2], "a", encoding="utf-8") as log:
        log.write(json.dumps([request.method, request.uri, len(request.body)]) + "\n")
    line = tornado.httputil.ResponseStartLine("HTTP/1.1", 200, "OK")
    request.connection.write_headers(line, tornado.httputil.HTTPHeaders({"Content-Length": "2"}),
                                     b"" if request.method == "HEAD" else b"ok")
    request.connection.finish()


tornado.httpserver.HTTPServer(seen).listen(int(sys.argv[1]), "127.0.0.1")
tornado.ioloop.IOLoop.current().start()
