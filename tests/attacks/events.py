# SPDX-License-Identifier: MIT
"""/_sallyport/events: a WebSocket server of ours, and what its readers may do (RFC 6455)."""

import select

from frames import close_code, frame, handshake, read_frame
from scene import TOKEN, Row, expect, expect_equal, fresh, grows_less_than


def _reader(scene, **more):
    client = scene.client(**more)
    client.send(handshake(scene))
    expect_equal(client.response().status, 101, "handshake")
    return client


def refused(more="", statuses=(400, 401, 403, 426), **changes):
    def check(scene):
        with scene.client() as client:
            client.send(handshake(scene, more, **changes))
            got = client.response()
            expect(got.status in statuses, f"status {got.status}")
    return check


def closes(*codes, sent):
    """Closed with one of these; None is an end without a close frame."""
    def check(scene):
        with _reader(scene) as client:
            client.send(sent)
            code = close_code(client)
            expect(code in codes, f"closed with {code}")
        scene.settle()
    return check


def _pings(scene):
    """64 MiB of pings of a reader that takes no pong."""
    with _reader(scene, receive_buffer=4096) as client, grows_less_than(scene, 24):
        block = frame(9, b"x" * 125) * 500
        client.socket.setblocking(False)
        sent = 0
        while sent < 64 << 20:
            _, writable, _ = select.select([], [client.socket], [], 1)
            if not writable:
                break  # it is no longer read, which is one way to be bounded
            try:
                sent += client.socket.send(block)
            except BlockingIOError:
                continue
            except OSError:
                break  # let go, which is the other
        scene.settle()


def _reads_nothing(scene):
    """A reader that takes nothing is let go, and costs no memory."""
    with _reader(scene, receive_buffer=4096), grows_less_than(scene, 24):
        for _ in range(40):
            with scene.client() as client:
                request = b"GET /own/%b HTTP/1.1\r\nHost: @H@\r\n\r\n" % (b"x" * 8000)
                client.send(scene.placed(request) * 20)
                for _ in range(20):
                    client.response()
        scene.settle()


def _readers(scene):
    """Of more than 16 the next one is refused, and they get their records all the same."""
    clients = []
    try:
        while True:
            client = scene.client()
            clients.append(client)
            client.send(handshake(scene))
            got = client.response()
            if got.status != 101:
                break
            expect(len(clients) < 40, "no bound")
        expect_equal((got.status, got.code), (503, "too_many_readers"), "one too many")
        scene.get("/own/for-all")
        opcode, content = read_frame(clients[0])
        expect(opcode == 1 and content.startswith(b"{"), "no record")
    finally:
        for client in clients:
            client.close()


def _fragments(scene):
    """A message in fragments without an end takes no memory, and ends by itself or is let go."""
    with _reader(scene) as client, grows_less_than(scene, 40):
        client.send(frame(1, b"x", first=0))
        piece = frame(0, bytes(60000), first=0, mask=True)
        for _ in range(1500):
            client.send(piece)
        scene.settle()


ROWS = [
    Row("the live records need the token", "RFC 6455 10.1", refused(token=None, statuses=(401,))),
    Row("the live records refuse a wrong token", "RFC 6455 10.1",
        refused(token=TOKEN[:-1], statuses=(401,))),
    Row("the live records refuse a foreign page that has the token", "RFC 6455 10.2",
        refused("Origin: http://evil.example\r\n", statuses=(403,))),
    Row("the live records refuse a page on another port", "RFC 6454 4",
        refused("Origin: http://localhost:3000\r\n", statuses=(403,))),
    Row("another version of WebSocket is refused", "RFC 6455 4.4", refused(version="8")),
    Row("a key that is no nonce is refused", "RFC 6455 4.2.1", refused(key="x")),
    Row("an empty key is refused", "RFC 6455 4.2.1", refused(key="")),
    Row("a handshake with a length is refused or has no frames in it", "Kettle 2022",
        refused("Content-Length: 5\r\n", statuses=(400, 101))),
    Row("a frame without a mask closes with 1002", "RFC 6455 5.1",
        closes(1002, sent=frame(1, b"hello", mask=False))),
    Row("a ping without a mask closes with 1002", "RFC 6455 5.1",
        closes(1002, sent=frame(9, b"hello", mask=False))),
    Row("a reserved bit closes with 1002", "RFC 6455 5.2",
        closes(1002, None, sent=frame(1, b"x", first=0xC0))),
    Row("an unknown opcode closes with 1002", "RFC 6455 5.2",
        closes(1002, None, sent=frame(3, b"x"))),
    Row("a control frame of 126 bytes closes with 1002", "RFC 6455 5.5",
        closes(1002, None, sent=frame(9, b"x" * 126))),
    Row("a ping in fragments closes with 1002", "RFC 6455 5.5",
        closes(1002, None, sent=frame(9, b"x", first=0))),
    Row("a length with the highest bit closes", "RFC 6455 5.2; CVE-2020-13935 (Tomcat)",
        closes(1002, 1009, None, sent=frame(2, b"x", length=(1 << 63) + 1))),
    Row("a length of 4 GiB closes, and takes no memory", "CVE-2020-27813 (gorilla)",
        closes(1002, 1009, None, sent=frame(2, b"x", length=(4 << 30)) + frame(8, b"\x03\xe8"))),
    Row("a continuation of nothing closes with 1002", "RFC 6455 5.4",
        closes(1002, None, sent=frame(0, b"x"))),
    Row("a close code that is reserved closes with 1002", "RFC 6455 7.4.1",
        closes(1002, None, sent=frame(8, b"\x03\xee"))),
    Row("a close is answered with a close", "RFC 6455 5.5.1",
        closes(1000, sent=frame(8, b"\x03\xe8"))),
    Row("a flood of pings that nobody reads answers to is bounded", "CVE-2019-9512; RFC 6455 5.5.2",
        fresh(_pings)),
    Row("a reader that takes nothing is bounded", "CWE-770", fresh(_reads_nothing)),
    Row("readers are counted", "CWE-770", _readers),
    Row("a message without an end is bounded", "RFC 6455 10.4", fresh(_fragments)),
]
