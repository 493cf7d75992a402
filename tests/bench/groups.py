# SPDX-License-Identifier: MIT
"""What a group, a cache and many routes cost a small request, in one interleaved run over loopback: a
single target, a group of five with probes, a breaker and each policy, the same response from the
cache, ten routes, ten thousand. CPU is the
clock of the process; origin and client share one CPU, Sallyport has the other. Ratios are medians
of the rounds, each round to the one beside it, so that what else the machine does meets both alike."""

import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench import CONNECTIONS, Proxy, free_port, load, pin, wait_for_port

GROUP = ("    policy: %s\n    health: {path: /small, every: 1s}\n    breaker: {}\n")
LIMITS = {"failover": 1.05, "round-robin": 1.05, "least-active": 1.05, "cached": 0.6,
          "10000 routes": 1.1}
BASES = {"failover": "single", "round-robin": "single", "least-active": "single",
         "cached": "single", "10000 routes": "10 routes"}


def upstream(ports, more=""):
    targets = "".join(f'      - {{url: "http://127.0.0.1:{port}"}}\n' for port in ports)
    return f"upstreams:\n  - name: origin\n    targets:\n{targets}{more}"


def routes(count, more=""):
    """The last one takes what is asked for; the others lie beside it."""
    others = "".join(f"  - {{name: r{i}, match: {{path: /team-{i}/v1}}, upstream: origin, "
                     "access: open}\n" for i in range(count - 1))
    return f"routes:\n{others}  - {{name: all, match: {{path: /}}, upstream: origin, access: open{more}}}\n"


def sallyport(options, folder, name, text):
    port, config = free_port(), folder / name.replace(" ", "-")
    config.mkdir()
    # The history is written by a thread of its own, which costs each request the same.
    (config / "settings.yaml").write_text(
        f"listen: 127.0.0.1:{port}\nhistory: {{enabled: false}}\n")
    (config / "routes.yaml").write_text(text)
    environment = {**os.environ, "SALLYPORT_STATE_DIR": str(folder / "state")}
    return Proxy(name, [options.sallyport, "serve", "--config", str(config)], port,
                 env=environment)


def one_round(options, proxies):
    figures = {}
    for proxy in random.sample(proxies, len(proxies)):
        before = proxy.cpu_seconds()
        count, _, _ = load(options, "rps", proxy.port, CONNECTIONS, options.seconds)
        figures[proxy.name] = 1e6 * (proxy.cpu_seconds() - before) / count
        proxy.note("CPU µs", figures[proxy.name])
    return {name: figures[name] / figures[base] for name, base in BASES.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sallyport", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="one round of one second")
    options = parser.parse_args()
    if options.quick:
        options.rounds = options.seconds = 1
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-bench-"))
    ports = [free_port() for _ in range(5)]
    origins = [subprocess.Popen([options.load, "origin", str(port)], preexec_fn=pin(0))
               for port in ports]
    proxies = []
    try:
        for port in ports:
            wait_for_port(port)
        asked = {"single": upstream(ports[:1]) + routes(1)}
        for policy in ("failover", "round-robin", "least-active"):
            asked[policy] = upstream(ports, GROUP % policy) + routes(1)
        asked["cached"] = upstream(ports[:1]) + routes(1, ", cache: {ttl: 1h}")
        for count in (10, 10_000):
            asked[f"{count} routes"] = upstream(ports[:1]) + routes(count)
        for name, text in asked.items():
            proxies.append(sallyport(options, folder, name, text))
        time.sleep(1)
        ratios = [one_round(options, proxies) for _ in range(options.rounds)]
    finally:
        for proxy in proxies:
            proxy.stop()
        for origin in origins:
            origin.kill()
        shutil.rmtree(folder, ignore_errors=True)
    for proxy in proxies:
        print(f"{proxy.name:14} {statistics.median(proxy.figures['CPU µs']):7.2f} µs of CPU")
    failed = 0
    for name, limit in LIMITS.items():
        ratio = statistics.median(each[name] for each in ratios)
        failed += ratio > limit
        print(f"{name:14} {ratio:.3f}x {BASES[name]}, at most {limit:.2f}x"
              + ("" if ratio <= limit else "   TOO MUCH"))
    return 1 if failed and not options.quick else 0


if __name__ == "__main__":
    sys.exit(main())
