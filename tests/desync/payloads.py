# SPDX-License-Identifier: MIT
"""What is sent: the tables of tests/attacks, the corpora of the fuzzers, and mutations of both and
of requests that are well formed. A seed makes the same again. @T@ and @H@ are as in the tables."""

import importlib
import pathlib
import random
import re

TESTS = pathlib.Path(__file__).parent.parent
TABLES = ("framing", "chunks", "lines", "fields", "targets")
POST = b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\n"
FINE = [
    b"GET @T@/a?b=c HTTP/1.1\r\nHost: @H@\r\nX: y\r\n\r\n",
    b"HEAD @T@/a HTTP/1.1\r\nHost: @H@\r\n\r\n",
    b"OPTIONS @T@/a HTTP/1.1\r\nHost: @H@\r\nContent-Length: 3\r\n\r\nabc",
    b"DELETE @T@/a/%2F;x HTTP/1.1\r\nHost: @H@\r\nContent-Length: 0\r\n\r\n",
    b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\nContent-Length: 5\r\n\r\nhello",
    b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\nContent-Length: 38\r\nX: y\r\n\r\n"
    b"GET /hidden HTTP/1.1\r\nHost: hidden\r\n\r\n",
    b"PUT @T@/a HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-T: y\r\n\r\n",
    b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"1f\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n0\r\n\r\n",
    b"POST @T@/a HTTP/1.1\r\nHost: @H@\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
    b"POST @T@/a HTTP/1.0\r\nHost: @H@\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
    b"GET @T@/a HTTP/1.1\r\nHost: @H@\r\nConnection: X, keep-alive\r\nX: y\r\n\r\n"
    b"POST @T@/b HTTP/1.1\r\nHost: @H@\r\nContent-Length: 5\r\n\r\nhello",
    b"GET @T@/a HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    b"GET @T@/a HTTP/1.1\r\nHost: @H@\r\nTE: trailers\r\nCookie: a=b\r\nAccept-Encoding: gzip\r\n"
    b"Range: bytes=0-1\r\nIf-None-Match: \"x\"\r\n\r\n",
]
LINES = [
    b"Content-Length: 5", b"Content-Length: 0", b"content-length: 05", b"Content-Length: 5, 5",
    b"Content-Length: +5", b"Content-Length: 5 ", b"Content-Length:\t5", b"Content_Length: 9",
    b"Content-Length : 5", b"Content-Length: 0x5", b"X-Content-Length: 5", b"Content-Length:",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: Chunked", b"Transfer-Encoding: chunked ",
    b"Transfer-Encoding:\tchunked", b"Transfer-Encoding : chunked", b"Transfer_Encoding: chunked",
    b"Transfer-Encoding: identity", b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: ,chunked", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
    b"Transfer-Encoding:\r\n chunked", b"Transfer-Encoding: \x0bchunked",
    b"Transfer-Encoding: \x85chunked", b"TE: chunked", b"Connection: close",
    b"Connection: keep-alive", b"Connection: Content-Length", b"Connection: Transfer-Encoding",
    b"Connection: Host", b"Connection: upgrade", b"Upgrade: h2c", b"Expect: 100-continue",
    b"Expect: 100-Continue ", b"Expect: x", b"Trailer: Content-Length", b"X: y\r\n z",
    b"X: y\rZ: z", b"X: y\nContent-Length: 5", b": x", b"X", b"\x00: y", b"Host: evil",
    b"host: @H@", b" Host: @H@", b"Keep-Alive: timeout=1", b"Proxy-Connection: close",
    b"X: " + b"y" * 4000, b"Max-Forwards: 0", b"Via: 1.1 x",
    b"Content-Type: multipart/byteranges; boundary=x",
]
BYTES = [
    b"\r", b"\n", b"\r\n", b"\0", b" ", b"\t", b"\x0b", b"\x0c", b"\x85", b"\xa0", b"\xff", b":",
    b";", b",", b"\"", b"\\", b"#", b"?", b"/", b"_", b"+", b"-", b"0", b"5", b"%", b"%0d%0a",
    b"%00", b"@@",
]


