# SPDX-License-Identifier: MIT
"""The key that we put in and the local token are known to the byte: whoever says them, they are in
no log line and no live record (CWE-532), and in no response of ours."""

import base64
import json
import urllib.parse

from frames import Reading
from harness import wait_for
from recorder import Close
from scene import KEY, TOKEN, Row, expect

ALL_ENCODED = "".join(f"%{byte:02x}" for byte in TOKEN.encode())


def forms(secret):
    """Each way in which it can be read back."""
    encoded = base64.b64encode(secret.encode()).decode()
    return {"plain": secret, "percent-encoded": urllib.parse.quote(secret, safe=""),
            "percent-encoded in lower case": urllib.parse.quote(secret, safe="").lower(),
            "every byte percent-encoded": "".join(f"%{byte:02x}" for byte in secret.encode()),
            "JSON-escaped": secret.replace("/", "\\/"), "base64": encoded,
            "base64 without padding": encoded.rstrip("="),
            "base64 with a user before it": base64.b64encode(f"x:{secret}".encode()).decode()}


def expect_none(text, where):
    for name, secret in (("key", KEY), ("token", TOKEN)):
        for how, form in forms(secret).items():
            place = text.find(form)
            expect(place < 0, f"the {name}, {how}, is in {where}: "
                              f"{text[max(0, place - 160):place + len(form) + 20]!r}")


def _written(scene):
    """The length of the log once all is in it that was done until now."""
    scene.settle()
    line = f"path=/sentinel-{scene.sentinels} "
    wait_for(lambda: line in scene.log(), 20, "the log line")
    return len(scene.log())


def said(action):
    """Nothing of `action` is in what is written about it."""
    def check(scene):
        scene.origin.clear()
        with Reading(scene) as reading:
            already = _written(scene)
            reading.wait_for(f"/sentinel-{scene.sentinels}\"")
            heard = len(reading.text)  # records of what was before come late
            action(scene)
            _written(scene)
            reading.wait_for(f"/sentinel-{scene.sentinels}\"")
            expect_none(scene.log()[already:], "the log")
            expect_none(reading.text[heard:], "the live records")
    return check


def echoed(text, status=401, reason="Unauthorized", content_type="application/json"):
    """An upstream that says in its error what it was given."""
    def action(scene):
        content = json.dumps({"type": "error", "error": {
            "type": "authentication_error", "message": "@@"}}).replace("@@", text).encode()
        scene.origin.play("/keyopen/v1/messages", (
            f"HTTP/1.1 {status} {reason}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n").encode("latin-1") + content)
        scene.ask(b"POST /keyopen/v1/messages HTTP/1.1\r\nHost: @H@\r\nContent-Length: 2\r\n\r\n{}")
    return said(action)


def asked(target, fields="", method="GET"):
    return said(lambda scene: scene.get(target, fields, method))


def turn(body):
    def action(scene):
        content = json.dumps(body).encode()
        scene.ask(b"POST /v1/messages HTTP/1.1\r\nHost: @H@\r\nContent-Type: application/json\r\n"
                  b"Content-Length: %d\r\n\r\n" % len(content) + content)
    return said(action)


def _stream(scene):
    """An error in mid-stream that has the key."""
    event = f'event: error\ndata: {{"type":"error","error":{{"type":"x","message":"no {KEY}"}}}}\n\n'
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    scene.origin.play("/keyopen/v1/messages", head + event.encode(), Close)
    scene.ask(b"POST /keyopen/v1/messages HTTP/1.1\r\nHost: @H@\r\nContent-Length: 2\r\n\r\n{}")


def _tunnel(scene):
    scene.ask(f"CONNECT {TOKEN}.invalid:443 HTTP/1.1\r\nHost: x\r\n\r\n".encode(), "CONNECT")


