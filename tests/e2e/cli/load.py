# SPDX-License-Identifier: MIT
"""Many at once, for long, and at the limits: what must stay true then. Each case says its figures
and asserts only what does not depend on the machine. The sizes of the tests are small; those of
`./dev bench --only reliability` are in tests/bench/reliability.py."""

import asyncio
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time

from harness import Folder, Served, expect, expect_equal, origin_routes
from loadorigin import Client, HighestRss, LoadOrigin, clients, event, times


def mib(kib):
    return f"{kib / 1024:.1f} MiB"


@contextlib.asynccontextmanager
async def serving(executable, settings="", prepare=None):
    """An origin and Sallyport before it."""
    async with LoadOrigin() as origin:
        with Folder() as folder:
            folder.write(routes=origin_routes(origin.url), settings=settings)
            program = prepare(folder) if prepare else executable
            with Served(program, folder, "--listen", "127.0.0.1:0") as sallyport:
                first = await Client.to(sallyport.port)  # what is loaded once is loaded now
                await first.content("/small")
                first.close()
                yield sallyport, origin


async def idle(executable, count, seconds):
    """Kept connections that nobody uses."""
    async with serving(executable) as (sallyport, _):
        alone = await times(sallyport.port, 200)
        before = sallyport.rss_kib()
        kept = await clients(sallyport.port, count)
        each = (sallyport.rss_kib() - before) / count
        ticks, wakes = sallyport.cpu_ticks(), sallyport.wakes()
        await asyncio.sleep(seconds)  # a measurement over a time
        ticks, wakes = sallyport.cpu_ticks() - ticks, sallyport.wakes() - wakes
        beside = await times(sallyport.port, 200)
        expect(wakes < 20 * seconds, f"{wakes} wake-ups in {seconds} s")
        for client in kept:
            expect_equal(await client.content("/small"), b"ok", "after the silence")
            client.close()
        busy = 100 * ticks / os.sysconf("SC_CLK_TCK") / seconds
        return (f"{count} connections, {each:.1f} KiB each; {wakes / seconds:.1f} wake-ups/s, "
                f"{busy:.1f} % CPU; a request alone: {alone}; beside them: {beside}")


async def streams(executable, count, events):
    """Event streams, each checked for order and loss."""
    async with serving(executable) as (sallyport, _):
        before, began = sallyport.rss_kib(), time.monotonic()
        async with HighestRss(sallyport) as highest:
            ours = [await Client.to(sallyport.port) for _ in range(count)]
            await asyncio.gather(*(client.events(events, 100) for client in ours))
        for client in ours:
            client.close()
        return (f"{count} streams, {count * events} events, none lost, in order, in "
                f"{time.monotonic() - began:.1f} s; {mib(before)} before, {mib(highest.kib)} at most")


async def rest(executable, count):
    """What a burst leaves behind, once nobody asks for anything any more."""
    async with serving(executable) as (sallyport, _):
        before = sallyport.anonymous_kib()
        ours = [await Client.to(sallyport.port) for _ in range(count)]
        await asyncio.gather(*(client.events(50, 10) for client in ours))
        for client in ours:
            client.close()
        burst, began = sallyport.anonymous_kib(), time.monotonic()
        while sallyport.anonymous_kib() - before > (burst - before) / 2:
            expect(time.monotonic() < began + 60,
                   f"{before} KiB before, {burst} after the burst, and still "
                   f"{sallyport.anonymous_kib()} a minute later")
            await asyncio.sleep(0.1)
        return (f"{count} streams leave {mib(sallyport.anonymous_kib())} of its own memory after "
                f"{time.monotonic() - began:.1f} s; {mib(before)} before, {mib(burst)} when they "
                "ended")