def of_the_tables():
    rows = [row for name in TABLES for row in importlib.import_module(name).ROWS]
    return [row.payload for row in rows if row.payload]


def of_the_corpora():
    """Requests as they are, and to our Host; contents of chunks and of others in a request."""
    out = []
    for path in sorted(TESTS.glob("*/fuzz/corpus/*/*")):
        data, kind = path.read_bytes(), path.parent.name
        if kind == "request":
            out += [data, re.sub(rb"(?im)^host:[^\r\n]*", b"Host: @H@", data)]
        elif kind == "chunked":
            out.append(POST + b"Transfer-Encoding: chunked\r\n\r\n" + data)
        elif len(data) < 4096:
            out += [data, POST + b"Content-Length: %d\r\n\r\n" % len(data) + data]
    return out


def of_responses():
    return [path.read_bytes() for path in sorted(TESTS.glob("http/fuzz/corpus/response/*"))]


def _lines(data):
    head, mark, rest = data.partition(b"\r\n\r\n")
    return head.split(b"\r\n"), mark + rest


def _insert_line(chance, data):
    lines, rest = _lines(data)
    lines.insert(chance.randint(1, len(lines)), chance.choice(LINES))
    return b"\r\n".join(lines) + rest


def _drop_line(chance, data):
    lines, rest = _lines(data)
    if len(lines) > 1:
        lines.pop(chance.randrange(1, len(lines)))
    return b"\r\n".join(lines) + rest


def _double_line(chance, data):
    lines, rest = _lines(data)
    line = chance.choice(lines)
    again = chance.choice([line, line.swapcase(), line.replace(b"-", b"_")])
    lines.insert(chance.randint(1, len(lines)), again)
    return b"\r\n".join(lines) + rest


def _join_lines(chance, data):
    places = [match.start() for match in re.finditer(b"\r\n", data)]
    if not places:
        return data
    place = chance.choice(places)
    ends = [b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n ", b" \r\n", b"\0\r\n"]
    return data[:place] + chance.choice(ends) + data[place + 2:]


def _put_byte(chance, data):
    place = chance.randint(0, min(len(data), 2000))
    cut = chance.choice([0, 0, 1])
    return data[:place] + chance.choice(BYTES) + data[place + cut:]


def _drop_bytes(chance, data):
    place = chance.randint(0, len(data))
    return data[:place] + data[place + chance.randint(1, 3):]


def _number(chance, data):
    numbers = list(re.finditer(rb"\b[0-9a-f]{1,6}\b", data))
    if not numbers:
        return data
    match = chance.choice(numbers)
    was, value = match[0], int(match[0], 16)
    new = chance.choice([
        b"%x" % (value + 1), b"%x" % max(0, value - 1), b"0" + was, b"%X" % value, b"0x" + was,
        b"+" + was, was + b" ", b" " + was, b"-1", was + b";a", was + b";a=\"b\"",
        b"%d" % (value + (1 << 32)), b"1" + b"0" * 16 + was, b""])
    return data[:match.start()] + new + data[match.end():]


def _splice(chance, data, others):
    other = chance.choice(others)
    return data[:chance.randint(0, len(data))] + other[chance.randint(0, len(other)):]


STEPS = (_insert_line, _insert_line, _drop_line, _double_line, _join_lines, _put_byte, _put_byte,
         _drop_bytes, _number, _number)


def mutations(count, seed, bases, often=()):
    """Of `bases`, and more often of what is in `often`; no two alike, nor like a base."""
    chance = random.Random(seed)
    out, known = [], set(bases)
    while len(out) < count:
        data = chance.choice(often if often and chance.random() < 0.6 else bases)
        for _ in range(chance.choice([1, 1, 1, 2, 2, 3])):
            step = chance.random()
            if step < 0.08:
                data = _splice(chance, data, bases)
            elif step < 0.14:
                data += chance.choice(bases)
            else:
                data = chance.choice(STEPS)(chance, data)
        if data not in known and len(data) < 200_000:
            known.add(data)
            out.append(data)
    return out


RESPONSES = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"9\r\ndata: x\n\n\r\n0\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    b"HTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 5\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
]
