# SPDX-License-Identifier: MIT
"""Connections that a client has authenticated belong to it alone (RFC 4559 6)."""

from recorder import OK
from scene import Row, expect, expect_equal

NEGOTIATE = "RFC 4559 6"
LIBCURL = "CVE-2014-0015, CVE-2015-3143 (curl)"
SECRET = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"


def login(scheme, challenge=None, status=401):
    """An origin that, after a login, takes the whole connection for that user's."""
    users = set()
    name = "WWW" if status == 401 else "Proxy"

    def answer(connection, seen):
        field = "Authorization" if status == 401 else "Proxy-Authorization"
        given = seen.field(field) or ""
        if given.lower().startswith(scheme.lower()) and given.endswith("LAST="):
            users.add(connection.number)
        if connection.number in users:
            connection.send(SECRET)
        elif seen.path == "/login" or given:
            connection.send(f"HTTP/1.1 {status} X\r\n{name}-Authenticate: {challenge or scheme} TlRM\r\n"
                            "Content-Length: 0\r\n\r\n".encode())
        else:
            connection.send(OK)
    return answer


def alone(scheme, challenge=None, mode="gateway", spelled=None):
    """A logs in over two messages on one connection; B, at the same time and after, gets nothing of
    it; A's own next request comes on the connection that knows A."""
    def check(scene):
        scene.origin.clear()
        scene.origin.drop()
        answer = login(scheme, challenge)
        for path in ("/login", "/mail"):
            scene.origin.play(path, answer)
        spoken = spelled or scheme

        def ask(path, credential=""):
            field = f"Authorization: {credential}\r\n" if credential else ""
            return scene.placed(f"GET @T@{path} HTTP/1.1\r\nHost: @H@\r\n{field}\r\n".encode(), mode)

        def nobody(when):
            for _ in range(3):
                with scene.client() as other:
                    other.send(ask("/mail"))
                    expect_equal(other.response().content, b"ok", f"what another client gets {when}")

        with scene.client() as client:
            client.send(ask("/login"))
            expect_equal(client.response().status, 401, "the challenge")
            client.send(ask("/login", f"{spoken} FIRST="))
            expect_equal(client.response().status, 401, "the second message")
            nobody("between the messages")
            client.send(ask("/login", f"{spoken} LAST="))
            got = client.response()
            expect_equal((got.status, got.content), (200, b"secret"), "the login")
            nobody("after the login")
            client.send(ask("/mail"))
            expect_equal(client.response().content, b"secret", "the client's own next request")
        nobody("after it has left")
        scene.settle()
    return check


def _basic_is_shared(scene):
    """Basic is of each request, and its connection is anybody's (no needless connections)."""
    scene.origin.clear()
    scene.origin.drop()
    for _ in range(3):
        got = scene.get("/x", "Authorization: Basic dXNlcjpwYXNz\r\n")
        expect_equal(got.status, 200, "status")
    expect_equal(len({seen.connection for seen in scene.settle()}), 1, "connections")


def _first_message_binds(scene):
    """An origin that takes the first message (Negotiate in one leg) has bound the connection."""
    scene.origin.clear()
    scene.origin.drop()
    scene.origin.play("/once", SECRET)
    with scene.client() as client:
        client.send(scene.placed(b"GET /once HTTP/1.1\r\nHost: @H@\r\n"
                                 b"Authorization: Negotiate YIIabc=\r\n\r\n"))
        expect_equal(client.response().content, b"secret", "the login")
        other = scene.get("/x")
        expect_equal(other.content, b"ok", "another client")
    seen = scene.settle()
    mine = {s.connection for s in seen if s.path == "/once"}
    expect(not mine & {s.connection for s in seen if s.path != "/once"}, "one connection for both")


ROWS = [
    Row("a connection after NTLM is its client's alone", LIBCURL, alone("NTLM")),
    Row("a connection after Negotiate is its client's alone", NEGOTIATE, alone("Negotiate")),
    Row("a connection after NTLM through the proxy is its client's alone", LIBCURL,
        alone("NTLM", mode="forward")),
    Row("a connection after Negotiate through the proxy is its client's alone", NEGOTIATE,
        alone("Negotiate", mode="forward")),
    Row("a scheme in an odd case binds as well", "RFC 9110 11.1", alone("NTLM", spelled="nTlM")),
    Row("a challenge in a list binds as well", "RFC 9110 11.6.1",
        alone("NTLM", challenge='Basic realm="a, b", NTLM')),
    Row("Negotiate in one leg binds as well", NEGOTIATE, _first_message_binds),
    Row("Basic binds nothing", "RFC 7617", _basic_is_shared),
]