async def uploads(executable, count, blocks):
    """Uploads side by side; what arrives is what was sent."""
    async with serving(executable) as (sallyport, origin):
        before, began = sallyport.rss_kib(), time.monotonic()
        async with HighestRss(sallyport) as highest:
            ours = [await Client.to(sallyport.port) for _ in range(count)]
            await asyncio.gather(*(c.upload(blocks, seed) for seed, c in enumerate(ours)))
        for client in ours:
            client.close()
        expect_equal(origin.uploads, count, "uploads that the origin took")
        return (f"{count} uploads of {blocks / 4:g} MiB, all as sent, in "
                f"{time.monotonic() - began:.1f} s; {mib(before)} before, {mib(highest.kib)} at most")


async def reloads(executable, count, seconds):
    """The configuration changes each second while streams run."""
    async with serving(executable) as (sallyport, origin):
        before = sallyport.log().count("config")
        ours = [await Client.to(sallyport.port) for _ in range(count)]
        running = asyncio.gather(*(client.events(20 * seconds, 50) for client in ours))
        done = 0
        while not running.done():
            await asyncio.sleep(1)  # the pace of the changes
            done += 1
            sallyport.folder.write(routes=origin_routes(origin.url, extra=f"    # change {done}\n"))
            sallyport.process.send_signal(signal.SIGHUP)
            client = await Client.to(sallyport.port)
            expect_equal(await client.content("/small"), b"ok", "a request after a change")
            client.close()
        await running
        for client in ours:
            client.close()
        expect(sallyport.log().count("config") >= before, "the log went backwards")
        return f"{count} streams over {seconds} s and {done} changes, none disturbed"


async def drain(executable, count, seconds):
    """SIGTERM with streams and short requests under way."""
    async with serving(executable, settings=f"drain: {seconds}s\n") as (sallyport, origin):
        ours = [await Client.to(sallyport.port) for _ in range(count)]
        short = [await Client.to(sallyport.port) for _ in range(20)]
        for client in ours:
            client.ask("/events?count=100000&ms=20")
            await client.head()
            expect_equal(await client.chunk(), event(0), "the first event")
        finishing = asyncio.gather(*(client.content("/slow?ms=600") for client in short))
        counts = [1] * count
        cut = asyncio.gather(*(until_cut(c, counts, place) for place, c in enumerate(ours)))
        await until(lambda: origin.slow == 20)
        began = time.monotonic()
        stopped = asyncio.get_running_loop().run_in_executor(
            None, sallyport.stop, signal.SIGTERM, seconds + 20)
        expect_equal(await finishing, [b"ok"] * 20, "the short requests")
        by_then = list(counts)
        await cut
        expect_equal(await stopped, 0, "exit code")
        took = time.monotonic() - began
        expect(all(now > then for now, then in zip(counts, by_then)), "a stream did not go on")
        return (f"20 short requests whole; {count} streams went on for {min(counts)} to "
                f"{max(counts)} events, then a cut without a last chunk; exit 0 after {took:.1f} s "
                f"(drain: {seconds}s)")


async def until_cut(client, counts, place):
    """Counts the events, which come in order, up to a cut that cannot be taken for an end."""
    try:
        while bytes := await client.chunk():
            expect_equal(bytes, event(counts[place]), "an event")
            counts[place] += 1
    except (asyncio.IncompleteReadError, ConnectionError):
        return
    raise AssertionError("the stream ended as if it were whole")


async def descriptors(executable, limit, count):
    """No descriptor left: who is there is served on, who comes waits, and it recovers."""
    def few(folder):
        script = folder.work / "few"
        script.write_text(f'#!/bin/sh\nulimit -n {limit}\nexec "{executable}" "$@"\n')
        script.chmod(0o755)
        return script

    async with serving(executable, prepare=few) as (sallyport, origin):
        ours = [await Client.to(sallyport.port) for _ in range(5)]
        running = asyncio.gather(*(client.events(40, 50) for client in ours))
        await until(lambda: origin.streams == 5)
        crowd = [await Client.to(sallyport.port) for _ in range(count)]
        ticks, began = sallyport.cpu_ticks(), time.monotonic()
        await running  # while nobody else can come in
        busy = (sallyport.cpu_ticks() - ticks) / os.sysconf("SC_CLK_TCK")
        busy = 100 * busy / (time.monotonic() - began)
        expect(sallyport.is_running(), "it ended")
        for client in crowd:
            client.close()
        after = await asyncio.wait_for(times(sallyport.port, 50), 20)
        return (f"{limit} descriptors, {count} newcomers: 5 streams whole, {busy:.0f} % CPU; "
                f"after they left: {after}")


