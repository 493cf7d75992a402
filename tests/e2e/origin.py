# SPDX-License-Identifier: MIT
"""An origin of the tests' own: HTTP/1.1, a thread per connection, answers by a function."""

import dataclasses
import http.server
import json
import socketserver
import ssl
import threading


@dataclasses.dataclass
class Seen:
    method: str
    target: str
    fields: list
    content: bytes

    def field(self, name):
        return next((v for n, v in self.fields if n.lower() == name.lower()), None)

    def json(self):
        return json.loads(self.content)


class _Exchange(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _response(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            content = self._chunked()
        else:
            content = self.rfile.read(length)
        seen = Seen(self.command, self.path, self.headers.items(), content)
        self.server.origin.seen.append(seen)
        self.server.origin.response(self, seen)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = _response

    def _chunked(self):
        content = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return content

    def reply(self, status, content=b"", **fields):
        """One whole response with its length."""
        if isinstance(content, (dict, list)):
            content = json.dumps(content).encode()
            fields.setdefault("Content_Type", "application/json")
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def begin_stream(self, content_type="text/event-stream"):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, bytes):
        self.wfile.write(b"%x\r\n%b\r\n" % (len(bytes), bytes))

    def end_stream(self):
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def handle_error(self, *_):
        pass  # a client that went away


class Origin:
    """`response(exchange, seen)` writes the response; `seen` keeps every request."""

    def __init__(self, response, certificate=None):
        self.response = response
        self.seen = []
        self.server = _Server(("127.0.0.1", 0), _Exchange)
        self.server.origin = self
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False)
            scheme = "https"
        self.port = self.server.server_address[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def event(name, **data):
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()


def _message(model, content, stop):
    return {"id": "msg_mock", "type": "message", "role": "assistant", "model": model,
            "content": content, "stop_reason": stop, "stop_sequence": None,
            "usage": {"input_tokens": 11, "output_tokens": 7}}


def messages_response(exchange, seen, blocks, stop="end_turn"):
    """A response of the Messages API, streamed when the request asks for that. `blocks` are
    content blocks: {"type": "text", …} or {"type": "tool_use", …}."""
    request = seen.json()
    model = request.get("model", "mock")
    if not request.get("stream"):
        exchange.reply(200, _message(model, blocks, stop))
        return
    exchange.begin_stream()
    head = _message(model, [], None)
    exchange.chunk(event("message_start", message=head))
    for index, block in enumerate(blocks):
        if block["type"] == "text":
            empty, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": block["text"]}
        else:
            empty = {**block, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
        exchange.chunk(event("content_block_start", index=index, content_block=empty))
        exchange.chunk(event("content_block_delta", index=index, delta=delta))
        exchange.chunk(event("content_block_stop", index=index))
    exchange.chunk(event("message_delta", delta={"stop_reason": stop, "stop_sequence": None},
                         usage={"output_tokens": 7}))
    exchange.chunk(event("message_stop"))
    exchange.end_stream()
