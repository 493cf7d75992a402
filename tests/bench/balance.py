# SPDX-License-Identifier: MIT
"""Requests over a group of five targets of which two flap: one stops listening and is refused, one
stops accepting so that connections hang until the connect time-out. Each says `Connection: close` on
what it has before it goes, as a server does that is restarted. Every request must get one response
from one target: none is lost, none is done twice; and the steady targets share by their weights."""

import argparse
import asyncio
import collections
import contextlib
import pathlib
import random
import socket
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

import harness  # noqa: E402

WEIGHTS = {"a": 3, "b": 2, "c": 1, "refuses": 2, "hangs": 2}
STEADY = ("a", "b", "c")
CONNECT_TIMEOUT_MS = 250
CLIENTS = 16


class Target:
    """A server that counts what it did, and can be away."""

    def __init__(self, name):
        self.name = name
        self.done = collections.Counter()
        self.away = False
        self.connections = set()
        self.port = None
        self._socket = None
        self._plugs = []
        self._tasks = collections.deque(maxlen=64)

    def listen(self):
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", self.port or 0))
        self.port = self._socket.getsockname()[1]
        self._accept_on()

    def _accept_on(self):
        self._socket.listen(128)
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._accept)

    def _accept(self):
        loop = asyncio.get_running_loop()
        with contextlib.suppress(BlockingIOError):
            while True:
                accepted, _ = self._socket.accept()
                accepted.setblocking(False)
                self._tasks.append(asyncio.create_task(
                    loop.connect_accepted_socket(lambda: Connection(self), accepted)))

    def _accept_off(self):
        asyncio.get_running_loop().remove_reader(self._socket.fileno())

    async def drained(self):
        """What is under way is answered with `Connection: close`; waits for the connections."""
        self.away = True
        end = time.monotonic() + 1
        while self.connections and time.monotonic() < end:
            await asyncio.sleep(0.005)

    async def refuse(self, seconds):
        # What waits to be accepted would be reset with its request in it.
        self._accept()
        self._accept_off()
        self._socket.close()
        await self.drained()
        await asyncio.sleep(seconds)
        self.away = False
        self.listen()

    async def hang(self, seconds):
        """The queue of connections to be accepted is full: further ones are not answered at all."""
        self._accept_off()
        self._socket.listen(0)
        for _ in range(4):
            plug = socket.socket()
            plug.setblocking(False)
            plug.connect_ex(("127.0.0.1", self.port))
            self._plugs.append(plug)
        await self.drained()
        await asyncio.sleep(seconds)
        for plug in self._plugs:
            plug.close()
        self._plugs.clear()
        self.away = False
        self._accept_on()


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as this needs it: `GET /N`, `POST /N` with a length, `GET /healthz`."""

    def __init__(self, target):
        self._target = target
        self._bytes = b""

    def connection_made(self, transport):
        self._transport = transport
        self._target.connections.add(self)

    def connection_lost(self, _):
        self._target.connections.discard(self)

    def data_received(self, data):
        self._bytes += data
        while (end := self._bytes.find(b"\r\n\r\n")) >= 0:
            head = self._bytes[:end]
            length = 0
            if head.startswith(b"POST"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(self._bytes) < end + 4 + length:
                return
            self._bytes = self._bytes[end + 4 + length:]
            self._respond(head.split(b" ")[1][1:])

    def _respond(self, number):
        closes = b"Connection: close\r\n" if self._target.away else b""
        if number != b"healthz":
            self._target.done[int(number)] += 1
        content = self._target.name.encode() + b" " + number
        self._transport.write(b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" %
                              (closes, len(content), content))
        if closes:
            self._transport.close()


async def flap(act, generator, stop):
    while not stop.is_set():
        await asyncio.sleep(generator.uniform(0.2, 0.5))
        if not stop.is_set():
            await act(generator.uniform(0.1, 0.4))


class Clients:
    def __init__(self, port, requests, seconds):
        self._port = port
        self._gap = seconds / requests
        self._began = time.monotonic()
        self._numbers = iter(range(requests))
        self.answers = collections.Counter()
        self.lost = []
        self.slowest = 0.0

    async def run(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for number in self._numbers:
            if (early := self._began + number * self._gap - time.monotonic()) > 0:
                await asyncio.sleep(early)
            if number % 2:
                writer.write(b"GET /%d HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % (number, self._port))
            else:
                writer.write(b"POST /%d HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 20\r\n\r\n"
                             b"01234567890123456789" % (number, self._port))
            began = time.monotonic()
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            content = await reader.readexactly(length)
            self.slowest = max(self.slowest, time.monotonic() - began)
            if head.startswith(b"HTTP/1.1 200 ") and content.endswith(b" %d" % number):
                self.answers[content.split()[0].decode()] += 1
            else:
                self.lost.append((number, head + content))
        writer.close()


def routes(targets):
    lines = "".join(f'      - {{url: "http://127.0.0.1:{t.port}", weight: {WEIGHTS[t.name]}}}\n'
                    for t in targets)
    return ("upstreams:\n  - name: group\n    targets:\n" + lines +
            "    policy: round-robin\n"
            f"    timeouts: {{connect: {CONNECT_TIMEOUT_MS}ms, first_byte: 30s, idle: 30s}}\n"
            "    health: {path: /healthz, every: 100ms, fall: 2, rise: 1}\n"
            "    breaker: {failures: 5, error_rate: 50%, window: 2s, open_for: 200ms}\n"
            "routes:\n  - {name: all, match: {path: /}, upstream: group, access: open}\n")


async def play(options, folder):
    generator = random.Random(options.seed)
    targets = [Target(name) for name in WEIGHTS]
    for target in targets:
        target.listen()
    folder.write(routes=routes(targets))
    with harness.Served(options.sallyport, folder, "--listen", "127.0.0.1:0") as sallyport:
        clients = Clients(sallyport.port, options.requests, options.seconds)
        stop = asyncio.Event()
        by_name = {target.name: target for target in targets}
        flapping = [asyncio.create_task(flap(by_name["refuses"].refuse, generator, stop)),
                    asyncio.create_task(flap(by_name["hangs"].hang, generator, stop))]
        began = time.monotonic()
        await asyncio.gather(*(clients.run() for _ in range(CLIENTS)))
        took = time.monotonic() - began
        stop.set()
        await asyncio.gather(*flapping)
        changes = sallyport.log().count("upstream_target")
    return targets, clients, took, changes


def verdicts(options, targets, clients, took, changes):
    done = sum((target.done for target in targets), collections.Counter())
    shares = {target.name: sum(target.done.values()) for target in targets}
    print(f"{options.requests} requests in {took:.1f} s, {options.requests / took:.0f}/s; "
          f"the slowest {1000 * clients.slowest:.0f} ms; {changes} changes of targets; {shares}")
    checks = harness.Checks()
    with_name = {
        "each request got the response to it": lambda: harness.expect(
            not clients.lost, f"{len(clients.lost)} did not: {clients.lost[:3]}"),
        "none was lost": lambda: harness.expect_equal(
            len(done), options.requests, "requests that a target did"),
        "none was done twice": lambda: harness.expect_equal(
            [n for n, times in done.items() if times > 1][:5], [], "done more than once"),
        "both that flap had their part": lambda: harness.expect(
            shares["refuses"] > 0 and shares["hangs"] > 0 and changes > 4, f"{shares}, {changes}"),
        "the slowest waited one connect time-out and little more": lambda: harness.expect(
            clients.slowest < 2 * CONNECT_TIMEOUT_MS / 1000 + options.slack, f"{clients.slowest} s"),
    }
    steady = sum(shares[name] for name in STEADY)
    whole = sum(WEIGHTS[name] for name in STEADY)
    for name in STEADY:
        wanted = steady * WEIGHTS[name] / whole
        with_name[f"{name} has its share within 2 %"] = lambda name=name, wanted=wanted: \
            harness.expect(abs(shares[name] - wanted) <= 0.02 * wanted,
                           f"{shares[name]} instead of {wanted:.0f}")
    for name, check in with_name.items():
        checks.run(name, check)
    return checks.report()


def main():
    parser = harness.arguments(__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30, help="that they are spread over")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slack", type=float, default=2, help="seconds that the machine may take")
    options = parser.parse_args()
    with harness.Folder() as folder:
        return verdicts(options, *asyncio.run(play(options, folder)))


if __name__ == "__main__":
    sys.exit(main())
