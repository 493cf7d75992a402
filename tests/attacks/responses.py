# SPDX-License-Identifier: MIT
"""Responses that are read in two ways: a 502, a cut that shows, or one reading; never a part of the
next response, and never something whole that is not (RFC 9112 6.3, 8)."""

import gzip
import threading

from recorder import OK, Close
from scene import Row, expect, expect_equal, fresh, grows_less_than
from wire import SECONDS

QUEUE = "Doyhenard 2021, Response Smuggling"
HIDDEN = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"


def ok(fields, content=b"hello"):
    return b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n\r\n" + content


def chunked(content):
    return ok(b"Transfer-Encoding: chunked", content)


def _play(scene, steps):
    """What the client gets; then the next one gets its own."""
    scene.origin.clear()
    scene.settle()
    scene.origin.play("/odd", *steps)
    got = scene.get("/odd")
    scene.settle()
    return got


def bad(name, source, *steps):
    def check(scene):
        got = _play(scene, steps)
        expect_equal(got.status, 502, "status")
        expect(got.is_whole and (got.code or "").startswith("upstream_"), f"code {got.code}")
        expect(b"poison" not in got.content, "what the origin said is in our response")
    return Row(f"{name} is a 502", source, check)


def cut(name, source, *steps):
    def check(scene):
        got = _play(scene, steps)
        expect(not got.is_whole, f"it was passed off as whole: {got.status} {got.content[:200]!r}")
    return Row(f"{name} is a cut that shows", source, check)


def whole(name, source, content, *steps):
    def check(scene):
        got = _play(scene, steps)
        expect_equal((got.status, got.is_whole, got.content), (200, True, content), "response")
    return Row(name, source, check)


