# SPDX-License-Identifier: MIT
"""Request lines and field lines that are read in two ways (RFC 9112 2, 3, 5)."""

from scene import expect, expect_equal, one_reading, refused, status, table

BAD = refused(400)
GATEWAY = refused(400, modes=("gateway",))


def line(text):
    return text + b"\r\nHost: @H@\r\n\r\n"


def field(lines):
    return b"GET @T@/x HTTP/1.1\r\nHost: @H@\r\n" + lines + b"\r\n\r\n"


def encoded(target, goes):
    """A client of the world sends it; it goes on percent-encoded, and nothing else of it changes."""
    def check(scene, payload):
        scene.origin.clear()
        got = scene.ask(payload)
        expect_equal(got.status, 200, f"{target}: status ({got.content[:200]!r})")
        expect_equal([s.target for s in scene.settle()], [goes], "target at the origin")
    return target, check


def alerted(scene, payload):
    """A TLS client shows nothing of a response in plain text: it gets an alert, and the end."""
    with scene.client() as client:
        client.send(payload)
        expect_equal(client.rest(), b"\x15\x03\x03\x00\x02\x02\x28", "handshake_failure")
    scene.nothing_forwarded()


def lenient(name, target, goes, source="curl, RFC 3986 2.1"):
    _, check = encoded(target, goes)
    return name, source, line(b"GET " + target + b" HTTP/1.1"), check


