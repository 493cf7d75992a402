# SPDX-License-Identifier: MIT
"""Streams: at once, in order, bounded in memory, cancelled when nobody reads."""

import asyncio
import socket
import threading
import time

import web
from harness import Folder, Served, expect, expect_equal, origin_routes, wait_for
from origin import Origin

GIB = 1 << 30
BLOCK = bytes(range(256)) * 4096  # 1 MiB
STREAMS, EVENTS = 500, 30


def checks(options):
    executable = options.sallyport
    allowed_kib = 1 << 30 if options.sanitized else 8 * 1024

    def served(folder):
        return Served(executable, folder, "--listen", "127.0.0.1:0")

    def stalled_reader():
        def response(exchange, _):
            exchange.send_response(200)
            exchange.send_header("Content-Length", str(GIB))
            exchange.end_headers()
            for _ in range(GIB // len(BLOCK)):
                exchange.wfile.write(BLOCK)

        with Origin(response) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport, web.connect(sallyport.port, 60) as client:
            before = _warm_rss(sallyport)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            client.sendall(web.get(sallyport.port, "/big"))
            highest = _highest_rss(sallyport, 10)
            stream = client.makefile("rb", buffering=1 << 20)
            web.read_head(stream)
            buffer, got = bytearray(1 << 20), 0
            while got < GIB:
                count = stream.readinto(memoryview(buffer)[:min(len(buffer), GIB - got)])
                expect(count, f"ended after {got} of {GIB} bytes")
                got += count
                if got % (64 << 20) < (1 << 20):
                    highest = max(highest, sallyport.rss_kib())
            print(f"  1 GiB to a stalled reader: {before} KiB before, at most {highest} KiB")
            expect(highest - before <= allowed_kib, f"grew by {highest - before} KiB")

    def stalled_origin():
        release = threading.Event()

        def accept_and_stall():
            connection, _ = listener.accept()
            release.wait(60)
            connection.close()

        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=accept_and_stall, daemon=True).start()
        routes = origin_routes(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with listener, Folder().write(routes=routes) as folder, served(folder) as sallyport, \
                web.connect(sallyport.port) as client:
            before = _warm_rss(sallyport)
            client.sendall(web.get(sallyport.port, method="POST", more=f"Content-Length: {GIB}\r\n"))
            client.settimeout(1)
            sent = 0
            try:
                while sent < GIB:
                    sent += client.send(BLOCK)
            except TimeoutError:
                pass
            highest = sallyport.rss_kib()
            print(f"  upload to a stalled origin: {sent >> 10} KiB taken, {before} to {highest} KiB")
            expect(sent < 64 << 20, f"{sent} bytes were taken")
            expect(highest - before <= allowed_kib, f"grew by {highest - before} KiB")
            release.set()

    def many_streams():
        with Folder() as folder:
            asyncio.run(asyncio.wait_for(_many_streams(folder, served), 90))

    def at_once():
        """Each event leaves before the next one comes; none waits for a buffer to fill."""
        step = threading.Semaphore(0)

        def response(exchange, _):
            exchange.begin_stream()
            for number in range(5):
                step.acquire(timeout=10)
                exchange.chunk(f"data: {number}\n\n".encode())
            exchange.end_stream()

        with Origin(response) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport, web.connect(sallyport.port) as client:
            client.sendall(web.get(sallyport.port, "/"))
            stream = client.makefile("rb")
            web.read_head(stream)  # the head comes before the first event
            for number in range(5):
                step.release()
                expect_equal(web.read_chunk(stream), f"data: {number}\n\n".encode(), "event")
            expect_equal(web.read_chunk(stream), b"", "the end")

    def cancelled():
        gone = threading.Event()

        def response(exchange, _):
            exchange.begin_stream()
            exchange.chunk(b"data: 1\n\n")
            exchange.connection.settimeout(10)
            try:
                is_over = exchange.connection.recv(1) == b""
            except ConnectionResetError:
                is_over = True
            if is_over:
                gone.set()

        with Origin(response) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport:
            client = web.connect(sallyport.port)
            client.sendall(web.get(sallyport.port, "/"))
            stream = client.makefile("rb")
            web.read_head(stream)
            web.read_chunk(stream)
            left = time.monotonic()
            stream.close()
            client.close()
            wait_for(gone.is_set, 2, "the upstream connection ends")
            print(f"  cancelled {1000 * (time.monotonic() - left):.0f} ms after the client went")

    def tunnel_half_close():
        listener = socket.create_server(("127.0.0.1", 0))

        def echo_after_end():
            connection, _ = listener.accept()
            got = b""
            while more := connection.recv(65536):
                got += more
            connection.sendall(b"got " + got)
            connection.close()

        threading.Thread(target=echo_after_end, daemon=True).start()
        host = f"127.0.0.1:{listener.getsockname()[1]}".encode()
        with listener, Folder() as folder, served(folder) as sallyport, \
                web.connect(sallyport.port) as client:
            client.sendall(b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n\r\n" % (host, host))
            stream = client.makefile("rb")
            expect(web.read_head(stream).startswith(b"HTTP/1.1 200"), "CONNECT was refused")
            client.sendall(b"bytes")
            client.shutdown(socket.SHUT_WR)
            expect_equal(stream.read(), b"got bytes", "after the half-close")

    return [
        ("each event leaves at once, the head before the first", at_once),
        ("when the client goes, the upstream exchange ends at once", cancelled),
        ("a tunnel carries a half-close", tunnel_half_close),
        ("1 GiB to a reader that stalls for 10 s needs 8 MiB at most", stalled_reader),
        ("an upload to an origin that stalls needs 8 MiB at most", stalled_origin),
        (f"{STREAMS} streams at once: every event, in order", many_streams),
    ]


def _warm_rss(sallyport):
    """After a first request, so that what is loaded once is not counted."""
    for _ in range(3):
        web.request(sallyport.port, target="/healthz")
    return sallyport.rss_kib()


def _highest_rss(sallyport, seconds):
    highest, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        highest = max(highest, sallyport.rss_kib())
        time.sleep(0.1)  # a sample, not a wait
    return highest


async def _many_streams(folder, served):
    async def origin(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     b"Transfer-Encoding: chunked\r\n\r\n")
        for number in range(EVENTS):
            data = f"data: {number}\n\n".encode()
            writer.write(b"%x\r\n%b\r\n" % (len(data), data))
            await writer.drain()
            await asyncio.sleep(0.02)
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def client(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(web.get(port))
        head = await reader.readuntil(b"\r\n\r\n")
        expect(b" 200 " in head, f"answered {head!r}")
        whole = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            whole += await reader.readexactly(size)
            await reader.readline()
        writer.close()
        expect_equal(whole, b"".join(b"data: %d\n\n" % n for n in range(EVENTS)), "a stream")

    server = await asyncio.start_server(origin, "127.0.0.1", 0, backlog=1024)
    folder.write(routes=origin_routes("http://127.0.0.1:%d" % server.sockets[0].getsockname()[1]))
    began = time.monotonic()
    with served(folder) as sallyport:
        await asyncio.gather(*(client(sallyport.port) for _ in range(STREAMS)))
        print(f"  {STREAMS * EVENTS} events in {time.monotonic() - began:.1f} s, "
              f"{sallyport.rss_kib()} KiB")
    server.close()
