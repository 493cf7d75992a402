# SPDX-License-Identifier: MIT
"""Chunked content that two parsers cut in two ways (RFC 9112 7.1)."""

from scene import one_reading, refused, table

REQUEST = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
HELLO = b"5\r\nhello\r\n0\r\n\r\n"


def chunks(content):
    return b"POST @T@/x HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n" + content


def bad(name, source, content):
    return name, source, chunks(content), refused(400)


FUNKY = "Weikop 2025, Funky chunks"
ROWS = table([
    bad("a chunk size with 0x is refused", "RFC 9112 7.1", b"0x" + HELLO),
    bad("a chunk size with a plus sign is refused", "Python int(); RFC 9112 7.1", b"+" + HELLO),
    bad("a negative chunk size is refused", "CVE-2013-2028 (nginx)", b"-" + HELLO),
    bad("an underscore in a chunk size is refused", "Python int(); RFC 9112 7.1",
        b"0_" + HELLO),
    bad("a blank before a chunk size is refused", "CVE-2023-46846 (squid)", b" " + HELLO),
    bad("a tab after a chunk size is refused", "RFC 9112 7.1", b"5\t\r\nhello\r\n0\r\n\r\n"),
    bad("a chunk size that wraps 64 bits is refused", "CVE-2017-7657 (Jetty)",
        b"10000000000000005\r\nhello\r\n0\r\n\r\n"),
    bad("a chunk size in the shape of a negative is refused", "CVE-2013-2028 (nginx)",
        b"ffffffffffffffed\r\nhello\r\n0\r\n\r\n"),
    bad("a chunk size that is empty is refused", "RFC 9112 7.1", b"\r\nhello\r\n0\r\n\r\n"),
    bad("a chunk size of letters that are no digits is refused", "RFC 9112 7.1",
        b"5g\r\nhello\r\n0\r\n\r\n"),
    bad("a bare line feed after a chunk size is refused", "CVE-2025-22871 (Go)",
        b"5\nhello\r\n0\r\n\r\n"),
    bad("a bare carriage return after a chunk size is refused", FUNKY, b"5\rhello\r\n0\r\n\r\n"),
    bad("EXT.TERM: a line feed in an extension is refused", FUNKY,
        b"2;a\nxx\r\n45\r\n0\r\n\r\n"),
    bad("TERM.EXT: a line feed after a semicolon is refused", FUNKY,
        b"2;\nxx\r\n4c\r\n0\r\n\r\n"),
    bad("a line feed in an extension's value is refused", "CVE-2024-52304 (aiohttp)",
        b"2;a=b\nxx\r\n4c\r\n0\r\n\r\n"),
    bad("a carriage return in an extension is refused", "CVE-2025-58056 (Netty)",
        b"2;a\rb\r\nxx\r\n0\r\n\r\n"),
    bad("a line end in a quoted extension is refused", FUNKY, b"2;a=\"\r\nxx\r\n0\r\n\r\n"),
    bad("a NUL in an extension is refused", "RFC 9112 7.1.1", b"2;a@@b\r\nxx\r\n0\r\n\r\n"),
    bad("a semicolon without an extension is refused", "RFC 9112 7.1.1",
        b"2;\r\nxx\r\n0\r\n\r\n"),
    bad("SPILL: a chunk that is longer than its size is refused", FUNKY,
        b"4\r\nhello\r\n0\r\n\r\n"),
    bad("two bytes that are no line end after a chunk are refused", "CVE-2025-43859 (h11)",
        b"5\r\nhelloXX0\r\n\r\n"),
    bad("a chunk without a line end after it is refused", FUNKY, b"5\r\nhello0\r\n\r\n"),
    bad("a line feed alone after a chunk is refused", FUNKY, b"5\r\nhello\n0\r\n\r\n"),
    bad("line feeds after the last chunk are refused", FUNKY, b"0\n\n"),
    bad("a line feed that ends the trailers is refused", "CVE-2023-45648 (Tomcat)",
        b"0\r\nX: y\r\n\n"),
    bad("a trailer that is no field is refused", "CVE-2024-53868 (Traffic Server)",
        b"0\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
    bad("a folded trailer is refused", "RFC 9112 5.2", b"0\r\nX: y\r\n z\r\n\r\n"),
    bad("a trailer with a bare carriage return is refused", "CVE-2024-35161 (Traffic Server)",
        b"0\r\nX: y\rz\r\n\r\n"),
    bad("an extension without a bound is refused", "CVE-2024-22019 (Node)",
        b"1;" + b"a" * 20000 + b"\r\nx\r\n0\r\n\r\n"),
    bad("extensions that outweigh the content are refused", "CVE-2023-39326 (Go)",
        (b"1;" + b"a" * 3000 + b"\r\nx\r\n") * 40 + b"0\r\n\r\n"),
    bad("trailers without a bound are refused", "CVE-2023-46589 (Tomcat)",
        b"0\r\nX: " + b"v" * 70000 + b"\r\n\r\n"),
    bad("leading zeros without a bound are refused", "RFC 9112 7.1",
        b"0" * 4000 + b"5\r\nhello\r\n0\r\n\r\n"),
    ("extensions are dropped and sizes written anew", "CVE-2021-22960 (Node)",
     chunks(b"0005;a=\"b;\\\" 0\"\r\nhello\r\n000;x\r\n\r\n"), one_reading(b"hello")),
    ("framing in trailers frames nothing", "RFC 9110 6.5.1",
     chunks(b"5\r\nhello\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\nHost: evil\r\n\r\n"),
     one_reading(b"hello")),
    ("a chunk that looks like a request is content", "Kettle 2019",
     chunks(b"%x\r\n%b\r\n0\r\n\r\n" % (len(REQUEST), REQUEST)), one_reading(REQUEST)),
])
