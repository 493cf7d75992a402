# SPDX-License-Identifier: MIT
"""Says of each request its method, target and the length of its content (gunicorn)."""

import json
import os


def application(environ, start_response):
    length = 0
    while piece := environ["wsgi.input"].read(65536):
        length += len(piece)
    with open(os.environ["DESYNC_LOG"], "a", encoding="utf-8") as log:
        log.write(json.dumps([environ["REQUEST_METHOD"], environ["RAW_URI"], length]) + "\n")
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
