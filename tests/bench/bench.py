# SPDX-License-Identifier: MIT
"""Sallyport beside nginx and haproxy in one interleaved run over loopback. Each round asks every
proxy in a new order, so that what else the machine does meets them alike. CPU is the clock of the
proxy's whole process tree. Origin and client share one CPU, the proxy has another."""

import argparse
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

CONNECTIONS = 32
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pin(cpu):
    """Before exec: to one CPU, where there are two."""
    return (lambda: os.sched_setaffinity(0, {cpu})) if os.cpu_count() > 1 else None


def wait_for_port(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"nothing listens on {port} after {seconds} s")


class Proxy:
    def __init__(self, name, command, port, **more):
        self.name, self.port = name, port
        began = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, preexec_fn=pin(1), **more)
        try:
            wait_for_port(port)
        except SystemExit:
            self.process.kill()
            raise
        self.startup = 1000 * (time.monotonic() - began)
        self.figures = {}

    def _tree(self):
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                queue += map(int, task.read_text().split())
        return found

    def cpu_seconds(self):
        ticks = 0
        for pid in self._tree():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def resident_mib(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])
                   for pid in self._tree()) / 1024

    def note(self, figure, value):
        self.figures.setdefault(figure, []).append(value)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def nginx(folder, origin):
    port, program = free_port(), shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        return None
    (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
{'user root;' if os.geteuid() == 0 else ''}
events {{ worker_connections 4096; }}
http {{
  access_log {folder}/access.log; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  client_max_body_size 0; keepalive_requests 1000000000;
  upstream origin {{ server 127.0.0.1:{origin}; keepalive 64; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off; proxy_request_buffering off;
    }}
  }}
}}
""")
    return Proxy("nginx", [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port)


def haproxy(folder, origin):
    port, program = free_port(), shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        return None
    (folder / "haproxy.cfg").write_text(f"""
global
  nbthread 1
defaults
  mode http
  option http-no-delay
  timeout connect 5s
  timeout client 600s
  timeout server 600s
listen all
  bind 127.0.0.1:{port}
  server origin 127.0.0.1:{origin}
""")
    return Proxy("haproxy", [program, "-f", str(folder / "haproxy.cfg")], port)


def sallyport(folder, origin, program):
    port, config = free_port(), folder / "sallyport"
    config.mkdir()
    (config / "settings.yaml").write_text(f"listen: 127.0.0.1:{port}\n")
    (config / "routes.yaml").write_text(
        f'upstreams:\n  - {{name: origin, targets: [{{url: "http://127.0.0.1:{origin}"}}]}}\n'
        "routes:\n  - {name: all, match: {path: /}, upstream: origin, access: open}\n")
    environment = {**os.environ, "SALLYPORT_STATE_DIR": str(folder / "state")}
    return Proxy("sallyport", [program, "serve", "--config", str(config)], port, env=environment)


def load(options, *words):
    done = subprocess.run([options.load, *map(str, words)], capture_output=True, text=True,
                          preexec_fn=pin(0), timeout=120, check=False)
    if done.returncode:
        raise SystemExit(f"load {words} failed: {done.stdout}{done.stderr}")
    _, count, _, middle, _, high, *_ = done.stdout.split()
    return int(count), float(middle), float(high)


def one_round(options, proxies):
    for mode in ("rps", "turn", "sse"):
        for proxy in random.sample(proxies, len(proxies)):
            before = proxy.cpu_seconds()
            if mode == "rps":
                count, _, _ = load(options, "rps", proxy.port, CONNECTIONS, options.seconds)
                proxy.note("CPU µs per small request", 1e6 * (proxy.cpu_seconds() - before) / count)
                proxy.note("small requests/s", count / options.seconds)
            elif mode == "turn":
                _, middle, _ = load(options, "turn", proxy.port, 200)
                proxy.note("64 KiB POST, first byte, ms", middle)
            else:
                _, middle, high = load(options, "sse", proxy.port, 20)
                proxy.note("SSE delay p50, ms", middle)
                proxy.note("SSE delay p99, ms", high)


def report(proxies):
    print(f"{'':30}" + "".join(f"{p.name:>12}" for p in proxies) + "   ratio to the first")
    for figure in proxies[0].figures:
        values = [statistics.median(p.figures[figure]) for p in proxies]
        print(f"{figure:30}" + "".join(f"{v:12.3f}" for v in values) +
              f"   {values[-1] / values[0]:.2f}x")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sallyport", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="one round of one second")
    options = parser.parse_args()
    if options.quick:
        options.rounds = options.seconds = 1

    folder = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-bench-"))
    origin_port = free_port()
    origin = subprocess.Popen([options.load, "origin", str(origin_port)], preexec_fn=pin(0))
    proxies = []
    try:
        wait_for_port(origin_port)
        for made in (nginx(folder, origin_port), haproxy(folder, origin_port),
                     sallyport(folder, origin_port, options.sallyport)):
            if made:
                proxies.append(made)
                made.note("start to listening, ms", made.startup)
                time.sleep(1)  # idle, for a figure without start-up
                made.note("resident, idle, MiB", made.resident_mib())
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", flush=True)
            one_round(options, proxies)
        for proxy in proxies:
            proxy.note("resident after load, MiB", proxy.resident_mib())
        report(proxies)
    finally:
        for proxy in proxies:
            proxy.stop()
        origin.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
