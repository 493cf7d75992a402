# SPDX-License-Identifier: MIT
"""Requests whose length two parsers read in two ways (RFC 9112 6)."""

from scene import expect_equal, one_reading, refused, table

HIDDEN = b"GET /smuggled HTTP/1.1\r\nX: y"
END = b"0\r\n\r\n"


def post(fields, content=END, version=b"1.1"):
    return b"POST @T@/x HTTP/%b\r\nHost: @H@\r\n%b\r\n\r\n%b" % (version, fields, content)


def te(value, content=END):
    return post(b"Transfer-Encoding: " + value, content)


def cl(value, content=b"hello"):
    return post(b"Content-Length: " + value, content)


def one_or_none(content):
    """417 and the end, or one request; never two."""
    def check(scene, payload):
        scene.origin.clear()
        with scene.client() as client:
            client.send(scene.placed(payload))
            got = client.response("POST")
            if got.status != 200:
                client.ends()
        contents = [seen.content for seen in scene.settle()]
        expect_equal(contents, [content] if got.status == 200 else [], f"contents with {got.status}")
    return check


BAD = refused(400)
BAD_OR_UNKNOWN = refused(400, 501)
HELLO = b"5\r\nhello\r\n0\r\n\r\n"

ROWS = table([
    ("CL.TE: a length before chunked is refused", "RFC 9112 6.1; Linhart et al. 2005",
     post(b"Content-Length: 6\r\nTransfer-Encoding: chunked", END + b"G"), BAD),
    ("TE.CL: a length after chunked is refused", "RFC 9112 6.1; CVE-2023-47641 (aiohttp)",
     post(b"Transfer-Encoding: chunked\r\nContent-Length: 4", HELLO), BAD),
    ("0.CL: a length of zero beside chunked is refused", "Kettle 2025, HTTP/1.1 must die",
     post(b"Content-Length: 0\r\nTransfer-Encoding: chunked"), BAD),
    ("TE.TE: a second coding that is unknown is refused", "Kettle 2019, HTTP Desync Attacks",
     post(b"Transfer-Encoding: chunked\r\nTransfer-encoding: x"), BAD_OR_UNKNOWN),
    ("TE.TE: an unknown coding before chunked is refused", "CVE-2020-8287 (Node)",
     post(b"Transfer-Encoding: x\r\nTransfer-Encoding: chunked"), BAD_OR_UNKNOWN),
    ("TE.TE: chunked twice in two lines is refused", "CVE-2024-1135 (gunicorn)",
     post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), BAD),
    ("TE.TE: chunked twice in a list is refused", "RFC 9112 7.1", te(b"chunked, chunked"), BAD),
    ("chunked that is not the last coding is refused", "RFC 9112 6.3; CVE-2022-32213 (Node)",
     te(b"chunked, identity"), BAD_OR_UNKNOWN),
    ("identity alone is refused", "RFC 9112 6.1; CVE-2024-6827 (gunicorn)", te(b"identity"),
     BAD_OR_UNKNOWN),
    ("identity before chunked is refused", "RFC 9112 6.1",
     te(b"identity, chunked"), BAD_OR_UNKNOWN),
    ("gzip before chunked is refused", "RFC 9112 6.1", te(b"gzip, chunked"), BAD_OR_UNKNOWN),
    ("a byte before chunked is refused", "Kettle 2019 (xchunked)", te(b"xchunked"), BAD_OR_UNKNOWN),
    ("a byte after chunked is refused", "Kettle 2019", te(b"chunkedx"), BAD_OR_UNKNOWN),
    ("a vertical tab before chunked is refused", "CVE-2019-18277 (HAProxy)",
     te(b"\x0bchunked"), BAD),
    ("a form feed after chunked is refused", "CVE-2019-16789 (waitress)", te(b"chunked\x0c"), BAD),
    ("a NEL (0x85) before chunked is refused", "Python str.strip; CVE-2023-47627 (aiohttp)",
     te(b"\x85chunked"), BAD_OR_UNKNOWN),
    ("a no-break blank before chunked is refused", "CVE-2020-11076 (puma)", te(b"\xa0chunked"),
     BAD_OR_UNKNOWN),
    ("a NUL after chunked is refused", "RFC 9110 5.5", te(b"chunked@@"), BAD),
    ("chunked in quotes is refused", "Kettle 2019", te(b"\"chunked\""), BAD_OR_UNKNOWN),
    ("chunked with a parameter is refused", "RFC 9112 7.1", te(b"chunked;q=1"), BAD_OR_UNKNOWN),
    ("chunked after a comma is refused", "CVE-2020-15811 (squid)", te(b",chunked"), BAD_OR_UNKNOWN),
    ("chunked before a comma is refused", "CVE-2022-1705 (Go)", te(b"chunked,"), BAD_OR_UNKNOWN),
    ("an empty coding is refused", "RFC 9112 6.1", te(b""), BAD_OR_UNKNOWN),
    ("a folded coding is refused", "CVE-2022-32215 (Node)",
     post(b"Transfer-Encoding:\r\n chunked"), BAD),
    ("a coding that hides in a folded field is refused", "Kettle 2019",
     post(b"X: y\r\n Transfer-Encoding: chunked"), BAD),
    ("a blank before the colon of a coding is refused", "CVE-2019-16869 (Netty); RFC 9112 5.1",
     post(b"Transfer-Encoding : chunked"), BAD),
    ("a blank before the name of a coding is refused", "CVE-2024-27982 (Node)",
     b"POST @T@/x HTTP/1.1\r\n Transfer-Encoding: chunked\r\nHost: @H@\r\n\r\n" + END, BAD),
    ("a coding after a bare carriage return is refused", "CVE-2023-30589 (Node)",
     post(b"X: y\rTransfer-Encoding: chunked"), BAD),
    ("a coding after a bare line feed is refused", "CVE-2022-32214 (Node)",
     post(b"X: y\nTransfer-Encoding: chunked"), BAD),
    ("chunked in HTTP/1.0 is refused", "RFC 9112 6.1",
     post(b"Transfer-Encoding: chunked", version=b"1.0"), BAD),
    ("a TE.0 request keeps its chunks as content", "TE.0, Bojanowski et al. 2024",
     b"OPTIONS @T@/x HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n"
     b"%x\r\n%b\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN), one_reading(HIDDEN)),
    ("two lengths that differ are refused", "RFC 9112 6.3; CVE-2017-7658 (Jetty)",
     post(b"Content-Length: 5\r\nContent-Length: 0", b"hello"), BAD),
    ("two lengths that are equal are refused", "RFC 9112 6.3",
     post(b"Content-Length: 5\r\nContent-Length: 5", b"hello"), BAD),
    ("a list of lengths is refused", "CVE-2018-8004 (Traffic Server)", cl(b"5, 5"), BAD),
    ("a length with a plus sign is refused", "CVE-2023-40167 (Jetty)", cl(b"+5"), BAD),
    ("a negative length is refused", "CVE-2004-0095; RFC 9110 8.6", cl(b"-5"), BAD),
    ("an underscore in a length is refused", "CVE-2023-47627 (aiohttp)", cl(b"1_0", b"0123456789"),
     BAD),
    ("a hexadecimal length is refused", "RFC 9110 8.6", cl(b"0x5"), BAD),
    ("an empty length is refused", "CVE-2023-40225 (HAProxy)", cl(b""), BAD),
    ("a length that wraps 64 bits is refused", "RFC 9110 8.6", cl(b"18446744073709551621"), BAD),
    ("a length that wraps 32 bits is no length of five", "RFC 9110 8.6",
     cl(b"99999999999999999999"), BAD),
    ("a blank in a length is refused", "CVE-2020-15810 (squid)", cl(b"5 0"), BAD),
    ("a length in a fraction is refused", "CVE-2022-42252 (Tomcat)", cl(b"5.0"), BAD),
    ("a length in full-width digits is refused", "Python int(); CVE-2023-47627 (aiohttp)",
     cl(b"\xef\xbc\x95"), BAD),
    ("a length with a NUL is refused", "RFC 9110 5.5", cl(b"5@@"), BAD),
    ("a tab before the colon of a length is refused", "CVE-2019-18678 (squid)",
     post(b"Content-Length\t: 5", b"hello"), BAD),
    ("a name of 270 bytes that begins as a length is another field", "CVE-2021-40346 (HAProxy)",
     post(b"Content-Length0" + b"a" * 255 + b":\r\nContent-Length: %d" % len(HIDDEN), HIDDEN),
     one_reading(HIDDEN)),
    ("an empty name that cuts the head short is refused", "CVE-2023-25725 (HAProxy)",
     post(b":\r\nContent-Length: 5", b"hello"), BAD),
    ("CL.0: content that looks like a request is content", "Kettle 2022, Browser-Powered Desync",
     post(b"Content-Length: %d" % len(HIDDEN), HIDDEN), one_reading(HIDDEN)),
    ("GET with content sends its content on", "RFC 9110 9.3.1; Kettle 2022",
     b"GET @T@/x HTTP/1.1\r\nHost: @H@\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
     one_reading(HIDDEN)),
    ("HEAD with content sends its content on", "RFC 9110 9.3.2",
     b"HEAD @T@/x HTTP/1.1\r\nHost: @H@\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
     one_reading(HIDDEN)),
    ("a length with zeros before it is written anew", "RFC 9110 8.6", cl(b"0000005"),
     one_reading(b"hello", fields=[("Content-Length", "5")])),
    ("Connection cannot take the length away", "Davison 2019, hop-by-hop abuse; RFC 9110 7.6.1",
     post(b"Connection: close, Content-Length\r\nContent-Length: %d" % len(HIDDEN), HIDDEN),
     one_reading(HIDDEN)),
    ("Connection cannot take the coding away", "RFC 9110 7.6.1",
     post(b"Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked", HELLO),
     one_reading(b"hello", fields=[("Transfer-Encoding", "chunked")])),
    ("an odd case of chunked is written anew", "RFC 9112 7",
     post(b"tRANSFER-eNCODING: \tChUnKeD\t", HELLO),
     one_reading(b"hello", fields=[("Transfer-Encoding", "chunked")])),
    ("0.CL by Expect: the content belongs to its request", "Kettle 2025 (Expect)",
     post(b"Expect: 100-continue\r\nContent-Length: %d" % len(HIDDEN), HIDDEN), one_reading(HIDDEN)),
    ("an Expect that is unknown does not move the content", "Kettle 2025 (obfuscated Expect)",
     post(b"Expect: y 100-continue\r\nContent-Length: %d" % len(HIDDEN), HIDDEN),
     one_or_none(HIDDEN)),
])
