# SPDX-License-Identifier: MIT
"""TLS to upstreams: who they are, and whether what they said was all (RFC 9110 4.3.4, RFC 9112 9.8)."""

import shutil
import socket
import subprocess

from recorder import OK, Close, Recorder
from scene import KEY, Row, Scene, expect, expect_equal

TRUNCATION = "Smyth, Pironti 2013, Truncating TLS Connections; RFC 9112 9.8"
ROUTES = """upstreams:
  - {{name: origin, targets: [{{url: "{url}"}}], credential: "env:CORP_KEY"@TLS@}}
routes:
  - {{name: all, match: {{path: /}}, upstream: origin, access: open}}
"""


def make_certificate(folder, names="DNS:localhost,IP:127.0.0.1", days=2):
    """A leaf under an authority of its own: (leaf, key, authority)."""
    ca, leaf, request, key = (folder / name for name in ("ca.pem", "leaf.pem", "leaf.csr", "key.pem"))

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", folder / "ca.key", "-out", ca, "-days", 2,
            "-subj", "/CN=Test authority")
    openssl("req", *curve, "-keyout", key, "-out", request, "-subj", "/CN=localhost",
            "-addext", f"subjectAltName={names}")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", folder / "ca.key", "-days", days,
            "-copy_extensions", "copyall", "-out", leaf)
    return leaf, key, ca


def secured(action, names="DNS:localhost,IP:127.0.0.1", trusts=True):
    def check(scene):
        if not shutil.which("openssl"):
            print("  without the command openssl there is no certificate: nothing was looked at")
            return
        folder = scene.folder.work
        leaf, key, ca = make_certificate(folder, names)
        tls = f', tls: {{{{ca_file: "{ca}"}}}}' if trusts else ""
        with Scene(scene.options, ROUTES.replace("@TLS@", tls), "", Recorder((leaf, key))) as own:
            action(own)
    return check


def end_of(fields, with_alert, is_whole):
    """A response whose end is that of its connection."""
    def action(scene):
        def answer(connection, _):
            connection.send(b"HTTP/1.1 200 OK\r\n" + fields + b"\r\nhello")
            if with_alert:
                try:
                    connection.stream.unwrap()
                except OSError:
                    pass  # the alert has gone out; the other side may have ended already
            raw = socket.socket(fileno=connection.stream.detach())
            raw.shutdown(socket.SHUT_WR)
            raw.close()
            return Close

        scene.origin.play("/end", answer)
        got = scene.get("/end")
        expect_equal(got.content, b"hello", "content")
        expect_equal(got.is_whole, is_whole, "whether it passes as whole")
    return action


def _not_trusted(scene):
    got = scene.get("/x")
    expect_equal((got.status, got.code), (502, "upstream_tls"), "response")
    expect(KEY.encode() not in got.content, "the key is in the response")
    expect_equal(scene.origin.seen, [], "what the origin saw")


def _fine(scene):
    expect_equal(scene.get("/x").content, b"ok", "content")
    expect_equal(scene.origin.seen[0].field("Authorization"), f"Bearer {KEY}", "credential")


def _plain(scene):
    """An upstream of https that speaks plainly gets no key."""
    with Recorder() as plain, Scene(scene.options, ROUTES.replace("@TLS@", "").replace(
            "{url}", plain.url.replace("http", "https")), "") as own:
        got = own.get("/x")
        expect_equal((got.status, got.code), (502, "upstream_tls"), "response")
        expect(KEY not in repr(plain.faults) and not plain.seen, "what came in clear")


def _splits(scene):
    """Surplus over TLS is nobody's (Doyhenard 2021)."""
    scene.origin.play("/x", OK + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
    for _ in range(3):
        expect_equal(scene.get("/x").content, b"ok", "content")


ROWS = [
    Row("a certificate that fits is taken, and gets the key", "RFC 9110 4.3.4", secured(_fine)),
    Row("a certificate of nobody's gets no key", "RFC 9110 4.3.4",
        secured(_not_trusted, trusts=False)),
    Row("a certificate for another name gets no key", "RFC 9110 4.3.4",
        secured(_not_trusted, names="DNS:evil.example")),
    Row("a certificate for another address gets no key", "RFC 9110 4.3.5",
        secured(_not_trusted, names="IP:127.0.0.2,DNS:localhost")),
    Row("a name that is our address in text is no address", "RFC 6125 6.2",
        secured(_not_trusted, names="DNS:127.0.0.1")),
    Row("an upstream of https that speaks plainly gets no key", "RFC 9110 4.2.2", _plain),
    Row("an end with a closure alert is whole", TRUNCATION,
        secured(end_of(b"X: y\r\n", True, True))),
    Row("an end without a closure alert is a cut", TRUNCATION,
        secured(end_of(b"X: y\r\n", False, False))),
    Row("a length that is there is whole without a closure alert", "RFC 9112 9.8",
        secured(end_of(b"Content-Length: 5\r\n", False, True))),
    Row("a second response over TLS is nobody's", "Doyhenard 2021, Response Smuggling",
        secured(_splits)),
]
