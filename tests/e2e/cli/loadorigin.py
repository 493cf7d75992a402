# SPDX-License-Identifier: MIT
"""An origin and clients for many at once, in one asyncio loop."""

import asyncio
import hashlib
import statistics
import time
import urllib.parse

from harness import expect, expect_equal

BLOCK = 1 << 18


class LoadOrigin:
    """Responses by the path: /small, /slow?ms=, /events?count=&ms=, /upload (the content's SHA-256),
    /hang (never)."""

    def __init__(self):
        self.hanging = 0
        self.small = 0
        self.slow = 0  # begun
        self.streams = 0  # begun
        self.uploads = 0

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        self.url = "http://127.0.0.1:%d" % self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._response(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _response(self, head, reader, writer):
        target = urllib.parse.urlsplit(head.split(b" ", 2)[1].decode())
        query = dict(urllib.parse.parse_qsl(target.query))
        if target.path == "/hang":
            self.hanging += 1
            try:
                await reader.read(1)  # returns when the other side gives up
            finally:
                self.hanging -= 1
            raise ConnectionResetError
        if target.path == "/events":
            await self._events(writer, int(query["count"]), int(query["ms"]) / 1000)
            return
        if target.path == "/slow":
            self.slow += 1
            await asyncio.sleep(int(query["ms"]) / 1000)
        self.small += target.path == "/small"
        content = b"ok"
        if target.path == "/upload":
            content = await self._hash(head, reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(content), content))
        await writer.drain()

    async def _hash(self, head, reader):
        left = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        digest = hashlib.sha256()
        while left:
            bytes = await reader.read(min(left, BLOCK))
            if not bytes:
                raise ConnectionResetError
            digest.update(bytes)
            left -= len(bytes)
        self.uploads += 1
        return digest.hexdigest().encode()

    async def _events(self, writer, count, gap):
        self.streams += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     b"Transfer-Encoding: chunked\r\n\r\n")
        for number in range(count):
            writer.write(framed(event(number)))
            await writer.drain()
            await asyncio.sleep(gap)
        writer.write(b"0\r\n\r\n")
        await writer.drain()


def event(number):
    return b"data: %d\n\n" % number


def framed(bytes):
    return b"%x\r\n%b\r\n" % (len(bytes), bytes)


class Client:
    """One kept connection."""

    @classmethod
    async def to(cls, port):
        self = cls()
        self.port = port
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=BLOCK)
        return self

    def ask(self, target, method="GET", more=""):
        self.writer.write(f"{method} {target} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{more}\r\n"
                          .encode())

    async def head(self):
        return await self.reader.readuntil(b"\r\n\r\n")

    async def chunk(self):
        """Empty at the last one; IncompleteReadError where the connection ended before it."""
        line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise asyncio.IncompleteReadError(line, None)
        bytes = await self.reader.readexactly(int(line, 16))
        await self.reader.readexactly(2)
        return bytes

    async def content(self, target, **more):
        """The content of a whole response with a length; it is an error when that is not 200."""
        self.ask(target, **more)
        head = await self.head()
        expect(head.startswith(b"HTTP/1.1 200 "), f"{target} was answered {head!r}")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        return await self.reader.readexactly(length)

    async def events(self, count, milliseconds=10):
        """A whole stream: every event, once, in order, and its end."""
        self.ask(f"/events?count={count}&ms={milliseconds}")
        await self.head()
        for number in range(count):
            expect_equal(await self.chunk(), event(number), "an event")
        expect_equal(await self.chunk(), b"", "the end")

    async def upload(self, blocks, seed):
        """Whether the origin got what was sent."""
        block = hashlib.sha256(b"%d" % seed).digest() * (BLOCK // 32)
        digest = hashlib.sha256()
        self.ask("/upload", "POST", f"Content-Length: {blocks * BLOCK}\r\n")
        for _ in range(blocks):
            self.writer.write(block)
            digest.update(block)
            await self.writer.drain()
        head = await self.head()
        expect(head.startswith(b"HTTP/1.1 200 "), f"an upload was answered {head!r}")
        expect_equal(await self.reader.readexactly(64), digest.hexdigest().encode(), "SHA-256")

    def close(self):
        self.writer.close()


async def clients(port, count):
    """That many connections, each of which has had a response."""
    all_of_them = []
    for start in range(0, count, 100):
        some = await asyncio.gather(*(Client.to(port) for _ in range(min(100, count - start))))
        for client in some:
            expect_equal(await client.content("/small"), b"ok", "/small")
        all_of_them += some
    return all_of_them


class Times:
    """How long each of some answers took, in milliseconds."""

    def __init__(self, values):
        self.values = sorted(values)

    def __str__(self):
        high = self.values[int(0.99 * (len(self.values) - 1))]
        return (f"p50 {statistics.median(self.values):.2f} ms, p99 {high:.2f} ms, "
                f"most {self.values[-1]:.1f} ms")


async def times(port, count):
    client = await Client.to(port)
    values = []
    for _ in range(count):
        began = time.perf_counter()
        expect_equal(await client.content("/small"), b"ok", "/small")
        values.append(1000 * (time.perf_counter() - began))
    client.close()
    return Times(values)


class HighestRss:
    """Samples while the `with` lasts."""

    def __init__(self, sallyport):
        self._sallyport = sallyport
        self.kib = sallyport.rss_kib()

    async def _sample(self):
        while True:
            self.kib = max(self.kib, self._sallyport.rss_kib())
            await asyncio.sleep(0.05)

    async def __aenter__(self):
        self._task = asyncio.create_task(self._sample())
        return self

    async def __aexit__(self, *_):
        self._task.cancel()
        self.kib = max(self.kib, self._sallyport.rss_kib())
