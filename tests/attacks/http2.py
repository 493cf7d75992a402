# SPDX-License-Identifier: MIT
"""An origin that speaks HTTP/2 (RFC 9113) and means ill. The client speaks HTTP/1.1."""

import struct
import time

from http2origin import (CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, INTERNAL_ERROR, PADDED,
                         PING, PUSH, REFUSED_STREAM, SETTINGS, WINDOW, Http2Origin, block, frame,
                         setting, status)
from scene import Row, Scene, expect, expect_equal, grows_less_than

ROUTES = """upstreams:
  - {{name: origin, targets: [{{url: "{url}"}}], http2: true,
     timeouts: {{connect: 5s, first_byte: 5s, idle: 5s}}}}
routes:
  - {{name: all, match: {{path: /}}, upstream: origin, access: open, keepalive_comment: 0s}}
"""
SETTINGS_FILE = """access: {token: "file:token"}
history: {enabled: false}
limits: {interim_responses: 8, head: 128KiB}
"""
GET = b"GET /x HTTP/1.1\r\nHost: @H@\r\nTE: trailers\r\nConnection: TE\r\n\r\n"
HEAD = b"HEAD /x HTTP/1.1\r\nHost: @H@\r\n\r\n"
POST = b"POST /x HTTP/1.1\r\nHost: @H@\r\nContent-Length: 100000\r\n\r\n" + b"p" * 100000
RESET, PROTOCOL, TIMEOUT = (502, "upstream_reset"), (502, "upstream_protocol"), (504, "upstream_timeout")
OK = (200, None)


def fields(request, *more, flags=END_HEADERS | END_STREAM):
    request.line.send(frame(HEADERS, flags, request.stream, block(*more)))


def scene_with(scene, **origin):
    return Scene(scene.options, ROUTES, SETTINGS_FILE, Http2Origin(**origin))


def asked(payload, answer, verdict, times=1, is_whole=True, **origin):
    """`answer` is for the first request alone; `verdict` is of (status, code). Each request comes
    to the origin as often as `times` says. The next client is served."""
    def check(scene):
        first = []

        def once(request):
            if first:
                request.ok()
            else:
                first.append(request)
                answer(request)
        with scene_with(scene, **{"answer": once, **origin}) as own:
            got = own.ask(payload, payload.split(b" ")[0].decode())
            expect_equal((got.status, got.code), verdict, f"response ({got.content[:300]!r})")
            expect_equal(got.is_whole, is_whole, "whole")
            expect_equal(len(own.origin.seen), times, "requests at the origin")
            next_one = own.get("/next")
            expect_equal((next_one.status, next_one.content), (200, b"ok"), "the next one")
            expect(not own.origin.faults, own.origin.faults)
    return check


def pieces(*frames):
    """The frames in one write."""
    return lambda request: request.line.send(b"".join(f(request) for f in frames))


def head(number, *more, end=False):
    flags = END_HEADERS | (END_STREAM if end else 0)
    return lambda request: frame(HEADERS, flags, request.stream, status(number, *more))


def then(*actions):
    def run(request):
        for action in actions:
            action(request)
    return run


def goes_away(last):
    return lambda request: request.line.goaway(last)


def cut(request):
    time.sleep(0.05)  # what was sent before is read before the end
    request.line.cut()


def malformed(*more):
    return asked(GET, lambda request: request.head(200, (b"x-first", b"1"), *more).body(b"ok", end=True),
                 PROTOCOL)


def refused_status(text):
    return asked(GET, lambda request: request.head(text, end=True), PROTOCOL)


def empty(number):
    """The head is all; an HTTP/1.1 client sees the end (RFC 9112 6.3)."""
    def check(scene):
        with scene_with(scene, answer=lambda request: request.head(number, end=True)) as own:
            with own.client() as client:
                for _ in range(3):
                    client.send(own.placed(GET))
                    got = client.response("GET")
                    expect_equal((got.status, got.content, got.is_whole), (number, b"", True), "response")
    return check


def via(scene):
    with scene_with(scene) as own:
        name, _, pseudonym = own.get("/x").field("Via").partition(" ")
        expect_equal(name, "2", "the protocol in Via")
        expect(pseudonym.startswith("sallyport"), pseudonym)


def trailers(scene):
    def answer(request):
        request.head().body(b"abc")
        fields(request, (b"x-sum", b"1"), (b"set-cookie", b"a=b"), (b"content-length", b"3"))
    with scene_with(scene, answer=answer) as own:
        got = own.ask(GET)
        expect_equal((got.content, got.is_whole), (b"abc", True), "content")
        expect_equal(got.trailers, [("x-sum", "1")], "trailers")


