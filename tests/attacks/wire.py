# SPDX-License-Identifier: MIT
"""A client that sends any bytes, and reads responses strictly."""

import dataclasses
import re
import socket
import struct

from harness import Unmet, expect

SECONDS = 40  # for a response; nothing is asserted about how soon it comes


@dataclasses.dataclass
class Response:
    status: int
    fields: list
    content: bytes = b""
    trailers: list = dataclasses.field(default_factory=list)
    is_whole: bool = True
    interim: list = dataclasses.field(default_factory=list)
    head: bytes = b""

    def all(self, name):
        return [v for n, v in self.fields if n.lower() == name.lower()]

    def field(self, name):
        return next(iter(self.all(name)), None)

    @property
    def code(self):
        return self.field("X-Sallyport-Error")


class Ended(Exception):
    """The connection ended where more was due."""


class Client:
    def __init__(self, port, host="127.0.0.1", seconds=SECONDS, receive_buffer=None):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(seconds)
        self.socket.connect((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # what came back says why

    def finish(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _more(self):
        try:
            got = self.socket.recv(65536)
        except ConnectionResetError:
            got = b""
        except TimeoutError:
            raise Unmet(f"no byte within {self.socket.gettimeout()} s after "
                        f"{bytes(self.buffer[-200:])!r}") from None
        if not got:
            raise Ended
        self.buffer += got

    def read(self, count):
        while len(self.buffer) < count:
            self._more()
        got = bytes(self.buffer[:count])
        del self.buffer[:count]
        return got

    def until(self, end):
        while end not in self.buffer:
            self._more()
        return self.read(self.buffer.index(end) + len(end))

    def rest(self):
        """All that comes until the connection ends."""
        try:
            while True:
                self._more()
        except Ended:
            return self.read(len(self.buffer))

    def response(self, method="GET"):
        """The next final response, with the interim ones before it. One that is cut is not whole."""
        interim = []
        while True:
            try:
                head = self.until(b"\r\n\r\n")
            except Ended:
                raise Unmet(f"the connection ended before a response: {bytes(self.buffer)!r}") from None
            match = re.match(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n", head)
            expect(match, f"no status line of HTTP/1.1: {head!r}")
            fields = _fields(head[match.end():-2])
            got = Response(int(match[1]), fields, head=head)
            if got.status >= 200 or got.status == 101:
                break
            interim.append(got)
        got.interim = interim
        if method != "HEAD" and got.status not in (101, 204, 304) and not (
                method == "CONNECT" and got.status < 300):
            self._content(got)
        return got

    def _content(self, got):
        lengths, codings = got.all("Content-Length"), got.all("Transfer-Encoding")
        expect(len(lengths) + len(codings) <= 1, f"framing by {lengths} and {codings}")
        try:
            if codings:
                self._chunked(got)
            elif lengths:
                while len(self.buffer) < int(lengths[0]):
                    self._more()
                got.content = self.read(int(lengths[0]))
            else:
                got.content = self.rest()
        except Ended:
            got.is_whole = False
            got.content += self.read(len(self.buffer))

    def _chunked(self, got):
        content = bytearray()
        try:
            while size := int(self.until(b"\r\n").strip(), 16):
                content += self.read(size)
                expect(self.read(2) == b"\r\n", "no line end after a chunk")
        finally:
            got.content = bytes(content)
        while (line := self.until(b"\r\n")) != b"\r\n":
            got.trailers += _fields(line)

    def ends(self):
        """Whether nothing more comes but the end."""
        rest = self.rest()
        expect(rest == b"", f"after the last response came {rest[:300]!r}")
        return True

    def close(self):
        self.socket.close()

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _fields(lines):
    fields = []
    for line in lines.split(b"\r\n"):
        if line:
            match = re.fullmatch(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*?)[ \t]*", line)
            expect(match, f"no field: {line!r}")
            fields.append((match[1].decode("latin-1"), match[2].decode("latin-1")))
    return fields
