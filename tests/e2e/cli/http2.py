# SPDX-License-Identifier: MIT
"""An upstream with `http2: true` and a server of another house, nghttpd: by ALPN over TLS, and with
prior knowledge in plain text."""

import hashlib
import json
import os
import socket
import subprocess
import time

import web
from certificates import make_certificate
from harness import Folder, Served, expect, expect_equal, expect_in, free_port, origin_routes, run, \
    wait_for
from origin import Origin

LARGE = 32 * 1024 * 1024


class Nghttpd:
    """nghttpd over the files of a folder; a POST gets back what it sends."""

    def __init__(self, root, certificate=None):
        self.port = free_port()
        tls = [certificate[1], certificate[0]] if certificate else ["--no-tls"]
        command = ["nghttpd", "-a", "127.0.0.1", "--echo-upload", "-d", root]
        command += (["--no-tls", self.port] if not certificate else [self.port, *tls])
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._listens, 10, "nghttpd listening")

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def checks(options):
    executable = options.sallyport

    def routes(folder, server, certificate):
        scheme = "https" if certificate else "http"
        extra = "    http2: true\n"
        if certificate:
            extra += f"    tls: {{ca_file: {certificate[2]}}}\n"
        # What is kept of contents for the log is not what is measured here.
        url = f"{scheme}://127.0.0.1:{server.port}"
        return folder.write(routes=origin_routes(url, upstream_extra=extra),
                            settings="capture: {bodies: false}\n")

    def records(folder):
        done = run([executable, "log", "--json"], folder)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def both_ways(is_tls):
        with Folder() as folder:
            certificate = make_certificate(folder.root) if is_tls else None
            content = os.urandom(LARGE)
            (folder.work / "large").write_bytes(content)
            with Nghttpd(folder.work, certificate) as server, \
                    Served(executable, routes(folder, server, certificate), "--listen",
                           "127.0.0.1:0") as sallyport:
                digest = hashlib.sha256(content).hexdigest()
                before = sallyport.anonymous_kib()
                got = web.request(sallyport.port, target="/large", seconds=60)
                expect_equal((got.status, hashlib.sha256(got.content).hexdigest()), (200, digest),
                             "what came down")
                got = web.request(sallyport.port, "POST", "/echo", content=content, seconds=60)
                expect_equal((got.status, hashlib.sha256(got.content).hexdigest()), (200, digest),
                             "what came back")
                expect_equal(web.request(sallyport.port, target="/none").status, 404, "no such file")
                grown = sallyport.anonymous_kib() - before
                expect(options.sanitized or grown < 24 * 1024, f"memory grew by {grown} KiB")
                sallyport.stop()
            expect_equal({record["way"] for record in records(folder)}, {"HTTP/2"}, "the way")

    def slow_client():
        """The origin is held back: a client that reads nothing costs its watermarks and windows."""
        with Folder() as folder:
            with open(folder.work / "huge", "wb") as huge:
                huge.truncate(256 * 1024 * 1024)
            with Nghttpd(folder.work) as server, \
                    Served(executable, routes(folder, server, None), "--listen",
                           "127.0.0.1:0") as sallyport:
                before = sallyport.anonymous_kib()
                with web.connect(sallyport.port) as client:
                    client.sendall(web.get(sallyport.port, "/huge"))
                    expect(client.recv(4096).startswith(b"HTTP/1.1 200 "), "the head")
                    time.sleep(1.5)
                    grown = sallyport.anonymous_kib() - before
                    expect(options.sanitized or grown < 16 * 1024, f"memory grew by {grown} KiB")
                    # Others go on over the same connection.
                    expect_equal(web.request(sallyport.port, target="/none").status, 404, "another")

    def no_http2():
        with Folder() as folder:
            certificate = make_certificate(folder.root)
            with Origin(lambda exchange, seen: exchange.reply(200, b"x"), certificate[:2]) as origin, \
                    Served(executable, routes(folder, origin, certificate), "--listen",
                           "127.0.0.1:0") as sallyport:
                got = web.request(sallyport.port)
                expect_equal(got.status, 502, "status")
                expect_in("HTTP/2", got.content.decode(), "why")
                expect_equal(len(origin.seen), 0, "requests at the origin")

    def killed():
        """In mid-response the client sees a cut; afterwards the next target takes the requests."""
        with Folder() as folder:
            with open(folder.work / "huge", "wb") as huge:
                huge.truncate(256 * 1024 * 1024)
            (folder.work / "small").write_bytes(b"small")
            with Nghttpd(folder.work) as first, Nghttpd(folder.work) as second:
                folder.write(routes=(
                    "upstreams:\n  - name: origin\n    http2: true\n    targets:\n"
                    f'      - {{url: "http://127.0.0.1:{first.port}"}}\n'
                    f'      - {{url: "http://127.0.0.1:{second.port}"}}\n'
                    "    health: {path: /small, every: 200ms}\n"
                    "routes:\n  - {name: all, match: {path: /}, upstream: origin, access: open}\n"))
                with Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
                    with web.connect(sallyport.port) as client:
                        client.sendall(web.get(sallyport.port, "/huge"))
                        expect(client.recv(4096).startswith(b"HTTP/1.1 200 "), "the head")
                        first.process.kill()
                        count = 0
                        try:
                            while piece := client.recv(1 << 20):
                                count += len(piece)
                        except ConnectionError:
                            pass
                        expect(count < 256 * 1024 * 1024, "the whole of it came")
                    for _ in range(20):
                        got = web.request(sallyport.port, "POST", "/small", content=b"x" * 1000)
                        expect_equal((got.status, got.content), (200, b"x" * 1000), "at the second")
                    wait_for(lambda: f"127.0.0.1:{first.port}" in sallyport.log(), 10,
                             "the probes say that it is down")
                    sallyport.stop()
                ends = [record["end"] for record in records(folder)]
                expect_equal((ends.count("truncated"), ends.count("complete")), (1, 20), "the ends")

    return [("http2: a target that is killed", killed),
            ("http2: 32 MiB each way by ALPN over TLS", lambda: both_ways(True)),
            ("http2: 32 MiB each way with prior knowledge", lambda: both_ways(False)),
            ("http2: a client that does not read holds the origin back", slow_client),
            ("http2: a server that speaks HTTP/1.1 alone is no target", no_http2)]
