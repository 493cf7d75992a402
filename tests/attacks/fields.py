# SPDX-License-Identifier: MIT
"""Fields that end at a hop, fields that origins fold into others, trailers (RFC 9110 6.5, 7.6)."""

import base64

from scene import KEY, TOKEN, Row, expect, expect_equal, one_reading, table


def field(lines, target=b"@T@/x"):
    return b"GET " + target + b" HTTP/1.1\r\nHost: @H@\r\n" + lines + b"\r\n\r\n"


def chunked(trailers, fields=b"", target=b"/x"):
    return (b"POST " + target + b" HTTP/1.1\r\nHost: @H@\r\n" + fields
            + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" + trailers + b"\r\n")


HOP = ("Proxy-Connection", "Keep-Alive", "TE", "Upgrade", "Proxy-Authorization", "X-A", "X-B")
ROWS = table([
    ("what Connection names ends here, in every spelling",
     "RFC 9110 7.6.1; CVE-2022-31813 (Apache)",
     field(b"X-A: 1\r\nConnection: x-a\r\nconnection: , X-b ,close\r\nX-B: 2"),
     one_reading(b"", without=("X-A", "X-B"))),
    ("an empty Connection before a list hides nothing", "CVE-2021-33197 (Go)",
     field(b"Connection:\r\nConnection: X-A\r\nX-A: 1"), one_reading(b"", without=("X-A",))),
    ("fixed hop-by-hop fields end here though nobody names them", "RFC 9110 7.6.1",
     field(b"Proxy-Connection: keep-alive\r\nKeep-Alive: timeout=1\r\nTE: gzip\r\nUpgrade: h9\r\n"
           b"Proxy-Authorization: Basic eDp5"), one_reading(b"", without=HOP)),
    ("Connection cannot take Host away", "Davison 2019", field(b"Connection: Host"),
     one_reading(b"")),
    ("Connection cannot take what a route sets", "CVE-2022-31813 (Apache); Davison 2019",
     field(b"Connection: close, X-User", b"/ruled"),
     one_reading(b"", "/ruled", fields=[("X-User", "proxy")], modes=("gateway",))),
    ("Connection cannot take the credential away", "Davison 2019; CVE-2022-31813",
     field(b"Connection: Authorization, x-api-key", b"/keyopen"),
     one_reading(b"", "/keyopen", fields=[("Authorization", f"Bearer {KEY}")], modes=("gateway",))),
    ("h2c is not switched to", "Bishop Fox 2020, h2c smuggling",
     field(b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA"),
     one_reading(b"", without=("HTTP2-Settings",))),
    ("a client's value of a set field is replaced", "CWE-290; RFC 9110 7.7",
     field(b"X-User: admin\r\nx-user: root", b"/ruled"),
     lambda scene, payload: _only(scene, payload, "X-User", ["proxy"])),
    ("a set field has no second spelling with an underscore",
     "RFC 3875 4.1.18; CVE-2024-45614 (puma)",
     field(b"X_User: admin", b"/ruled"), lambda scene, payload: _folded(scene, payload, "x-user", 1)),
    ("a removed field has no second spelling with an underscore", "RFC 3875 4.1.18",
     field(b"X_Debug: 1\r\nx-debug: 1", b"/ruled"),
     lambda scene, payload: _folded(scene, payload, "x-debug", 0)),
    ("beside a bearer no second spelling of x-api-key passes", "RFC 3875 4.1.18",
     field(b"x_api_key: client\r\nAuthorization: client\r\nX-Api_Key: client", b"/keyopen"),
     lambda scene, payload: _folded(scene, payload, "x-api-key", 0)),
    ("beside an x-api-key no second spelling of it passes", "RFC 3875 4.1.18",
     field(b"x_api_key: client\r\nX_Api-Key: client\r\nauthorization: client", b"/keyedx"),
     lambda scene, payload: _folded(scene, payload, "x-api-key", 1)),
    ("Max-Forwards of TRACE counts down", "RFC 9110 7.6.2",
     b"OPTIONS @T@/x HTTP/1.1\r\nHost: @H@\r\nMax-Forwards: 3\r\n\r\n",
     one_reading(b"", fields=[("Max-Forwards", "2")], modes=("forward",))),
    ("a Max-Forwards that is no number harms nothing", "RFC 9110 7.6.2",
     b"OPTIONS @T@/x HTTP/1.1\r\nHost: @H@\r\nMax-Forwards: -1\r\n\r\n",
     lambda scene, payload: _answered(scene, payload)),
    ("two fields that are equal both pass, in their order", "RFC 9110 5.3",
     field(b"X-R: b\r\nX-R: a"), lambda scene, payload: _only(scene, payload, "X-R", ["b", "a"])),
    ("a TE of trailers asks for nothing behind our back", "RFC 9110 10.1.4",
     field(b"TE: trailers\r\nConnection: TE"), lambda scene, payload: _answered(scene, payload)),
    ("Range of a thousand parts passes as one field, and once", "CVE-2011-3192 (Apache)",
     field(b"Range: bytes=" + b",".join(b"%d-" % n for n in range(1000))), one_reading(b"")),
    ("a Range that overflows is passed on and not computed with", "CVE-2017-7529 (nginx)",
     field(b"Range: bytes=-17208,-9223372036854758792"), one_reading(b"")),
    ("X-Forwarded-For of 60 KiB does not overflow a stack", "CVE-2023-50269 (squid)",
     field(b"X-Forwarded-For: " + b"127.0.0.1," * 6000), one_reading(b"")),
    ("a Cookie with odd bytes is passed as it came", "RFC 9110 5.5",
     field(b"Cookie: a=\xff\xfe; $Version=1; b=\"\\\""),
     one_reading(b"", fields=[("Cookie", "a=\xff\xfe; $Version=1; b=\"\\\"")])),
    ("a trailer does not come to the next client's request",
     "CVE-2025-53643 (aiohttp); RFC 9110 6.5.1",
     chunked(b"X-Remote-User: admin\r\n"), lambda scene, payload: _no_trailers(scene, payload)),
    ("a trailer does not bring back what a route removes", "RFC 9110 6.5.1",
     chunked(b"X-Debug: 1\r\nX-User: admin\r\nX_User: admin\r\n", target=b"/ruled"),
     lambda scene, payload: _no_trailers(scene, payload)),
    ("a trailer that was announced is dropped as well", "RFC 9110 6.6.2",
     chunked(b"X-Sum: 1\r\n", b"Trailer: X-Sum\r\nTE: trailers\r\n"),
     lambda scene, payload: _no_trailers(scene, payload)),
    ("a credential in a trailer is dropped", "RFC 9110 6.5.1",
     chunked(b"Authorization: Bearer x\r\nCookie: a=b\r\n", target=b"/keyopen"),
     lambda scene, payload: _no_trailers(scene, payload)),
    ("a trailer in forward mode is dropped", "RFC 9110 6.5.1",
     chunked(b"X-Remote-User: admin\r\n", target=b"http://@O@/x").replace(b"@H@", b"@O@"),
     lambda scene, payload: _no_trailers(scene, payload)),
    ("a Via of ours is a loop", "RFC 9110 7.6.3; Chen et al. 2016, Forwarding-Loop Attacks",
     b"", lambda scene, payload: _loop(scene)),
    ("a Via without a bound is passed or refused, and kept", "RFC 9110 7.6.3",
     field(b"Via: " + b", ".join(b"1.1 p%d" % n for n in range(2000))),
     lambda scene, payload: _answered(scene, payload)),
    ("content_length with an underscore frames nothing", "RFC 3875 4.1.18",
     b"POST @T@/x HTTP/1.1\r\nHost: @H@\r\nContent_Length: 9\r\nTransfer_Encoding: chunked\r\n"
     b"Content-Length: 5\r\n\r\nhello", one_reading(b"hello", fields=[("Content-Length", "5")])),
    ("a field of the framing in a list of Connection is refused or kept", "Davison 2019",
     b"POST @T@/x HTTP/1.1\r\nHost: @H@\r\nConnection: content-length,host,authorization\r\n"
     b"Content-Length: 5\r\n\r\nhello", one_reading(b"hello")),
    ("an Upgrade in HTTP/1.0 is not relayed", "RFC 9110 7.8",
     b"GET @T@/x HTTP/1.0\r\nHost: @H@\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
     lambda scene, payload: _answered(scene, payload)),
])


def _seen(scene, payload):
    scene.origin.clear()
    got = scene.ask(payload, payload.split(b" ")[0].decode())
    expect_equal(got.status, 200, f"status ({got.content[:200]!r})")
    seen = scene.settle()
    expect_equal(len(seen), 1, "requests at the origin")
    return seen[0]


def _only(scene, payload, name, values):
    expect_equal(_seen(scene, payload).all(name), values, name)


def _folded(scene, payload, name, count):
    """How a CGI would name it: at most one line, and of the client's nothing."""
    seen = _seen(scene, payload)
    same = [(n, v) for n, v in seen.fields if n.lower().replace("_", "-") == name]
    expect_equal(len(same), count, f"lines that a CGI reads as {name}: {same}")
    expect(all(v in ("proxy", KEY) for _, v in same), f"the client's own came through: {same}")


def _no_trailers(scene, payload):
    seen = _seen(scene, payload)
    expect_equal(seen.content, b"hello", "content")
    expect_equal(seen.trailers, [], "trailers at the origin")


def _answered(scene, payload):
    """Passed on once or refused, and the next request is its own."""
    scene.origin.clear()
    got = scene.ask(payload, payload.split(b" ")[0].decode())
    expect(got.status in (200, 400, 431), f"status {got.status}")
    expect_equal(len(scene.settle()), 1 if got.status == 200 else 0, "requests at the origin")


def _loop(scene):
    """What we add to Via comes back to us from an origin that forwards to us."""
    scene.origin.clear()
    expect_equal(scene.ask(b"GET /x HTTP/1.1\r\nHost: @H@\r\n\r\n").status, 200, "first")
    via = scene.settle()[0].field("Via")
    expect(via, "no Via at the origin")
    scene.origin.clear()
    got = scene.get("/x", f"Via: 1.0 fred, {via}\r\n")
    expect_equal((got.status, got.code), (508, "loop"), "the second time around")
    scene.nothing_forwarded()


def _token_stays(how, value):
    def check(scene):
        scene.origin.clear()
        got = scene.get("/x", f"{how}: {value}\r\n")
        expect(got.status in (200, 400, 401, 403), f"status {got.status}")
        for seen in scene.settle():
            expect(TOKEN.encode() not in seen.raw, "the local token left the machine")
            expect(value.split(" ")[-1].encode() not in seen.raw, "the token left, encoded")
    return check


def _basic():
    return "Basic " + base64.b64encode(f"x:{TOKEN}".encode()).decode()


ROWS += [
    Row("the token as a Bearer does not leave the machine", "CWE-522",
        _token_stays("Authorization", f"Bearer {TOKEN}")),
    Row("the token as x-api-key does not leave the machine", "CWE-522",
        _token_stays("x-api-key", TOKEN)),
    Row("the token as a password of Basic does not leave the machine", "RFC 7617 2",
        _token_stays("Authorization", _basic())),
    Row("the token as a bearer in an odd case does not leave the machine", "RFC 9110 11.1",
        _token_stays("aUTHORIZATION", f"bEARER   {TOKEN}")),
    Row("the token in Proxy-Authorization does not leave the machine", "RFC 9110 11.7.2",
        _token_stays("Proxy-Authorization", f"Bearer {TOKEN}")),
]