async def slowloris(executable, count, seconds):
    """Clients that never end their head, and everybody else."""
    settings = f"limits: {{header_timeout: {seconds}s}}\n"
    async with serving(executable, settings=settings) as (sallyport, _):
        before = sallyport.rss_kib()
        slow = [await Client.to(sallyport.port) for _ in range(count)]
        ends = asyncio.gather(*(trickle(client) for client in slow))
        others = await times(sallyport.port, 300)
        highest = sallyport.rss_kib()
        responses = await ends
        expect_equal({each[:12] for each in responses}, {b"HTTP/1.1 408"}, "what the slow ones got")
        return (f"{count} slow clients got 408 after {seconds} s; the others meanwhile: {others}; "
                f"{mib(highest - before)} more")


async def trickle(client):
    """A head, a byte each 100 ms, until the response."""
    client.writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
    response = asyncio.ensure_future(client.reader.read())
    while not response.done():
        with contextlib.suppress(ConnectionError):
            client.writer.write(b"x")
        await asyncio.wait([response], timeout=0.1)
    client.close()
    return response.result()


async def hung(executable, count):
    """Requests that are never answered, and everybody else."""
    async with serving(executable) as (sallyport, origin):
        alone = await times(sallyport.port, 200)
        waiting = [await Client.to(sallyport.port) for _ in range(count)]
        for client in waiting:
            client.ask("/hang")
        await until(lambda: origin.hanging == count)
        beside = await times(sallyport.port, 200)
        for client in waiting:
            client.close()
        left = time.monotonic()
        await until(lambda: origin.hanging == 0)
        return (f"{count} requests hang; others alone: {alone}; beside them: {beside}; all let go "
                f"{1000 * (time.monotonic() - left):.0f} ms after their clients left")


UNREAD = [  # target and fields of what is pipelined: ours, refusals, an upstream's
    ["/healthz", ""],
    ["/healthz", "Origin: http://evil.test\r\n"],
    ["/_sallyport/events", ""],
    ["/small", ""],
]
MOST_PIPELINED = 64 * 1024  # KiB of memory, of all together

# A process of its own: the client that is measured beside it has its loop to itself. Says when each
# connection has taken all that it takes, and ends when it is told to.
PIPELINER = r"""
import json, select, socket, sys, time
port, count, size, reads, kinds = json.loads(sys.argv[1])
pieces = [f"GET {t} HTTP/1.1\r\nHost: localhost:{port}\r\n{f}\r\n".encode() for t, f in kinds]
pieces = [one * (65536 // len(one)) for one in pieces]
left, sent = {}, 0
for place in range(count):
    client = socket.socket()
    if not reads:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # else the kernel reads for it
    client.connect(("127.0.0.1", port))
    client.setblocking(False)
    left[client] = [size, memoryview(b""), pieces[place % len(pieces)]]
moved, said = time.monotonic(), False
while not select.select([sys.stdin], [], [], 0)[0]:
    wanting = [c for c in left if left[c][0] > 0]
    readable, writable, _ = select.select(list(left) if reads else [], wanting, [], 0.2)
    for client in readable:
        client.recv(1 << 18)
    for client in writable:
        state = left[client]
        state[1] = state[1] or memoryview(state[2])
        count = client.send(state[1])
        state[0], state[1] = state[0] - count, state[1][count:]
        sent, moved = sent + count, time.monotonic()
    if not said and (reads or time.monotonic() > moved + 2):
        print(sent, flush=True)
        said = True
"""


