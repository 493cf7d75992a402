# SPDX-License-Identifier: MIT
"""An origin that speaks HTTP/2 with prior knowledge, frame by frame, as badly as it is told to. Of
what a request says only its method and its content are read."""

import contextlib
import itertools
import socket
import struct
import threading

DATA, HEADERS, RST, SETTINGS, PUSH, PING, GOAWAY, WINDOW, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9
END_STREAM, ACK, END_HEADERS, PADDED = 1, 1, 4, 8
MAX_STREAMS, INITIAL_WINDOW = 3, 4
NO_ERROR, INTERNAL_ERROR, REFUSED_STREAM, CANCEL, HTTP_1_1_REQUIRED = 0, 2, 7, 8, 13
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
METHODS = {0x82: "GET", 0x83: "POST"}  # of the static table (RFC 7541 A); HEAD and others: "?"


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes((kind, flags)) + struct.pack(">I", stream) + payload


def setting(name, value):
    return struct.pack(">HI", name, value)


def _string(text):
    if len(text) < 127:
        return bytes((len(text),)) + text
    out, rest = bytearray((127,)), len(text) - 127
    while rest >= 128:
        out.append(rest % 128 + 128)
        rest //= 128
    return bytes(out) + bytes((rest,)) + text


def block(*fields):
    """A field section of literals (RFC 7541 6.2.2)."""
    return b"".join(b"\0" + _string(n) + _string(v) for n, v in fields)


def status(number, *fields):
    return block((b":status", str(number).encode() if isinstance(number, int) else number), *fields)


class Request:
    def __init__(self, line, stream, method):
        self.line, self.stream, self.method = line, stream, method
        self.content = b""
        self.is_whole = False
        self.reset = None  # the code by which the client ended it

    def head(self, number=200, *fields, end=False):
        self.line.send(frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), self.stream,
                             status(number, *fields)))
        return self

    def body(self, content, end=False, size=16384):
        pieces = [content[i:i + size] for i in range(0, len(content), size)] or [b""]
        for i, piece in enumerate(pieces):
            last = end and i == len(pieces) - 1
            self.line.send(frame(DATA, END_STREAM if last else 0, self.stream, piece))
        return self

    def rst(self, code):
        self.line.send(frame(RST, 0, self.stream, struct.pack(">I", code)))
        return self

    def ok(self, content=b"ok"):
        return self.head().body(content, end=True)


class Line:
    """One connection. What it is sent is kept by kind."""

    def __init__(self, origin, connection, number):
        self.origin, self.socket, self.number = origin, connection, number
        self.requests = {}
        self.frames = []  # (kind, flags, stream, payload) but for DATA and HEADERS
        self.lock = threading.Lock()

    def send(self, data):
        with self.lock, contextlib.suppress(OSError):
            self.socket.sendall(data)

    def goaway(self, last, code=NO_ERROR):
        self.send(frame(GOAWAY, 0, 0, struct.pack(">II", last, code)))

    def cut(self, reset=False):
        if reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with contextlib.suppress(OSError):
            if not reset:
                self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def serve(self):
        with contextlib.suppress(OSError, EOFError):
            if self._read(len(PREFACE)) != PREFACE:
                self.origin.faults.append("no preface")
                return
            self.origin.greet(self)
            while True:
                self._frame()

    def _read(self, count):
        out = bytearray()
        while len(out) < count:
            got = self.socket.recv(count - len(out))
            if not got:
                raise EOFError
            out += got
        return bytes(out)

    def _frame(self):
        head = self._read(9)
        kind, flags = head[3], head[4]
        stream = struct.unpack(">I", head[5:])[0] & 0x7FFFFFFF
        payload = self._read(int.from_bytes(head[:3], "big"))
        if kind == HEADERS:
            self._headers(flags, stream, payload)
        elif kind == DATA:
            request = self.requests[stream]
            request.content += payload
            if self.origin.gives_window and payload:
                for each in (0, stream):
                    self.send(frame(WINDOW, 0, each, struct.pack(">I", len(payload))))
            if flags & END_STREAM:
                self._whole(request)
        else:
            self.frames.append((kind, flags, stream, payload))
            if kind == RST and stream in self.requests:
                self.requests[stream].reset = struct.unpack(">I", payload)[0]
            if kind == SETTINGS and not flags & ACK:
                self.send(frame(SETTINGS, ACK, 0))

    def _headers(self, flags, stream, payload):
        while payload[:1] and payload[0] & 0xE0 == 0x20:  # a size for the dynamic table
            payload = payload[1:]
        request = Request(self, stream, METHODS.get(payload[0], "?") if payload else "?")
        self.requests[stream] = request
        self.origin.seen.append(request)
        self.origin.at_head(request)
        if flags & END_STREAM:
            self._whole(request)

    def _whole(self, request):
        request.is_whole = True
        self.origin.answer(request)


class Http2Origin:
    """`answer` is called with each whole request, `at_head` with each that begins, `greet` with each
    connection after its preface, on the thread of the connection."""

    def __init__(self, **more):
        self.answer = lambda request: request.ok()
        self.at_head = lambda request: None
        self.settings = b""
        self.greet = lambda line: line.send(frame(SETTINGS, 0, 0, self.settings))
        self.gives_window = True
        self.__dict__.update(more)
        self.seen, self.faults, self.lines = [], [], []
        self._numbers = itertools.count()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.authority = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.url = f"http://{self.authority}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line = Line(self, connection, next(self._numbers))
                self.lines.append(line)
                threading.Thread(target=line.serve, daemon=True).start()

    def clear(self):
        self.seen.clear()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.socket.close()