def not_read(scene):
    """The origin is held back by the stream's window; the connection serves others."""
    def answer(request):
        if request.method == "GET" and not request.line.requests.get(1) is request:
            request.ok()
            return
        request.head()
        for _ in range(4096):  # 64 MiB, window or not
            request.line.send(frame(DATA, 0, request.stream, b"x" * 16384))
    with scene_with(scene, answer=answer) as own:
        own.get("/warm-up")
        with grows_less_than(own, 16), own.client(receive_buffer=4096) as client:
            client.send(own.placed(GET))
            time.sleep(1)


def leaves(scene):
    """Of a client that goes the stream alone is ended."""
    with scene_with(scene, answer=lambda request: request.head().body(b"abc")) as own:
        with own.client() as client:
            client.send(own.placed(GET))
            client.until(b"abc")
        deadline = time.monotonic() + 5
        while own.origin.seen[0].reset is None and time.monotonic() < deadline:
            time.sleep(0.01)
        expect_equal(own.origin.seen[0].reset, 8, "RST_STREAM with CANCEL")
        own.origin.answer = lambda request: request.ok()
        expect_equal(own.get("/next").content, b"ok", "the next one")
        expect_equal(len(own.origin.lines), 1, "connections")


def burst(scene):
    """Requests that begin before SETTINGS came do not wait for each other (RFC 9113 5.1.2)."""
    def answer(request):
        if len(own.origin.seen) == 4:
            for each in list(own.origin.seen):
                each.ok()
    with scene_with(scene) as own:
        own.origin.settings = setting(3, 1)
        own.origin.answer = answer
        clients = [own.client() for _ in range(4)]
        for client in clients:
            client.send(own.placed(GET))
        expect_equal([client.response().status for client in clients], [200] * 4, "responses")
        for client in clients:
            client.close()


