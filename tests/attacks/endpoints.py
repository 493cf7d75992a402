# SPDX-License-Identifier: MIT
"""Paths of our own, and what those on other machines learn from them."""

import socket

from scene import ROUTES, TOKEN, Row, Scene, expect
from wire import Client

REMOTE = """listen: "0.0.0.0:0"
access: {token: "file:token", allow_remote: true, allowed_hosts: [devbox.test]}
"""


def our_address():
    """One that is not loopback, or None where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            return probe.getsockname()[0]
        except OSError:
            return None


def remote(action):
    """A client from another machine: one that comes by an address that is not loopback."""
    def check(scene):
        address = our_address()
        if not address or address.startswith("127."):
            print("  no address but loopback: nothing was looked at")
            return
        # A credential that cannot be read is what there is to tell.
        routes = ROUTES.replace("env:CORP_KEY", "env:CORP_KEY_MISSING")
        with Scene(scene.options, routes, REMOTE, listen=()) as own:
            action(own, address)
    return check


def _ask(scene, address, target, fields=""):
    with Client(scene.port, address) as client:
        client.send(f"GET {target} HTTP/1.1\r\nHost: devbox.test:{scene.port}\r\n{fields}\r\n".encode())
        return client.response()


def _ready(scene, address):
    for credential in ("", f"Authorization: Bearer {TOKEN}\r\n"):
        got = _ask(scene, address, "/readyz", credential)
        expect(got.status in ((200, 503) if credential else (200, 503, 401)), f"status {got.status}")
        _names_nothing(got.head + got.content)


def _names_nothing(said):
    for name in (b"keyed", b"origin", b"nobody", b"CORP_KEY", b"routes.yaml", b"127.0.0.1"):
        expect(name not in said, f"{name} is in {said}")


def _stranger(scene, address):
    for target in ("/keyed", "/keyopen", "/_sallyport/events"):
        got = _ask(scene, address, target)
        expect(got.status in (200, 401, 403), f"{target}: status {got.status}")
        expect(target == "/keyopen" or got.status != 200, f"{target} without a token")
    got = _ask(scene, address, "/keyed", f"Authorization: Bearer {TOKEN}\r\n")
    expect(got.status not in (401, 403), f"with the token: {got.status}")


def _missing_key(scene):
    """A variable that is missing is named to this machine, and its value is nobody's."""
    got = scene.get("/readyz")
    expect(got.status in (200, 503), f"status {got.status}")
    expect(TOKEN.encode() not in got.content, "the token")


def _odd_methods(scene):
    for method in ("POST", "PUT", "DELETE", "TRACE", "PATCH"):
        for target in ("/healthz", "/readyz", "/_sallyport/events", "/_sallyport/nothing"):
            scene.origin.clear()
            got = scene.get(target, method=method)
            expect(200 <= got.status < 600 and got.status != 101, f"{method} {target}: {got.status}")
            seen = scene.settle()
            expect(not seen or target == "/_sallyport/nothing", f"{method} {target} went on")


ROWS = [
    Row("/readyz names nothing to another machine", "CWE-200", remote(_ready)),
    Row("a stranger on another machine needs the token", "CWE-306", remote(_stranger)),
    Row("/readyz shows no secret", "CWE-200", _missing_key),
    Row("odd methods on paths of our own stay here", "RFC 9110 15.5.6", _odd_methods),
]