GATE = b"Content-Length: 5"
ROWS = [
    bad("a response without a status line", "RFC 9112 2.1", b"<html>poison</html>", Close),
    bad("a status line of another protocol", "RFC 9112 4",
        b"ICY 200 OK\r\n" + GATE + b"\r\n\r\nhello"),
    bad("a status line of HTTP/2", "RFC 9112 2.3",
        b"HTTP/2.0 200 OK\r\n" + GATE + b"\r\n\r\nhello"),
    bad("a status of two digits", "RFC 9112 4", b"HTTP/1.1 99 X\r\n" + GATE + b"\r\n\r\nhello"),
    bad("a status of four digits", "RFC 9112 4", b"HTTP/1.1 2000 X\r\n" + GATE + b"\r\n\r\nhello"),
    bad("a status with a sign", "RFC 9112 4", b"HTTP/1.1 +200 X\r\n" + GATE + b"\r\n\r\nhello"),
    bad("a carriage return in the reason", "CVE-2022-37436 (Apache)",
        b"HTTP/1.1 200 O\rK\r\n" + GATE + b"\r\n\r\nhello"),
    bad("bare line feeds for line ends", "RFC 9112 2.2",
        b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
    bad("a folded field", "RFC 9112 5.2", ok(b"X: a\r\n b\r\n" + GATE)),
    bad("a name with a blank", "RFC 9112 5.1", ok(b"Content Length: 3\r\n" + GATE)),
    bad("an empty name", "CVE-2023-25725 (HAProxy)", ok(b": y\r\n" + GATE)),
    bad("a NUL in a value", "CVE-2019-9900 (Envoy)", ok(b"X: a\0b\r\n" + GATE)),
    bad("a carriage return in a value", "CVE-2023-25690 (Apache)",
        ok(b"X: a\rSet-Cookie: b\r\n" + GATE)),
    bad("a line feed in a value", "CVE-2022-37436 (Apache)", ok(b"X: a\nSet-Cookie: b\r\n" + GATE)),
    bad("two lengths that differ", QUEUE, ok(b"Content-Length: 5\r\nContent-Length: 0")),
    bad("a list of lengths that differ", QUEUE, ok(b"Content-Length: 5, 0")),
    bad("a length beside chunked", "CVE-2021-39214 (mitmproxy); RFC 9112 6.3",
        ok(b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n")),
    bad("a negative length", "RFC 9110 8.6", ok(b"Content-Length: -1")),
    bad("a length that wraps 64 bits", "RFC 9110 8.6", ok(b"Content-Length: 18446744073709551621")),
    bad("an empty length", "CVE-2023-40225 (HAProxy)", ok(b"Content-Length:")),
    bad("a coding that is unknown", "RFC 9112 6.1", ok(b"Transfer-Encoding: x", b"poison")),
    bad("chunked before another coding", "RFC 9112 6.3",
        ok(b"Transfer-Encoding: chunked, gzip", b"5\r\nhello\r\n0\r\n\r\n")),
    bad("a vertical tab before chunked", "CVE-2019-18277 (HAProxy)",
        ok(b"Transfer-Encoding: \x0bchunked", b"5\r\nhello\r\n0\r\n\r\n")),
    bad("chunked in HTTP/1.0", "RFC 9112 6.1",
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    bad("a 101 that nobody asked for", "RFC 9110 15.2.2; CVE-2024-23326 (Envoy)",
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
        + HIDDEN),
    bad("a flood of interim responses", "CVE-2024-24791 (Go); RFC 9110 15.2",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 5000 + OK),
    bad("a flood of 100 that nobody expects", "RFC 9110 15.2.1",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 5000 + OK),
    bad("a head without a bound", "CVE-2018-12121 (Node)", ok(b"X: " + b"y" * 200000)),
    bad("fields without a bound", "CVE-2011-4885",
        ok(b"\r\n".join(b"X%d: y" % n for n in range(2000)))),
    bad("an end in mid-head", "RFC 9112 8", b"HTTP/1.1 200 OK\r\nContent-Len", Close),
    bad("an end after an interim response", "RFC 9112 8", b"HTTP/1.1 103 X\r\n\r\n", Close),
    cut("an end before the length is there", "RFC 9112 8", ok(b"Content-Length: 10"), Close),
    cut("an end without a last chunk", "RFC 9112 8; Pironti 2013",
        chunked(b"5\r\nhello\r\n"), Close),
    cut("an end in the last chunk", "RFC 9112 7.1", chunked(b"5\r\nhello\r\n0\r\n"), Close),
    cut("a chunk size with 0x", "RFC 9112 7.1",
        chunked(b"5\r\nhello\r\n0x1\r\nx\r\n0\r\n\r\n"), Close),
    cut("a chunk size that wraps", "CVE-2017-7657; RFC 9112 7.1",
        chunked(b"5\r\nhello\r\n10000000000000001\r\nx\r\n0\r\n\r\n"), Close),
    cut("a line feed after a chunk size", "CVE-2025-22871 (Go)",
        chunked(b"5\nhello\n0\n\n"), Close),
    cut("a chunk that spills over", "Weikop 2025, Funky chunks",
        chunked(b"4\r\nhello\r\n0\r\n\r\n"), Close),
    cut("an extension without a bound", "CVE-2024-22019 (Node)",
        chunked(b"1;" + b"a" * 20000 + b"\r\nx\r\n0\r\n\r\n"), Close),
    cut("trailers without a bound", "CVE-2023-46589 (Tomcat)",
        chunked(b"5\r\nhello\r\n0\r\n" + b"X: y\r\n" * 20000 + b"\r\n"), Close),
    whole("a second response after a length is nobody's", QUEUE,
          b"hello", ok(GATE, b"hello" + HIDDEN)),
    whole("a second response after chunks is nobody's", QUEUE, b"hello",
          chunked(b"5\r\nhello\r\n0\r\n\r\n" + HIDDEN)),
    whole("content after a length of none is nobody's", QUEUE,
          b"", ok(b"Content-Length: 0", HIDDEN)),
    whole("equal lengths in a list are one", "RFC 9112 6.3", b"hello", ok(b"Content-Length: 5, 5")),
    whole("a response by the end of the connection is whole", "RFC 9112 6.3",
          b"hello", ok(b"X: y"), Close),
]


def _nobody(scene, method, steps, status):
    """A response that has no content whatever its fields say (RFC 9112 6.3)."""
    scene.origin.clear()
    scene.origin.play("/odd", *steps)
    with scene.client() as client:
        client.send(scene.placed(f"{method} /odd HTTP/1.1\r\nHost: @H@\r\n\r\n"
                                 "GET /after HTTP/1.1\r\nHost: @H@\r\n\r\n".encode()))
        expect_equal(client.response(method).status, status, "status")
        expect_equal(client.response().content, b"ok", "the next one on the same connection")
    scene.settle()


def _late(scene):
    """A response that comes before anybody asked ends its connection, and is not the next one's."""
    ended = threading.Event()

    def unasked(connection, _):
        connection.send(HIDDEN)
        connection.stream.settimeout(20)
        try:
            if connection.stream.recv(1):
                return
        except ConnectionResetError:
            pass
        ended.set()

    scene.origin.clear()
    scene.origin.drop()
    scene.origin.play("/first", lambda connection, _: connection.send(ok(GATE)), unasked)
    expect_equal(scene.get("/first").content, b"hello", "the first")
    # A request that is already on its way cannot be told from one that this response is for.
    expect(ended.wait(20), "the connection goes on after a response that nobody asked for")
    for _ in range(5):
        expect_equal(scene.get("/second").content, b"ok", "the next one")


def _split(scene):
    """A line end in a value of the client does not come into a response (CWE-113)."""
    scene.origin.clear()
    for target in ("/away?%0d%0aSet-Cookie:%20a=b", "/nowhere%0d%0aX:%20y", "/down?%0aX:y"):
        got = scene.get(target)
        expect(not got.all("Set-Cookie") and not got.all("X"), f"{target}: {got.head!r}")


def _bomb(scene):
    """1 GiB of zeros in 1 MiB: passed on as it is; what reads along stops in time."""
    packed = gzip.compress(b'{"usage":"' + b"\0" * (64 << 20), 9) * 16
    scene.origin.clear()
    scene.origin.play("/v1/bomb", ok(b"Content-Type: application/json\r\nContent-Encoding: gzip\r\n"
                                     b"Content-Length: %d" % len(packed), packed))
    scene.get("/v1/bomb")
    with grows_less_than(scene, 48):
        for _ in range(4):
            expect_equal(len(scene.get("/v1/bomb").content), len(packed), "content")
        scene.settle()


def _endless_line(scene):
    """An event without an end, of 64 MiB, is not collected."""
    def endless(connection, _):
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ")
        for _ in range(1024):
            connection.send(b"x" * 65536)
        return Close

    scene.origin.clear()
    scene.origin.play("/sse/endless", endless)
    with grows_less_than(scene, 48):
        got = scene.get("/sse/endless")
        expect_equal(len(got.content), 6 + (64 << 20), "content")


def _commented(scene):
    """A stream that is silent for longer than keepalive_comment gets a comment."""
    seen = threading.Event()

    def stream(connection, _):
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n"
                        b"data: a\n\n")
        seen.wait(SECONDS)
        return Close

    scene.origin.clear()
    scene.origin.play("/sse/quiet", stream)
    with scene.client() as client:
        client.send(scene.placed(b"GET /sse/quiet HTTP/1.1\r\nHost: @H@\r\n\r\n"))
        client.until(b"data: a\n\n")
        client.until(b":")
        seen.set()


def untouched(content_type, first, late):
    """No comment comes between the two, though the origin says nothing for 1.6 s."""
    def check(scene):
        def stream(connection, _):
            connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: " + content_type + b"\r\n\r\n" + first)
            connection.stream.settimeout(1.6)
            try:
                connection.stream.recv(1)
            except TimeoutError:
                pass
            connection.send(late)
            return Close

        scene.origin.clear()
        scene.origin.play("/sse/quiet", stream)
        expect_equal(scene.get("/sse/quiet").content, first + late, "content")
    return check


ROWS += [
    Row("a HEAD has no content whatever the length says", "RFC 9112 6.3; Doyhenard 2021",
        lambda scene: _nobody(scene, "HEAD", [b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"], 200)),
    Row("a 204 has no content whatever the length says", "RFC 9110 15.3.5",
        lambda scene: _nobody(scene, "GET", [b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"], 204)),
    Row("a 304 has no content whatever the length says", "RFC 9112 6.3",
        lambda scene: _nobody(scene, "GET", [b"HTTP/1.1 304 X\r\nContent-Length: 500\r\n\r\n"], 304)),
    Row("a response that nobody asked for is nobody's", QUEUE, _late),
    Row("a line end in a target splits no response", "CVE-2020-7695 (uvicorn); CWE-113", _split),
    Row("a response that unpacks to 1 GiB takes no memory", "CWE-409", fresh(_bomb)),
    Row("an event of 64 MiB takes no memory", "CWE-770", fresh(_endless_line)),
    Row("an event stream that is silent gets a comment", "WHATWG 9.2.7",
        _commented),
    Row("a type that only begins like an event stream gets none", "RFC 9110 8.3.1",
        untouched(b"text/event-streamlike", b"", b"data: x\n\n")),
    Row("a type with a suffix gets none", "RFC 9110 8.3.1",
        untouched(b"text/event-stream+json", b"", b"data: x\n\n")),
    Row("no comment comes before a late byte order mark", "WHATWG 9.2.5",
        untouched(b"text/event-stream", b"", b"\xef\xbb\xbfdata: x\n\n")),
    Row("no comment comes into the middle of an event", "WHATWG 9.2.5",
        untouched(b"text/event-stream", b"data: a", b"b\n\n")),
]
