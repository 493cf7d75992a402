# SPDX-License-Identifier: MIT
"""An origin that records what came, byte for byte, and plays scripted responses."""

import dataclasses
import re
import socket
import ssl
import struct
import threading

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Close:
    """Ends the connection: FIN after what was sent."""


class Reset:
    """Ends the connection with RST."""


@dataclasses.dataclass
class Seen:
    """One request as it came."""
    connection: int
    method: str
    target: str
    version: str
    fields: list
    content: bytes = b""
    trailers: list = dataclasses.field(default_factory=list)
    raw: bytes = b""

    def all(self, name):
        return [v for n, v in self.fields if n.lower() == name.lower()]

    def field(self, name):
        return next(iter(self.all(name)), None)

    @property
    def path(self):
        return re.sub(r"^http://[^/?]*", "", self.target).split("?")[0]


class Connection:
    """One connection that came in; what a script may use of it."""

    def __init__(self, number, stream):
        self.number = number
        self.stream = stream
        self.file = stream.makefile("rb")
        self.raw = b""

    def read(self, count):
        got = self.file.read(count)
        self.raw += got
        return got

    def line(self):
        got = self.file.readline(1 << 20)
        self.raw += got
        return got

    def send(self, data):
        self.stream.sendall(data)


class Malformed(Exception):
    """What came is no request of RFC 9112."""


def _fields(connection):
    fields = []
    while (line := connection.line()) != b"\r\n":
        match = re.fullmatch(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*?)[ \t]*\r\n", line)
        if not match:
            raise Malformed(f"a field line {line!r}")
        fields.append((match[1].decode("latin-1"), match[2].decode("latin-1")))
    return fields


def _chunked(connection):
    content = b""
    while True:
        line = connection.line()
        match = re.fullmatch(rb"([0-9A-Fa-f]{1,16})\r\n", line)
        if not match:
            raise Malformed(f"a chunk size line {line!r}")
        size = int(match[1], 16)
        if size == 0:
            return content, _fields(connection)
        content += connection.read(size)
        if (end := connection.read(2)) != b"\r\n":
            raise Malformed(f"{end!r} after a chunk")


def read_request(connection):
    """The next request; None at the end of the connection. Strict: one reading only."""
    connection.raw = b""
    line = connection.line()
    if not line:
        return None
    match = re.fullmatch(rb"([!-~]+) ([!-~]+) (HTTP/1\.1)\r\n", line)
    if not match:
        raise Malformed(f"a request line {line!r}")
    seen = Seen(connection.number, *(part.decode() for part in match.groups()),
                _fields(connection))
    lengths, codings = seen.all("Content-Length"), seen.all("Transfer-Encoding")
    if len(lengths) + len(codings) > 1 or codings not in ([], ["chunked"]):
        raise Malformed(f"framing by {lengths} and {codings}")
    if codings:
        seen.content, seen.trailers = _chunked(connection)
    elif lengths:
        if not re.fullmatch("[0-9]+", lengths[0]):
            raise Malformed(f"a length of {lengths[0]!r}")
        seen.content = connection.read(int(lengths[0]))
        if len(seen.content) < int(lengths[0]):
            raise EOFError("the content is cut")
    seen.raw = connection.raw
    return seen


class Recorder:
    """`scripts` by path: a list of bytes, Close, Reset or functions of (connection, seen); what
    has none gets a 200 with `ok`. `seen` has the whole requests, `faults` what was none."""

    def __init__(self, certificate=None, host="127.0.0.1"):
        self.seen, self.faults, self.cut, self.scripts = [], [], [], {}
        self.connections = 0
        self.streams = set()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.listener = socket.create_server((host, 0), backlog=1024)
        self.port = self.listener.getsockname()[1]
        self.authority = f"{host}:{self.port}"
        self.url = f"{'https' if certificate else 'http'}://{self.authority}"
        threading.Thread(target=self._accept, daemon=True).start()

    def clear(self):
        self.seen, self.faults, self.cut, self.scripts = [], [], [], {}

    def play(self, path, *steps):
        self.scripts[path] = steps

    def drop(self):
        """Ends every connection, so that the next request comes on a new one."""
        for stream in list(self.streams):
            with _ignored():
                stream.shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(self.connections, stream),
                             daemon=True).start()

    def _serve(self, number, stream):
        with _ignored():
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.context:
                stream = self.context.wrap_socket(stream, server_side=True)
            self.streams.add(stream)
            connection = Connection(number, stream)
            try:
                while (seen := read_request(connection)) is not None:
                    self.seen.append(seen)
                    if not self._answer(connection, seen):
                        break
            except Malformed as problem:
                self.faults.append(f"connection {number}: {problem}")
            except EOFError:
                self.cut.append(connection.raw)
        self.streams.discard(stream)
        with _ignored():
            stream.close()

    def _answer(self, connection, seen):
        """Whether the connection goes on."""
        for step in self.scripts.get(seen.path, [OK]):
            if isinstance(step, bytes):
                if seen.method == "HEAD" and step is OK:
                    step = step[:-2]
                connection.send(step)
            elif step is Close:
                return False
            elif step is Reset:
                connection.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                             struct.pack("ii", 1, 0))
                connection.file.close()
                return False
            elif step(connection, seen) is Close:
                return False
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with _ignored():
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.drop()


class _ignored:
    """Connections that end are no error here."""

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        return kind is not None and issubclass(kind, (OSError, ValueError))
