# SPDX-License-Identifier: MIT
"""The other way round: an origin that plays odd responses. Its client gets each as one response that
is whole, as a cut that shows or as a 502, and the next request its own response; a second reader,
Python's http.client, reads the same content."""

import http.client

import payloads
from recorder import Close
from scene import Scene
from wire import Client

ROUTES = """upstreams:
  - {{name: origin, targets: [{{url: "{url}"}}], timeouts: {{first_byte: 200ms, idle: 200ms}}}}
routes:
  - {{name: all, match: {{path: /}}, upstream: origin, access: open, keepalive_comment: 0s}}
"""


def _second_reading(scene):
    """(whether it is whole, content) as http.client reads the same response."""
    connection = http.client.HTTPConnection("127.0.0.1", scene.port, timeout=20)
    try:
        connection.request("GET", "/odd")
        response = connection.getresponse()
        try:
            return True, response.read()
        except http.client.IncompleteRead as problem:
            return False, problem.partial
        except (OSError, ValueError):
            return False, None
    finally:
        connection.close()


def responses(options):
    """(how many, whole, cut, differences)."""
    bases = payloads.RESPONSES + payloads.of_responses()
    odd = bases + payloads.mutations(max(50, options.mutations // 5),
                                     options.seed, payloads.RESPONSES)
    whole = cut = 0
    differences = []
    with Scene(options, ROUTES, "log: {level: warn}\naccess: {token: \"file:token\"}\n") as scene:
        for place, response in enumerate(odd):
            scene.origin.clear()
            scene.origin.play("/odd", response, *([Close] if place % 2 else []))
            try:
                kind = _one(scene)
                whole, cut = whole + (kind == "whole"), cut + (kind == "cut")
            except Exception as problem:  # noqa: BLE001 - said with what caused it
                differences.append(f"{problem} by {response[:300]!r}")
    return len(odd), whole, cut, differences


def _one(scene):
    with Client(scene.port) as client:
        client.send(scene.placed(b"GET /odd HTTP/1.1\r\nHost: @H@\r\n\r\n"))
        got = client.response()
        if got.status == 101:
            raise AssertionError("a tunnel that nobody asked for")
        if got.is_whole and got.all("Connection") != ["close"] and (
                got.all("Content-Length") or got.all("Transfer-Encoding") or got.status in (204, 304)):
            client.send(scene.placed(b"GET /next HTTP/1.1\r\nHost: @H@\r\n\r\n"))
            after = client.response()
            assert after.content == b"ok", f"the next one got {after.head + after.content!r}"
        else:
            client.ends()
    with Client(scene.port) as client:
        client.send(scene.placed(b"GET /own HTTP/1.1\r\nHost: @H@\r\nConnection: close\r\n\r\n"))
        after = client.response()
        assert after.content == b"ok", f"another client got {after.head + after.content!r}"
    assert not scene.origin.faults, scene.origin.faults
    for interim in got.interim:  # RFC 9112 6.1, RFC 9110 8.6
        assert not interim.all("Transfer-Encoding") + \
                               interim.all("Content-Length"), f"{interim.head!r}"
    if got.interim:
        return _kind(got)  # http.client takes a 103 for the final response
    is_whole, content = _second_reading(scene)
    assert is_whole == got.is_whole, f"whole for one reader, cut for another: {got.head!r}"
    if is_whole and not got.code:
        assert content == got.content, f"read as {got.content!r} and as {content!r}"
    return _kind(got)


def _kind(got):
    return "refused" if got.code else "whole" if got.is_whole else "cut"

