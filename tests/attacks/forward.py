# SPDX-License-Identifier: MIT
"""Where the proxy and the tunnel may lead, and what CONNECT may carry (RFC 9110 9.3.6)."""

from scene import SMUGGLED, Row, expect, expect_equal, refused, table
from wire import Client

SSRF = "Tsai 2017, A New Era of SSRF"


def asks(method, authority):
    if method == "CONNECT":
        return b"CONNECT " + authority + b" HTTP/1.1\r\nHost: " + authority + b"\r\n\r\n"
    return b"GET http://" + authority + b"/ HTTP/1.1\r\nHost: " + authority + b"\r\n\r\n"


def denied(*statuses, codes=()):
    """Refused by us, before anybody is connected to."""
    def check(scene, payload):
        for method in ("CONNECT", "GET"):
            got = scene.ask(asks(method, payload), method)
            expect(got.status in statuses, f"{method}: status {got.status} {got.content[:200]!r}")
            expect(got.code in ("blocked", "bad_request", "loop", "forbidden_host", *codes),
                   f"{method}: code {got.code}")
    return check


NO = denied(400, 403, 508)
# Resolvers take it for a name, and there is none.
NO_NAME = denied(400, 403, 502, codes=("upstream_connect",))
# The address of the metadata services, in every notation that a resolver takes.
METADATA = [
    ("in decimal parts", b"169.254.169.254:80", SSRF),
    ("with a dot after it", b"169.254.169.254.:80", SSRF),
    ("as a decimal number", b"2852039166:80", SSRF),
    ("as a hexadecimal number", b"0xa9fea9fe:80", SSRF),
    ("as an octal number", b"025177524776:80", "CVE-2021-28918 (netmask)"),
    ("in octal parts", b"0251.0376.0251.0376:80", "CVE-2021-29921 (Python)"),
    ("in hexadecimal parts", b"0xa9.0xfe.0xa9.0xfe:80", "CVE-2023-42282 (ip)"),
    ("in three parts", b"169.254.43518:80", SSRF),
    ("in two parts", b"169.16689662:80", SSRF),
    ("mapped into IPv6", b"[::ffff:169.254.169.254]:80", "CVE-2024-24790 (Go)"),
    ("mapped into IPv6 in hexadecimal", b"[::ffff:a9fe:a9fe]:80", "CVE-2024-24790 (Go)"),
    ("compatible with IPv6", b"[::a9fe:a9fe]:80", "RFC 4291 2.5.5.1"),
    ("behind NAT64", b"[64:ff9b::a9fe:a9fe]:80", "RFC 6052 2.1"),
    ("behind 6to4", b"[2002:a9fe:a9fe::1]:80", "RFC 3056 2"),
    ("of IPv6", b"[fd00:ec2::254]:80", "the metadata service of EC2"),
]
OTHERS = [
    ("a link-local address of IPv6", b"[fe80::1]:80", "RFC 4291 2.5.6"),
    ("a link-local address with a zone", b"[fe80::1%25lo]:80", "RFC 6874 2"),
    ("a link-local address with a bare zone", b"[fe80::1%lo]:80", "RFC 6874 4"),
    ("any address", b"0.0.0.0:@P@", "RFC 1122 3.2.1.3"),
    ("any address as a number", b"0:@P@", SSRF),
    ("any address of IPv6", b"[::]:@P@", "RFC 4291 2.5.2"),
    ("any address mapped into IPv6", b"[::ffff:0.0.0.0]:@P@", "CVE-2024-24790 (Go)"),
    ("an address of this network", b"0.1.2.3:80", "RFC 1122 3.2.1.3"),
    ("a multicast address", b"224.0.0.1:80", "RFC 5771"),
    ("the broadcast address", b"255.255.255.255:80", "RFC 919"),
    ("a port for mail", b"127.0.0.1:25", "RFC 9110 9.3.6"),
    ("a port for shells", b"127.0.0.1:22", "RFC 9110 9.3.6"),
    ("port 0", b"127.0.0.1:0", "RFC 9110 4.2.1"),
    ("a port above 65535", b"127.0.0.1:65616", "RFC 9110 9.3.6; wraps to 80"),
    ("a port with a sign", b"127.0.0.1:+80", "RFC 3986 3.2.3"),
    ("a port in hexadecimal", b"127.0.0.1:0x50", "RFC 3986 3.2.3"),
    ("two ports", b"127.0.0.1:80:80", SSRF),
    ("a user before the host", b"a:b@127.0.0.1:@O@", SSRF),
    ("an encoded host", b"127%2e0%2e0%2e1:@O@", "RFC 3986 3.2.2"),
    ("a host with a fragment", b"127.0.0.1:80#@evil", SSRF),
    ("a host with a backslash", b"127.0.0.1\\@evil.example:80", SSRF),
    ("a host with a NUL", b"127.0.0.1\0.evil:80", SSRF),
    ("full-width digits", "１２７.0.0.1:80".encode(), SSRF),
    ("our own address as a number", b"2130706433:@P@", SSRF),
    ("our own address in short", b"127.1:@P@", SSRF),
    ("our own address in octal", b"0177.0.0.1:@P@", "CVE-2021-29921 (Python)"),
    ("our own address mapped into IPv6", b"[::ffff:127.0.0.1]:@P@", "CVE-2024-24790 (Go)"),
    ("our own address with another last part", b"127.0.0.2:@P@", "RFC 1122 3.2.1.3"),
]


def _bound(payload, verdict):
    def check(scene):
        numbers = {b"@P@": scene.port, b"@O@": scene.origin.port}
        place = payload
        for mark, number in numbers.items():
            place = place.replace(mark, str(number).encode())
        verdict(scene, place)
    return check


