# SPDX-License-Identifier: MIT
"""A company's proxy (`via` of `forward` and of an upstream) that means ill or is broken: what it says
before there is a tunnel ends in an error that names it, in time, and its password goes nowhere else."""

import base64
import contextlib
import itertools
import socket
import threading
import time

from scene import Row, Scene, expect, expect_equal, grows_less_than

PASSWORD = "pl4nted-proxy-password"
BASIC = base64.b64encode(f"alice:{PASSWORD}".encode()).decode()
ROUTES = """upstreams:
  - {{{{name: plain, targets: [{{{{url: "http://far.test:81"}}}}], via: "{via}",
     timeouts: {{{{connect: 2s, first_byte: 5s, idle: 5s}}}}}}}}
  - {{{{name: tls, targets: [{{{{url: "https://far.test"}}}}], via: "{via}",
     timeouts: {{{{connect: 2s, first_byte: 5s, idle: 5s}}}}}}}}
routes:
  - {{{{name: plain, match: {{{{path: /plain}}}}, upstream: plain, access: open}}}}
  - {{{{name: tls, match: {{{{path: /tls}}}}, upstream: tls, access: open}}}}
forward: {{{{via: "{via}"}}}}
"""
CONNECT = b"CONNECT far.test:443 HTTP/1.1\r\nHost: far.test:443\r\n\r\n"
PLAIN = b"GET /plain HTTP/1.1\r\nHost: @H@\r\n\r\n"
TLS = b"GET /tls HTTP/1.1\r\nHost: @H@\r\n\r\n"
OUT_OF_TIME = (504, "upstream_timeout")
NO_HTTP = (502, "upstream_connect")
LOGIN = (502, "proxy_login")
REFUSED = (502, "proxy_refused")
LOOP = (508, "loop")


class Proxy:
    """Answers the n-th request of all with the bytes that `answer(n)` gives, or by what it does with
    the socket."""

    def __init__(self, answer):
        self.answer, self.heads = answer, []
        self._numbers = itertools.count()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.authority = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.url = f"http://{self.authority}"
        self.seen, self.faults = [], []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(20)
            rest = b""
            while True:
                while b"\r\n\r\n" not in rest:
                    got = connection.recv(65536)
                    if not got:
                        return
                    rest += got
                head, _, rest = rest.partition(b"\r\n\r\n")
                self.heads.append(head)
                answer = self.answer(next(self._numbers))
                if callable(answer):
                    answer(connection)
                elif answer is not None:
                    connection.sendall(answer)

    def __exit__(self, *_):
        self._server.close()


def pieces(first, more, count):
    """More than anyone waits for."""
    def send(connection):
        connection.sendall(first)
        for _ in range(count):
            connection.sendall(more)
    return send


def asks_for(scheme, more=b""):
    return (b"HTTP/1.1 407 Login\r\nProxy-Authenticate: " + scheme + b"\r\nContent-Length: 0\r\n" + more +
            b"\r\n")


def slowly(text):
    def send(connection):
        for byte in text:
            connection.sendall(bytes([byte]))
            time.sleep(0.5)
    return send


def ends(payload, answer, verdict, logins=None):
    """In time, with this error; the password at nobody but the proxy, and there at most so often."""
    def check(scene):
        proxy = Proxy(answer if callable(answer) and answer.__name__ == "<lambda>" else lambda n: answer)
        routes = ROUTES.format(via=f"http://alice:{PASSWORD}@{proxy.authority}")
        with Scene(scene.options, routes=routes, recorder=proxy) as own:
            with grows_less_than(own, 24):
                got = own.ask(payload, payload.split(b" ")[0].decode())
            expect_equal((got.status, got.code), verdict, f"response ({got.content[:300]!r})")
            said = got.head + got.content + own.log().encode()
            for secret in (PASSWORD, BASIC):
                expect(secret.encode() not in said, "the password is told")
            sent = sum(b"Proxy-Authorization" in head for head in proxy.heads)
            if logins is not None:
                expect_equal(sent, logins, "logins sent")
    return check


OK = b"HTTP/1.1 200 OK\r\n\r\n"
ANSWERS = [
    ("Basic is never enough", asks_for(b'Basic realm="x"'), LOGIN, 1),
    ("nonces that are always stale",
     lambda n: asks_for(b'Digest realm="x", qop="auth", stale=true, nonce="%d"' % n), LOGIN, 2),
    ("a 407 without a challenge", asks_for(b""), LOGIN, 0),
    ("200 challenges", asks_for(b'Basic realm="x"', b'Proxy-Authenticate: Basic realm="y"\r\n' * 200),
     LOGIN, 1),
    ("a challenge of 60 KiB", asks_for(b'Digest realm="' + b"x" * 60000 + b'"'), LOGIN, None),
    ("a page without end", pieces(b'HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n',
                                  b"10000\r\n" + b"x" * 65536 + b"\r\n", 1000), REFUSED, 0),
    ("a field of 5 MiB", pieces(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 65536, 80), NO_HTTP, 0),
    ("fields without end", pieces(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000, 1000), NO_HTTP, 0),
    ("interim responses without end", pieces(b"", b"HTTP/1.1 103 E\r\n\r\n" * 1000, 200), OUT_OF_TIME, 0),
    ("half of a status line", b"HTTP/1.1 20", OUT_OF_TIME, 0),
    ("a byte each half second", slowly(OK), OUT_OF_TIME, 0),
    ("nothing", None, OUT_OF_TIME, 0),
    ("the end", lambda n: lambda connection: connection.close(), NO_HTTP, 0),
    ("another protocol", b"\0\0\0\4\0\0\0\0\0", NO_HTTP, 0),
    ("a control byte in its reason", b"HTTP/1.1 403 \x1b[31m\r\nContent-Length: 0\r\n\r\n", NO_HTTP, 0),
    ("a redirection", b"HTTP/1.1 302 F\r\nLocation: http://evil/\r\nContent-Length: 0\r\n\r\n", REFUSED, 0),
    ("a switch of protocols", b"HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", REFUSED, 0),
    ("the password as its reason",
     b"HTTP/1.1 403 " + PASSWORD.encode() + b"\r\nContent-Length: 0\r\n\r\n", REFUSED, 0),
    ("a loop", b"HTTP/1.1 508 Loop\r\nContent-Length: 0\r\n\r\n", LOOP, 0),
]
SOURCE = "RFC 9110 9.3.6, 11.7.1"


def rows(kind, payload, is_wanted):
    return [Row(f"a proxy says to {kind}: {name}", SOURCE, ends(payload, answer, verdict, logins))
            for name, answer, verdict, logins in ANSWERS if is_wanted(name, verdict)]


# A tunnel of a client has 5 s: one row of those is enough.
ROWS = (rows("CONNECT", CONNECT, lambda name, verdict: verdict != OUT_OF_TIME or name == "nothing") +
        rows("the CONNECT of an upstream", TLS, lambda name, verdict: True) +
        rows("absolute-form", PLAIN, lambda name, verdict: verdict == LOGIN))
