# SPDX-License-Identifier: MIT
"""Tunnels that one side believes in and the other does not (RFC 9110 7.8, RFC 6455 4)."""

from recorder import OK, Close
from scene import SMUGGLED, Row, expect, expect_equal

SMUGGLE = "0ang3el 2019, WebSocket smuggling"
SWITCH = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")


def asks(more="", upgrade="websocket", version="13", method="GET"):
    return (f"{method} @T@/ws HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\nUpgrade: {upgrade}\r\n"
            f"Sec-WebSocket-Version: {version}\r\n{more}"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode()


def refused_upgrade(status, request=None):
    """The origin does not switch: what follows is a request of its own, seen and logged by us."""
    def check(scene):
        for mode in ("gateway", "forward"):
            scene.origin.clear()
            scene.origin.play("/ws", b"HTTP/1.1 %d X\r\nContent-Length: 2\r\n\r\nno" % status)
            with scene.client() as client:
                client.send(scene.placed(request or asks(), mode))
                got = client.response()
                expect(got.status in (status, 400, 501), f"{mode}: status {got.status}")
                client.send(scene.placed(b"GET @T@/admin HTTP/1.1\r\nHost: @H@\r\n\r\n", mode))
                if mode == "gateway" and got.all("Connection") != ["close"]:
                    expect_equal(client.response().status, 403, "a blocked path after it")
            seen = [s.path for s in scene.settle()]
            expect("/admin" not in seen or mode == "forward", f"the origin saw {seen}")
    return check


def _early(scene):
    """Bytes that a client sends with its upgrade are no request that was not looked at."""
    scene.origin.clear()
    scene.origin.play("/ws", b"HTTP/1.1 426 X\r\nContent-Length: 0\r\n\r\n")
    with scene.client() as client:
        client.send(scene.placed(asks() + b"GET /admin HTTP/1.1\r\nHost: @H@\r\n\r\n"))
        expect_equal(client.response().status, 426, "status")
        expect_equal(client.response().status, 403, "the blocked path after it")
    expect_equal([s.path for s in scene.settle()], ["/ws"], "what the origin saw")


def _other_protocol(scene):
    """A 101 to something that the client did not ask for (RFC 9110 7.8)."""
    scene.origin.clear()
    scene.origin.play("/ws", SWITCH.replace(b"websocket", b"h2c"), Close)
    got = scene.ask(asks())
    expect_equal(got.status, 502, "status")
    scene.settle()


def _tunnel(scene):
    """A 101 that was asked for is a tunnel: what follows is not HTTP, and spoils nobody's."""
    def echo(connection, _):
        connection.send(SWITCH)
        connection.send(connection.read(len(SMUGGLED)))
        return Close

    scene.origin.clear()
    scene.origin.play("/ws", echo)
    with scene.client() as client:
        client.send(scene.placed(asks()) + SMUGGLED)
        expect_equal(client.response().status, 101, "status")
        expect_equal(client.rest(), SMUGGLED, "what came back through it")
    expect_equal([s.path for s in scene.settle()], ["/ws"], "requests")


def _with_content(scene):
    """An upgrade with content that looks like frames or a request (Kettle 2022)."""
    scene.origin.clear()
    hidden = scene.placed(SMUGGLED)
    scene.origin.play("/ws", OK)
    with scene.client() as client:
        client.send(scene.placed(asks(f"Content-Length: {len(hidden)}\r\n", method="POST")) + hidden)
        got = client.response("POST")
        expect(got.status in (200, 400), f"status {got.status}")
    for seen in scene.settle():
        expect_equal((seen.path, seen.content), ("/ws", hidden), "what the origin saw")


ROWS = [
    Row("an upgrade that gets 200 is no tunnel", "CVE-2024-23326 (Envoy)", refused_upgrade(200)),
    Row("an upgrade that gets 400 is no tunnel", SMUGGLE, refused_upgrade(400)),
    Row("an upgrade that gets 426 is no tunnel", SMUGGLE,
        refused_upgrade(426, asks(version="1337"))),
    Row("an upgrade by POST is no tunnel without a 101", SMUGGLE,
        refused_upgrade(200, asks(method="POST"))),
    Row("an upgrade to h2c is no tunnel", "Bishop Fox 2020, h2c smuggling",
        refused_upgrade(200, asks("HTTP2-Settings: AAMAAABkAARAAAAA\r\n", "h2c"))),
    Row("a list of protocols is no tunnel to the wrong one", "RFC 9110 7.8",
        refused_upgrade(200, asks(upgrade="h2c, websocket"))),
    Row("a health check that lies with 101 in its target is no tunnel",
        "0ang3el 2019 (SSRF with 101)",
        refused_upgrade(500)),
    Row("what comes early after an upgrade that is refused is looked at", SMUGGLE, _early),
    Row("a 101 to another protocol is a 502", "RFC 9110 7.8", _other_protocol),
    Row("a 101 that was asked for is a tunnel and spoils nothing", "RFC 6455 4.1", _tunnel),
    Row("an upgrade with content keeps its content", "Kettle 2022", _with_content),
]