def _own(scene, place):
    """Ours by GET is an endpoint of ours or a refusal; by CONNECT it is refused in odd spellings."""
    got = scene.ask(asks("CONNECT", place), "CONNECT")
    expect(got.status in (400, 403, 508), f"status {got.status}")


ROWS = [Row(f"the metadata address {name} is refused", source,
            _bound(place, NO_NAME if place.endswith(b".:80") else NO))
        for name, place, source in METADATA]
ROWS += [Row(f"{name} is refused", source, _bound(place, _own if "our own" in name else NO))
         for name, place, source in OTHERS]
ROWS += table([
    ("CONNECT to ourselves leads no further than a connection does", "RFC 9110 7.6",
     b"CONNECT @H@ HTTP/1.1\r\nHost: @H@\r\n\r\n",
     lambda scene, payload: _through_ourselves(scene, payload)),
    ("CONNECT with a length is refused", "RFC 9110 9.3.6",
     b"CONNECT @O@ HTTP/1.1\r\nHost: @O@\r\nContent-Length: 5\r\n\r\nhello", refused(400)),
    ("CONNECT with chunked content is refused", "RFC 9110 9.3.6",
     b"CONNECT @O@ HTTP/1.1\r\nHost: @O@\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     refused(400)),
    ("CONNECT without a port is refused", "RFC 9110 9.3.6",
     b"CONNECT 127.0.0.1 HTTP/1.1\r\nHost: x\r\n\r\n", refused(400)),
    ("CONNECT with a URI is refused", "RFC 9112 3.2.3",
     b"CONNECT http://@O@/ HTTP/1.1\r\nHost: @O@\r\n\r\n", refused(400)),
    ("a file URI is refused", "CVE-2009-0037 (curl)",
     b"GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
     refused(400)),
    ("a gopher URI is refused", SSRF,
     b"GET gopher://@O@/_x HTTP/1.1\r\nHost: @O@\r\n\r\n", refused(400)),
    ("a user in a URI is refused", "RFC 9110 4.2.4",
     b"GET http://a:b@@O@/ HTTP/1.1\r\nHost: @O@\r\n\r\n".replace(b"@@O@", b"\x40@O@"), refused(400)),
    ("an absolute target decides, whatever Host says", "RFC 9112 3.2.2; Kettle 2013",
     b"GET http://@O@/x HTTP/1.1\r\nHost: evil.example\r\n\r\n",
     lambda scene, payload: _host_follows(scene, payload)),
    ("a relative redirect of the origin is not followed", "CVE-2022-0155 (follow-redirects)",
     b"GET /keyopen HTTP/1.1\r\nHost: @H@\r\n\r\n", lambda scene, payload: _redirect(scene, payload)),
])


def _host_follows(scene, payload):
    scene.origin.clear()
    expect_equal(scene.ask(payload).status, 200, "status")
    expect_equal(scene.settle()[0].all("Host"), [scene.origin.authority], "Host at the origin")


def _through_ourselves(scene, payload):
    """A foreign Host and a foreign page are refused behind it as they are without it."""
    for request in (b"GET /x HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                    b"GET /healthz HTTP/1.1\r\nHost: @H@\r\nOrigin: https://evil.example\r\n\r\n"):
        scene.origin.clear()
        with scene.client() as client:
            client.send(scene.placed(payload))
            expect_equal(client.response("CONNECT").status, 200, "CONNECT")
            client.send(scene.placed(request))
            expect_equal(client.response().status, 403, "behind it")
        scene.nothing_forwarded()


def _redirect(scene, payload):
    scene.origin.clear()
    scene.origin.play("/keyopen", b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/steal\r\n"
                                  b"Content-Length: 0\r\n\r\n")
    expect_equal(scene.ask(payload).status, 302, "status")
    expect_equal(len(scene.settle()), 1, "requests")


def _after_refusal(scene):
    """What follows a CONNECT that is refused is no request of anybody's."""
    scene.origin.clear()
    with scene.client() as client:
        client.send(scene.placed(asks("CONNECT", b"169.254.169.254:80") + SMUGGLED))
        expect_equal(client.response("CONNECT").status, 403, "status")
        client.ends()
    scene.nothing_forwarded()


def _early(scene):
    """What a client sends with its CONNECT comes through the tunnel, once and whole."""
    scene.origin.clear()
    with Client(scene.port) as client:
        client.send(scene.placed(asks("CONNECT", b"@O@") + SMUGGLED, "forward")
                    .replace(b"http://" + scene.origin.authority.encode(), b""))
        got = client.response("CONNECT")
        expect_equal(got.status, 200, "status")
        expect_equal(got.all("Content-Length") + got.all("Transfer-Encoding"), [], "framing of a 2xx")
        expect_equal(client.response().content, b"ok", "through the tunnel")
    seen = scene.settle()
    expect_equal([s.target for s in seen], ["/smuggled"], "requests")
    expect_equal(seen[0].all("Via"), [], "what is in a tunnel is not touched")


def _no_token_in_tunnels(scene):
    """A tunnel to a route's upstream gets no credential of ours."""
    scene.origin.clear()
    got = scene.ask(b"GET http://@O@/keyopen HTTP/1.1\r\nHost: @O@\r\n\r\n")
    expect_equal(got.status, 200, "status")
    expect_equal(scene.settle()[0].all("Authorization"), [], "credential by the proxy form")


ROWS += [
    Row("what follows a refused CONNECT is not run", "RFC 9110 9.3.6", _after_refusal),
    Row("what follows a CONNECT that works goes through it as it is", "RFC 9110 9.3.6", _early),
    Row("the proxy form to an upstream gets no key of a route", "CWE-441", _no_token_in_tunnels),
]
