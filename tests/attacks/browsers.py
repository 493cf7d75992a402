# SPDX-License-Identifier: MIT
"""What web pages and names that are rebound may do to a local port (RFC 6454, Fetch)."""

from scene import TOKEN, Row, expect, expect_equal

REBINDING = "CVE-2018-7160 (Node), CVE-2018-5702 (Transmission)"
HOSTS = [
    ("a name that was rebound", "evil.example:@P@"),
    ("a name that begins like ours", "localhost.evil.example:@P@"),
    ("a name that ends like ours", "evil-localhost:@P@"),
    ("our name below another", "a.localhost:@P@"),
    ("our name with a dot after it", "localhost.:@P@"),
    ("our address in a name", "127.0.0.1.nip.io:@P@"),
    ("our address as a number", "2130706433:@P@"),
    ("our address in hexadecimal", "0x7f000001:@P@"),
    ("our address in short", "127.1:@P@"),
    ("any address", "0.0.0.0:@P@"),
    ("our address with another port", "127.0.0.1:1"),
    ("our address mapped into IPv6", "[::ffff:127.0.0.1]:@P@"),
    ("a name that is allowed below another", "devbox.test.evil.example:@P@"),
]
PAGES = [
    ("a foreign page", "Origin: https://evil.example", "RFC 6454 7"),
    ("a page without an origin", "Origin: null", "RFC 6454 7.3"),
    ("an empty Origin", "Origin:", "RFC 6454 7"),
    ("a page on another port of our address", "Origin: http://127.0.0.1:3000", "RFC 6454 4"),
    ("a page on another port of localhost", "Origin: http://localhost:3000", "RFC 6454 4"),
    ("a page on the default port of localhost", "Origin: http://localhost", "RFC 6454 4"),
    ("a page on another port of an allowed name", "Origin: http://devbox.test:3000", "RFC 6454 4"),
    ("a page on the default port of an allowed name", "Origin: http://devbox.test", "RFC 6454 4"),
    ("a page of our own by https", "Origin: https://127.0.0.1:@P@", "RFC 6454 4"),
    ("a page whose port begins as ours", "Origin: http://127.0.0.1:@P@0", "RFC 6454 4"),
    ("a page whose host begins as ours", "Origin: http://127.0.0.1:@P@.evil.example", "RFC 6454 4"),
    ("a page with a user that looks like us", "Origin: http://127.0.0.1:@P@@evil.example",
     "RFC 3986 7.6"),
    ("an extension of a browser", "Origin: chrome-extension://abcdef", "RFC 6454 4"),
    ("a file in a browser", "Origin: file://", "RFC 6454 4"),
    ("our own Origin beside a foreign one", "Origin: http://127.0.0.1:@P@\r\nOrigin: http://evil",
     "RFC 6454 7.3"),
    ("a list of Origins", "Origin: http://127.0.0.1:@P@ http://evil.example", "RFC 6454 7.1"),
    ("a request across sites", "Sec-Fetch-Site: cross-site", "Fetch Metadata"),
    ("a request of the same site", "Sec-Fetch-Site: same-site", "Fetch Metadata"),
    ("a foreign Referer alone", "Referer: https://evil.example/x", "RFC 9110 10.1.3"),
    ("a Referer on another port alone", "Referer: http://localhost:3000/", "RFC 6454 4"),
    ("a WebSocket of a foreign page",
     "Origin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "RFC 6455 10.2"),
]


def _placed(scene, text):
    return text.replace("@P@", str(scene.port))


def _host(value):
    def check(scene):
        for path in ("/x", "/keyopen", "/healthz", "/_sallyport/events", "/own"):
            scene.origin.clear()
            got = scene.ask(f"GET {path} HTTP/1.1\r\nHost: {_placed(scene, value)}\r\n\r\n".encode())
            expect(got.status in (400, 403, 421), f"{path}: status {got.status}")
            scene.nothing_forwarded()
    return check


def _page(fields):
    """No page may spend the key, nor read that it might."""
    def check(scene):
        for path, host in (("/keyopen", "127.0.0.1"), ("/keyed", "127.0.0.1"),
                           ("/keyopen", "devbox.test"), ("/keyopen", "localhost")):
            for method in ("GET", "POST", "OPTIONS"):
                scene.origin.clear()
                got = scene.ask(
                    f"{method} {path} HTTP/1.1\r\nHost: {host}:{scene.port}\r\n"
                    f"{_placed(scene, fields)}\r\nAccess-Control-Request-Private-Network: true\r\n"
                    f"Access-Control-Request-Method: POST\r\n\r\n".encode(), method)
                expect(got.status in (400, 403), f"{method} {path} at {host}: status {got.status}")
                expect(b"access-control-" not in got.head.lower(), "a permission for pages")
                scene.nothing_forwarded()
    return check


def _own_page(scene):
    for host in ("127.0.0.1", "localhost", "devbox.test"):
        scene.origin.clear()
        got = scene.ask(f"GET /keyopen HTTP/1.1\r\nHost: {host}:{scene.port}\r\n"
                        f"Origin: http://{host}:{scene.port}\r\n\r\n".encode())
        expect_equal(got.status, 200, f"our own page at {host}")


def _token_in_places(scene):
    """The token counts where it is documented, and nowhere else."""
    for target, fields in ((f"/keyed?token={TOKEN}", ""), (f"/keyed/{TOKEN}", ""),
                           ("/keyed", f"Cookie: token={TOKEN}\r\n"),
                           ("/keyed", f"Authorization: {TOKEN}\r\n"),
                           ("/keyed", f"Authorization: Bearer {TOKEN}x\r\n"),
                           ("/keyed", f"Authorization: Bearer {TOKEN[:-1]}\r\n"),
                           ("/keyed", "Authorization: Bearer \r\n"),
                           ("/keyed", f"X-Forwarded-For: 127.0.0.1\r\nX_Api_Key: {TOKEN}\r\n")):
        scene.origin.clear()
        got = scene.get(target, fields)
        expect_equal(got.status, 401, f"{target} {fields}")
        scene.nothing_forwarded()


def _each_request(scene):
    """The token of one request does not let the next one in."""
    scene.origin.clear()
    with scene.client() as client:
        client.send(scene.placed(b"GET /keyed HTTP/1.1\r\nHost: @H@\r\nAuthorization: Bearer "
                                 + TOKEN.encode() + b"\r\n\r\nGET /keyed HTTP/1.1\r\nHost: @H@\r\n\r\n"))
        expect_equal([client.response().status, client.response().status], [200, 401], "statuses")


ROWS = [Row(f"{name} in Host is refused everywhere", REBINDING, _host(value)) for name, value in HOSTS]
ROWS += [Row(f"{name} is refused where a key is", source, _page(fields))
         for name, fields, source in PAGES]
ROWS += [
    Row("a page of our own passes", "RFC 6454 4", _own_page),
    Row("the token counts as a field of its own only", "RFC 6750 2.3", _token_in_places),
    Row("the token is asked of each request of a connection", "RFC 9110 3.3", _each_request),
]