ROWS = table([
    ("no version, as in HTTP/0.9, is refused", "CVE-2017-7656 (Jetty)", line(b"GET @T@/x"), BAD),
    ("HTTP/0.9 by name is refused", "RFC 9112 2.3",
     line(b"GET @T@/x HTTP/0.9"), refused(505, 400)),
    ("HTTP/2.0 in clear is refused", "RFC 9112 2.3", line(b"GET @T@/x HTTP/2.0"), refused(505)),
    ("the preface of HTTP/2 is refused", "RFC 9113 3.4",
     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused(505)),
    ("a version of other digits is refused", "CVE-2024-23829 (aiohttp)",
     line(b"GET @T@/x HTTP/1.\xd9\xa1"), BAD),
    ("a version in lower case is refused", "RFC 9112 2.3", line(b"GET @T@/x http/1.1"), BAD),
    ("two versions are refused", "CVE-2013-4547 (nginx)",
     line(b"GET @T@/x HTTP/1.1 HTTP/1.1"), BAD),
    ("a blank in the target is refused", "CVE-2013-4547 (nginx)",
     line(b"GET @T@/x y HTTP/1.1"), BAD),
    ("a blank and a NUL in the target are refused", "CVE-2013-4547 (nginx)",
     line(b"GET @T@/x @@.php HTTP/1.1"), BAD),
    ("a tab between the parts is refused", "RFC 9112 3", line(b"GET\t@T@/x\tHTTP/1.1"), BAD),
    ("two blanks after the method are refused", "RFC 9112 3", line(b"GET  @T@/x HTTP/1.1"), BAD),
    ("a bracket in the method is refused", "CVE-2024-23829 (aiohttp)", line(b"G[T @T@/x HTTP/1.1"),
     BAD),
    ("a NUL in the method is refused", "RFC 9110 9.1", line(b"G@@T @T@/x HTTP/1.1"), BAD),
    ("a carriage return in the target is refused", "RFC 9112 2.2", line(b"GET @T@/x\ry HTTP/1.1"),
     BAD),
    ("a vertical tab in the target is refused", "RFC 3986 2; Python str.split",
     line(b"GET @T@/x\x0by HTTP/1.1"), BAD),
    ("a DEL in the target is refused", "RFC 3986 2", line(b"GET @T@/x\x7f HTTP/1.1"), BAD),
    ("a fragment in the target is refused", "CVE-2023-45539 (HAProxy), CVE-2021-32779 (Envoy)",
     line(b"GET @T@/x#y HTTP/1.1"), BAD),
    ("a method of 100 KiB is refused", "RFC 9112 3", b"G" * 100000 + b" @T@/x HTTP/1.1\r\n",
     refused(400, 414, 431, 501)),
    ("TLS on the plain port is refused", "RFC 9112 2.2",
     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", alerted),
    ("bare line feeds throughout are refused", "CVE-2021-41136 (puma); RFC 9112 2.2",
     b"GET @T@/x HTTP/1.1\nHost: @H@\n\n", BAD),
    ("a bare line feed after the request line is refused", "CVE-2019-16785 (waitress)",
     b"GET @T@/x HTTP/1.1\nHost: @H@\r\n\r\n", BAD),
    ("bare carriage returns as line ends are refused", "CVE-2023-37276 (aiohttp)",
     b"GET @T@/x HTTP/1.1\rHost: @H@\r\r", BAD),
    ("an empty field name is refused", "CVE-2023-25725 (HAProxy)", field(b": y"), BAD),
    ("a NUL in a name is refused", "CVE-2021-43797 (Netty)", field(b"X@@Y: z"), BAD),
    ("a NUL in a value is refused", "CVE-2019-9900 (Envoy)", field(b"X: y@@z"), BAD),
    ("a control byte in a name is refused", "CVE-2021-43797 (Netty)", field(b"\x01X: y"), BAD),
    ("a blank before the colon is refused", "CVE-2021-22959 (Node), CVE-2022-24766 (mitmproxy)",
     field(b"X : y"), BAD),
    ("a blank in a name is refused", "CVE-2021-39214 (mitmproxy); RFC 9112 5.1", field(b"X Y: z"),
     BAD),
    ("a folded line is refused", "RFC 9112 5.2", field(b"X: y\r\n z"), BAD),
    ("a blank line of blanks that ends no head is refused", "RFC 9112 5.2",
     field(b"X: y\r\n \r\nGET /smuggled HTTP/1.1"), BAD),
    ("a bare carriage return in a value is refused", "CVE-2022-35256 (Node)", field(b"X: y\rZ: z"),
     BAD),
    ("a line without a colon is refused", "RFC 9112 5", field(b"GET /smuggled HTTP/1.1"), BAD),
    ("a byte above 127 in a name is refused", "RFC 9110 5.1", field(b"X\xe9: y"), BAD),
    ("a quoted name is refused", "RFC 9110 5.1", field(b"\"Host\": evil"), BAD),
    ("no Host is refused", "RFC 9112 3.2", b"GET @T@/x HTTP/1.1\r\n\r\n", BAD),
    ("two Hosts are refused", "RFC 9112 3.2; Kettle 2013, Host header attacks",
     field(b"Host: evil.example"), BAD),
    ("two equal Hosts are refused", "RFC 9112 3.2", field(b"host: @H@"), BAD),
    ("a list of Hosts is refused", "CVE-2023-29406 (Go)",
     b"GET @T@/x HTTP/1.1\r\nHost: @H@, evil.example\r\n\r\n", BAD),
    ("a path in Host is refused", "CVE-2023-29406 (Go)",
     b"GET @T@/x HTTP/1.1\r\nHost: @H@/x?\r\n\r\n", BAD),
    ("a user in Host is refused", "RFC 9110 7.2", b"GET @T@/x HTTP/1.1\r\nHost: a@@H@\r\n\r\n",
     BAD),
    ("a folded Host is refused", "Kettle 2013", b"GET @T@/x HTTP/1.1\r\nHost: @H@\r\n evil\r\n\r\n",
     BAD),
    ("a Host before which a blank stands is refused", "Kettle 2013",
     b"GET @T@/x HTTP/1.1\r\n Host: evil\r\nHost: @H@\r\n\r\n", BAD),
    ("Host by a name with an underscore is another field", "RFC 3875 4.1.18",
     field(b"X_Host: evil"), one_reading(b"")),
    ("empty lines without a bound before a request are refused", "RFC 9112 2.2",
     b"\r\n" * 500, BAD),
    ("TRACE is not sent with a credential, nor echoed", "CVE-2022-47184 (Traffic Server)",
     b"TRACE /keyopen HTTP/1.1\r\nHost: @H@\r\nCookie: a\r\n\r\n",
     lambda scene, payload: _trace(scene, payload)),
    ("a method that differs in case only is refused", "RFC 9110 9.1; gunicorn",
     b"delete /items/1 HTTP/1.1\r\nHost: @H@\r\n\r\n", GATEWAY),
    ("a registered method in mixed case is refused", "RFC 9110 9.1; gunicorn",
     line(b"Get @T@/x HTTP/1.1"), BAD),
    ("a method of nobody's is passed on as it came", "RFC 9110 16.1",
     line(b"GETX @T@/x HTTP/1.1"), one_reading(b"")),
    lenient("a letter outside ASCII in the query goes on encoded", "/x?q=é".encode(),
        "/x?q=%C3%A9"),
    lenient("a letter outside ASCII in the path goes on encoded", "/é/x".encode(), "/%C3%A9/x"),
    lenient("angle brackets in the query go on encoded", b"/x?q=<x>", "/x?q=%3Cx%3E"),
    lenient("quotes in the query go on encoded", b"/x?q=\"x\"", "/x?q=%22x%22"),
    ("a target beyond limits.head is refused", "RFC 9110 15.5.15",
     b"GET @T@/" + b"a" * 70000 + b" HTTP/1.1\r\n", refused(414, 431)),
    ("a head beyond limits.head is refused", "RFC 6585 5",
     field(b"X: " + b"y" * 70000), refused(431)),
    ("more fields than limits.fields are refused", "CVE-2011-4885; RFC 6585 5",
     field(b"\r\n".join(b"X%d: y" % n for n in range(400))), refused(431)),
    ("a field name of 70 KiB is refused", "CVE-2021-40346 (HAProxy); RFC 6585 5",
     field(b"X" * 70000 + b": y"), refused(431)),
    ("an asterisk with GET is refused", "RFC 9112 3.2.4", line(b"GET * HTTP/1.1"), GATEWAY),
    ("a target without a slash is refused", "CVE-2023-25690 (Apache)", line(b"GET x HTTP/1.1"),
     GATEWAY),
    ("a target that begins with a user is refused", "RFC 9112 3.2", line(b"GET @evil/x HTTP/1.1"),
     GATEWAY),
    ("an authority with GET is refused", "RFC 9112 3.2.3", line(b"GET evil.example:80 HTTP/1.1"),
     GATEWAY),
    ("a Host that differs in HTTP/1.0 is refused", "CVE-2018-5702 (DNS rebinding)",
     b"GET /x HTTP/1.0\r\nHost: evil.example\r\n\r\n", status(403, "forbidden_host")),
])


def _trace(scene, payload):
    scene.origin.clear()
    got = scene.ask(payload, "TRACE")
    expect(got.status >= 400, f"status {got.status}")
    expect(b"corp-planted" not in got.head + got.content, "the key came back")
    scene.nothing_forwarded()