def _websocket(scene):
    """A close reason and a subprotocol that have the key."""
    reason = f"no {KEY}".encode()
    scene.origin.play("/keyopen/ws", b"HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                      b"Sec-WebSocket-Protocol: " + TOKEN.encode() + b"\r\n\r\n"
                      + bytes([0x88, 2 + len(reason)]) + b"\x03\xf0" + reason, Close)
    with scene.client() as client:
        client.send(scene.placed(
            f"GET /keyopen/ws HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {TOKEN}\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()))
        client.rest()


def _our_own(scene):
    """No response of ours has the key or the token, whatever was asked."""
    scene.origin.clear()
    scene.origin.play("/keyopen/bad", b"garbage " + KEY.encode() + b"\r\n\r\n", Close)
    for target, fields in (("/keyopen/bad", ""), ("/nowhere", ""), ("/readyz", ""), ("/healthz", ""),
                           ("/keyed", f"x-api-key: {TOKEN}x\r\n"), (f"/admin/{TOKEN}", ""),
                           ("/down", f"Authorization: Bearer {TOKEN}\r\n"), ("/_sallyport/events", "")):
        got = scene.get(target, fields)
        expect_none((got.head + got.content).decode("latin-1"), f"the response to {target}")
    scene.settle()


def _log_injection(scene):
    """What a client names cannot begin a line of its own, nor obey a terminal (CWE-117)."""
    already = _written(scene)
    for target, fields in (("/x%0ainjected", ""), ("/x", "User-Agent: a\x1b[2Jinjected\x9b31m\r\n"),
                           ("/x%1b%5b2J", ""), ("/x", "User-Agent: \xe2\x80\xaeinjected\r\n")):
        scene.get(target, fields)
    _written(scene)
    for line in scene.log()[already:].splitlines():
        expect(not line.lstrip().startswith("injected"), f"a line of its own: {line!r}")
        expect(not any(c in line for c in "\x1b\x9b\u202e"), f"a control character: {line!r}")


B64_KEY = base64.b64encode(KEY.encode()).decode()
B64_TOKEN = base64.b64encode(TOKEN.encode()).decode()
B64_USER = base64.b64encode(f"x:{TOKEN}".encode()).decode()
ECHO = "CWE-209; error texts of gateways"
PLACES = "CWE-598"
ROWS = [
    Row("a key that an upstream echoes is not written", ECHO, echoed(f"invalid key {KEY}")),
    Row("a key that is echoed in JSON escapes is not written", ECHO,
        echoed("invalid key " + KEY.replace("/", "\\/"))),
    Row("a key that is echoed in base64 is not written", ECHO, echoed(f"invalid key {B64_KEY}")),
    Row("a key that is echoed percent-encoded is not written", ECHO,
        echoed("invalid key " + urllib.parse.quote(KEY, safe=""))),
    Row("a key that is echoed between letters is not written", ECHO, echoed(f"key=xx{KEY}yy")),
    Row("a key that is echoed with an error 500 is not written", ECHO, echoed(f"no {KEY}", 500)),
    Row("a key in a reason phrase is not written", ECHO, echoed("no", 401, f"no {KEY}")),
    Row("a key in a type of content is not written", ECHO, echoed("no", 401, "X", f"text/{KEY}")),
    Row("a token that an upstream echoes is not written", ECHO, echoed(f"invalid token {TOKEN}")),
    Row("a key in an error of a stream is not written", ECHO, said(_stream)),
    Row("a token in a query of any name is not written", PLACES, asked(f"/x?colour={TOKEN}")),
    Row("a token in a query without a name is not written", PLACES, asked(f"/x?{TOKEN}")),
    Row("a token in a path is not written", PLACES, asked(f"/x/{TOKEN}/y")),
    Row("a token that is percent-encoded in a path is not written", PLACES,
        asked(f"/x/{ALL_ENCODED}")),
    Row("a token that is percent-encoded in a query is not written", PLACES,
        asked(f"/x?q={ALL_ENCODED}")),
    Row("a token in base64 in a query is not written", PLACES, asked(f"/x?q={B64_TOKEN}")),
    Row("a token after a user in base64 is not written", PLACES, asked(f"/x?q={B64_USER}")),
    Row("a token in User-Agent is not written", PLACES,
        asked("/x", f"User-Agent: a/{TOKEN} b\r\n")),
    Row("a token in Referer is not written", PLACES,
        asked("/x", f"Referer: http://a/?t={TOKEN}\r\n")),
    Row("a token in a path that is refused is not written", PLACES, asked(f"/based/../{TOKEN}")),
    Row("a token in a path that is blocked is not written", PLACES, asked(f"/admin/{TOKEN}")),
    Row("a token in a path of a dead upstream is not written", PLACES, asked(f"/down/{TOKEN}")),
    Row("a token in Host is not written", PLACES,
        said(lambda scene: scene.ask(f"GET /x HTTP/1.1\r\nHost: {TOKEN}.example\r\n\r\n".encode()))),
    Row("a token for a method is not written", PLACES, asked("/x", method=TOKEN)),
    Row("a token in a name of a tunnel is not written", PLACES, said(_tunnel)),
    Row("a token that is a model is not written", PLACES,
        turn({"model": TOKEN, "max_tokens": 1, "messages": [{"role": "user", "content": "x"}]})),
    Row("a key in a close reason of a WebSocket is not written", ECHO, said(_websocket)),
    Row("a token in a malformed line is not written", "CWE-209",
        said(lambda scene: scene.ask(
            f"GET /{TOKEN} HTTP/1.1\r\nHost: @H@\r\n{TOKEN}\r\n\r\n".encode()))),
    Row("no response of ours has the key or the token", "CWE-209", _our_own),
    Row("what a client names does not write lines of the log", "CVE-2020-7694 (uvicorn); CWE-117",
        _log_injection),
]