SIZE = [(b"content-length", b"9")]
FIELDS = [
    ("capitals in its name", (b"X-Up", b"1")), ("the name Connection", (b"connection", b"close")),
    ("the name Transfer-Encoding", (b"transfer-encoding", b"chunked")),
    ("the name Keep-Alive", (b"keep-alive", b"1")), ("the name Upgrade", (b"upgrade", b"h2c")),
    ("the name Proxy-Connection", (b"proxy-connection", b"close")),
    ("a line break in its value", (b"x-a", b"1\r\nset-cookie: a=b")), ("a bare LF", (b"x-a", b"1\nb")),
    ("a NUL", (b"x-a", b"1\0b")), ("a control byte", (b"x-a", b"1\x01b")),
    ("a line break in its name", (b"x\r\nb", b"1")), ("a colon in its name", (b"x:b", b"1")),
    ("a blank in its name", (b"x b", b"1")), ("no name", (b"", b"1")),
    ("the name :status again", (b":status", b"200")), ("the name of no pseudo-header", (b":foo", b"1")),
    ("the name of a pseudo-header of requests", (b":path", b"/")),
]
MESSAGES = [
    ("less content than Content-Length says", OK, False,
     lambda r: r.head(200, *SIZE).body(b"abc", end=True)),
    ("more content than it says", OK, False,
     lambda r: r.head(200, (b"content-length", b"2")).body(b"abc", end=True)),
    ("a length and the end", PROTOCOL, True, lambda r: r.head(200, *SIZE, end=True)),
    ("a length twice", PROTOCOL, True, lambda r: r.head(200, *SIZE, *SIZE).body(b"x" * 9, end=True)),
    ("content before the head", PROTOCOL, True, lambda r: r.body(b"abc", end=True)),
    ("no status", PROTOCOL, True, lambda r: fields(r, (b"x-a", b"1"))),
    ("an interim response that ends", PROTOCOL, True, lambda r: r.head(103, end=True)),
    ("interim responses without end", PROTOCOL, True, pieces(*[head(103)] * 10000)),
    ("trailers that do not end it", OK, False,
     lambda r: fields(r.head().body(b"abc"), (b"x-t", b"1"), flags=END_HEADERS) or cut(r)),
    ("no end", OK, False, lambda r: cut(r.head().body(b"abc"))),
    ("no end, within a length", OK, False, lambda r: cut(r.head(200, *SIZE).body(b"abc"))),
    ("a reset without an error in mid-content", OK, False, lambda r: r.head().body(b"abc").rst(0)),
    ("silence in mid-content", OK, False, lambda r: r.head().body(b"abc")),
]
FLOODS = [
    ("PING", PROTOCOL, True, pieces(*[lambda r: frame(PING, 0, 0, b"x" * 8)] * 50000)),
    ("CONTINUATION", PROTOCOL, True, pieces(lambda r: frame(HEADERS, 0, r.stream, status(200)),
                                            *[lambda r: frame(CONTINUATION, 0, r.stream)] * 50000)),
    ("large CONTINUATION", PROTOCOL, True,
     pieces(lambda r: frame(HEADERS, 0, r.stream, status(200)),
            *[lambda r: frame(CONTINUATION, 0, r.stream, block((b"x", b"a" * 16000)))] * 500)),
    ("fields of one table entry", PROTOCOL, True,
     lambda r: r.line.send(frame(HEADERS, END_HEADERS, r.stream, status(200) + b"\x40\x01x\x7f\x81\x1e" +
                                 b"a" * 4000 + b"\xbe" * 12000))),
    ("PUSH_PROMISE", PROTOCOL, True,
     pieces(lambda r: frame(PUSH, END_HEADERS, r.stream, struct.pack(">I", 2)), head(200, end=True))),
    ("a window above 2^31", PROTOCOL, True,
     pieces(lambda r: frame(WINDOW, 0, 0, struct.pack(">I", 0x7FFFFFFF)), head(200, end=True))),
    ("SETTINGS, which are taken", OK, True,
     lambda r: (r.line.send(frame(SETTINGS, 0, 0, setting(4, 65535)) * 500), r.ok())),
    ("empty DATA, which is taken", OK, True,
     lambda r: (r.head(), r.line.send(frame(DATA, 0, r.stream) * 50000), r.body(b"", end=True))),
    ("padding, which is taken", OK, True,
     lambda r: (r.head(), r.line.send(frame(DATA, PADDED, r.stream, b"\xffx" + bytes(255)) * 8000),
                r.body(b"", end=True))),
]
AGAIN = [
    ("REFUSED_STREAM to a POST: it goes again", POST, lambda r: r.rst(REFUSED_STREAM), OK, 2),
    ("REFUSED_STREAM after an interim response: it does not", POST,
     lambda r: r.head(103).rst(REFUSED_STREAM), RESET, 1),
    ("RST_STREAM to a POST: it does not", POST, lambda r: r.rst(INTERNAL_ERROR), RESET, 1),
    ("RST_STREAM without an error to a POST: it does not", POST, lambda r: r.rst(0), RESET, 1),
    ("GOAWAY before a POST: it goes again", POST, goes_away(0), OK, 2),
    ("GOAWAY before a POST, and the end", POST, then(goes_away(0), cut), OK, 2),
    ("GOAWAY after a POST, and the end: it does not", POST, then(goes_away(1), cut), RESET, 1),
    ("GOAWAY far after a POST, and the end: it does not", POST, then(goes_away(0x7FFFFFFF), cut), RESET, 1),
    ("GOAWAY after a POST, and its response", POST, then(goes_away(1), lambda r: r.ok()), OK, 1),
    ("the end of the connection with a POST: it does not", POST, cut, RESET, 1),
    ("its reset with a POST: it does not", POST, lambda r: r.line.cut(reset=True), RESET, 1),
]
ROWS = (
    [Row(f"HTTP/2: a field with {n}", "RFC 9113 8.2", malformed(f)) for n, f in FIELDS] +
    [Row(f"HTTP/2: {n}", "RFC 9113 8.1", asked(GET, answer, verdict, is_whole=whole))
     for n, verdict, whole, answer in MESSAGES] +
    [Row(f"HTTP/2: a flood of {n}", "CVE-2019-9512 to 9518, CVE-2024-28182",
         asked(GET, answer, verdict, is_whole=whole)) for n, verdict, whole, answer in FLOODS] +
    [Row(f"HTTP/2: {n}", "RFC 9113 8.7", asked(payload, answer, verdict, times))
     for n, payload, answer, verdict, times in AGAIN] +
    [Row(f"HTTP/2: the status {t}", "RFC 9110 15", refused_status(t.encode()))
     for t in ("000", "099", "101", "20", "2000", "200 OK", "-20", "abc")] +
    [Row(f"HTTP/2: {n} and its head is all", "RFC 9112 6.3", empty(n)) for n in (200, 204, 302, 404, 999)] +
    [Row("HTTP/2: content in the response to HEAD", "RFC 9110 9.3.2",
         asked(HEAD, lambda r: r.head(200, *SIZE, end=True), OK)),
     Row("HTTP/2: GOAWAY to each connection ends it", "RFC 9113 6.8",
         lambda scene: _always(scene, lambda r: r.line.goaway(0), RESET)),
     Row("HTTP/2: no window for a request", "RFC 9113 6.9.2",
         asked(POST, lambda r: r.ok(), TIMEOUT, settings=setting(4, 0), gives_window=False)),
     Row("HTTP/2: Via says by which protocol the response came", "RFC 9110 7.6.3", via),
     Row("HTTP/2: trailers that are none are dropped", "RFC 9110 6.5.1", trailers),
     Row("HTTP/2: a response that nobody reads", "RFC 9113 5.2", not_read),
     Row("HTTP/2: a client that leaves", "RFC 9113 5.4.2", leaves),
     Row("HTTP/2: one stream at a time", "RFC 9113 5.1.2", burst)])


def _always(scene, answer, verdict):
    with scene_with(scene, answer=answer) as own:
        got = own.ask(POST, "POST")
        expect_equal((got.status, got.code), verdict, "response")
        expect_equal(len(own.origin.seen), 2, "requests at the origin")