@contextlib.asynccontextmanager
async def pipelining(sallyport, count, size, reads, kinds):
    """Clients that pipeline in the background; gives the bytes that they got rid of."""
    words = json.dumps([int(sallyport.port), count, size, reads, kinds])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PIPELINER, words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.stdin.write(b"\n")
        expect_equal(await process.wait(), 0, "the clients that pipeline")


async def unread(executable, count, size):
    """Clients that pipeline requests and read no response, and everybody else."""
    async with serving(executable, settings="log: {level: warn}\n") as (sallyport, origin):
        alone = await times(sallyport.port, 300)
        before, asked = sallyport.rss_kib(), origin.small
        async with HighestRss(sallyport) as highest:
            async with pipelining(sallyport, count, size, False, UNREAD) as clients_of_it:
                sent = int(await clients_of_it.stdout.readline())
                await at_rest(sallyport, 60)
                asked = origin.small - asked
                beside = await times(sallyport.port, 300)
        grown = highest.kib - before
        expect(grown < MOST_PIPELINED, f"{count} clients that read nothing took {mib(grown)}")
        return (f"{count} clients sent {mib(sent / 1024)} of requests and read nothing: {mib(grown)} "
                f"more, the origin was asked {asked} times; a request alone: {alone}; beside them: "
                f"{beside}")


async def at_rest(sallyport, seconds):
    """A second in which it did next to nothing."""
    end, ticks, now = time.monotonic() + seconds, 0, sallyport.cpu_ticks()
    while now - ticks > os.sysconf("SC_CLK_TCK") / 20:
        expect(time.monotonic() < end, f"still busy after {seconds} s")
        await asyncio.sleep(1)  # a measurement over a time
        ticks, now = now, sallyport.cpu_ticks()


async def greedy(executable, count):
    """Clients that pipeline as fast as they can and read, and everybody else."""
    async with serving(executable, settings="log: {level: warn}\n") as (sallyport, _):
        before = sallyport.rss_kib()
        async with HighestRss(sallyport) as highest:
            alone = await times(sallyport.port, 300)
            async with pipelining(sallyport, count, 1 << 40, True, UNREAD[:1]) as clients_of_it:
                await clients_of_it.stdout.readline()
                beside = await times(sallyport.port, 300)
        grown = highest.kib - before
        expect(grown < MOST_PIPELINED, f"{count} clients that pipeline took {mib(grown)}")
        return (f"{count} clients pipeline and read; {mib(grown)} more; a request alone: {alone}; "
                f"beside them: {beside}")


async def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < end, f"not within {seconds} s")
        await asyncio.sleep(0.01)


SMALL = [
    ("idle connections cost next to nothing, and nobody else's time", idle, (200, 2)),
    ("streams at once, each in order and whole", streams, (200, 20)),
    ("what a burst took goes back to the system", rest, (500,)),
    ("uploads side by side arrive as they were sent", uploads, (10, 16)),
    ("streams do not notice that the configuration changes", reloads, (20, 3)),
    ("SIGTERM: what is short ends well, what is long is cut so that it shows", drain, (20, 2)),
    ("without a descriptor left, those who are there are served on", descriptors, (64, 100)),
    ("slow heads are cut, and disturb nobody", slowloris, (50, 1)),
    ("hung requests disturb nobody", hung, (50,)),
    ("clients that pipeline and read nothing take little", unread, (20, 1 << 20)),
    ("clients that pipeline leave the others their turns", greedy, (2,)),
]


def run_case(function, executable, sizes):
    """Its figures, as a sentence."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return asyncio.run(asyncio.wait_for(function(executable, *sizes), 240))


def checks(options):
    def case(function, sizes):
        return lambda: print(f"  {run_case(function, options.sallyport, sizes)}")

    return [(name, case(function, sizes)) for name, function, sizes in SMALL
            if not (options.sanitized and function is rest)]
