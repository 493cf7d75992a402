# SPDX-License-Identifier: MIT
"""The load cases of tests/e2e/cli/load.py in full size, and a soak by the load program; the figures
of docs/reliability.md. What fails says so, and the exit code is 1."""

import argparse
import pathlib
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "e2e"), str(HERE.parent / "e2e" / "cli")]

import harness  # noqa: E402
import load  # noqa: E402

FULL = [
    ("2000 idle connections", load.idle, (2000, 10)),
    ("1000 event streams at once", load.streams, (1000, 100)),
    ("the memory after 1000 event streams", load.rest, (1000,)),
    ("50 uploads of 32 MiB side by side", load.uploads, (50, 128)),
    ("a new configuration each second", load.reloads, (200, 20)),
    ("SIGTERM with streams under way", load.drain, (200, 5)),
    ("no descriptor left", load.descriptors, (64, 200)),
    ("300 slow heads", load.slowloris, (300, 3)),
    ("200 requests that are never answered", load.hung, (200,)),
    ("100 clients that pipeline and read nothing", load.unread, (100, 9 << 19)),
    ("8 clients that pipeline and read", load.greedy, (8,)),
]


class Repeated(threading.Thread):
    """Runs a mode of the load program again and again; counts what it did, and keeps a failure."""

    def __init__(self, words, until):
        super().__init__()
        self.words, self.until = [str(word) for word in words], until
        self.done, self.failure = 0, ""
        self.start()

    def run(self):
        while time.monotonic() < self.until and not self.failure:
            ended = subprocess.run(self.words, capture_output=True, text=True, check=False)
            if ended.returncode:
                self.failure = f"{' '.join(self.words[1:])}: {ended.stdout}{ended.stderr}"
            else:
                self.done += int(ended.stdout.split()[1])


def slope(samples):
    """Least squares, in KiB per minute; samples are (seconds, KiB)."""
    count = len(samples)
    mean_x = sum(x for x, _ in samples) / count
    mean_y = sum(y for _, y in samples) / count
    above = sum((x - mean_x) * (y - mean_y) for x, y in samples)
    return 60 * above / sum((x - mean_x) ** 2 for x, _ in samples)


def soak(program, sallyport_program, seconds):
    port = harness.free_port()
    origin = subprocess.Popen([program, "origin", str(port)])
    try:
        with harness.Folder() as folder:
            folder.write(routes=harness.origin_routes(f"http://127.0.0.1:{port}"),
                         settings="log: {level: warn}\n")
            with harness.Served(sallyport_program, folder, "--listen", "127.0.0.1:0") as sallyport:
                return soaked(program, sallyport, seconds)
    finally:
        origin.kill()
        origin.wait()


def soaked(program, sallyport, seconds):
    began = time.monotonic()
    until = began + seconds
    small = Repeated([program, "rps", sallyport.port, 32, 5], until)
    turns = Repeated([program, "turn", sallyport.port, 200], until)
    events = Repeated([program, "sse", sallyport.port, 50], until)
    samples = []
    while any(t.is_alive() for t in (small, turns, events)):
        if time.monotonic() < until:
            samples.append((time.monotonic() - began, sallyport.rss_kib(),
                            sallyport.anonymous_kib()))
        time.sleep(1)  # the pace of the samples
    for each in (small, turns, events):
        harness.expect(not each.failure, each.failure)
    second_half = samples[len(samples) // 2:]
    return (f"{seconds} s: {small.done} small requests ({small.done / seconds:.0f}/s), {turns.done} "
            f"POSTs of 64 KiB, {events.done} events; {samples[0][1] / 1024:.1f} MiB at first, "
            f"{max(kib for _, kib, _ in samples) / 1024:.1f} at most, {samples[-1][1] / 1024:.1f} at "
            f"last; of its own {samples[0][2]} KiB at first, {max(own for *_, own in samples)} at "
            f"most, {samples[-1][2]} at last; slopes of the second half: "
            f"{slope([(at, kib) for at, kib, _ in second_half]):+.1f} KiB/min in all, "
            f"{slope([(at, own) for at, _, own in second_half]):+.1f} of its own")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sallyport", required=True, type=harness.absolute)
    parser.add_argument("--load", required=True, type=harness.absolute)
    parser.add_argument("--soak", type=int, default=180, metavar="SECONDS")
    parser.add_argument("--quick", action="store_true", help="the sizes of the tests, soak of 10 s")
    parser.add_argument("--case", default=".", help="only cases whose name matches")
    options = parser.parse_args()
    cases = load.SMALL if options.quick else FULL
    seconds = 10 if options.quick else options.soak
    checks = harness.Checks(options.case)
    for name, function, sizes in cases:
        checks.run(name, lambda f=function, s=sizes: print(
            f"  {load.run_case(f, options.sallyport, s)}", flush=True))
    checks.run(f"a soak of {seconds} s", lambda: print(
        f"  {soak(options.load, options.sallyport, seconds)}", flush=True))
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
