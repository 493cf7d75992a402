# SPDX-License-Identifier: MIT
"""What an opened tunnel costs: CPU for each request inside one beside a plain one, CPU of a full
handshake beside nginx with the same kind of key, memory for a hundred hosts. Interleaved rounds on
loopback; CPU is the clock of the proxy's process tree. Client and origin share one CPU."""

import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile

from bench import CONNECTIONS, Proxy, free_port, load, pin, wait_for_port

HOST = "origin.bench.test"
HANDSHAKES = 400


def sallyport(folder, origin, program):
    port, config = free_port(), folder / "sallyport"
    config.mkdir()
    (config / "settings.yaml").write_text(f"listen: 127.0.0.1:{port}\n")
    (config / "routes.yaml").write_text(
        f'upstreams:\n  - {{name: origin, targets: [{{url: "http://127.0.0.1:{origin}"}}]}}\n'
        "routes:\n  - {name: plain, upstream: origin, access: open}\n"
        '  - {name: opened, match: {host: "*.bench.test"}, upstream: origin, access: open}\n'
        'intercept: ["*.bench.test"]\n')
    environment = {**os.environ, "SALLYPORT_STATE_DIR": str(folder / "state")}
    subprocess.run([program, "ca", "create", "--config", str(config)], env=environment, check=True,
                   capture_output=True)
    return Proxy("sallyport", [program, "serve", "--config", str(config)], port, env=environment)


def nginx(folder, origin):
    """Ends TLS with a P-256 certificate; without session tickets, as Sallyport."""
    port, program = free_port(), shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        return None
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-days", "1",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
                   check=True, capture_output=True)
    (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
{'user root;' if os.geteuid() == 0 else ''}
events {{ worker_connections 4096; }}
http {{
  access_log {folder}/access.log; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  keepalive_requests 1000000000;
  upstream origin {{ server 127.0.0.1:{origin}; keepalive 64; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;
    ssl_session_tickets off; ssl_protocols TLSv1.2 TLSv1.3;
    location / {{
      proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off;
    }}
  }}
}}
""")
    return Proxy("nginx", [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port)


def tunnels(options, *words):
    return subprocess.Popen([options.tunnels, *map(str, words)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True, preexec_fn=pin(0))


def inside(options, proxy, host):
    """CPU for each request inside a TLS connection that stands."""
    client = tunnels(options, "rps", proxy.port, host, CONNECTIONS, options.seconds)
    assert client.stdout.readline() == "begin\n"
    before = proxy.cpu_seconds()
    count = int(client.communicate("\n", timeout=60)[0])
    return 1e6 * (proxy.cpu_seconds() - before) / count


def plain(options, proxy):
    before = proxy.cpu_seconds()
    count, _, _ = load(options, "rps", proxy.port, CONNECTIONS, options.seconds)
    return 1e6 * (proxy.cpu_seconds() - before) / count


def handshake(options, proxy, host):
    before = proxy.cpu_seconds()
    client = tunnels(options, "handshakes", proxy.port, host, HANDSHAKES)
    assert client.wait(60) == 0
    return 1e6 * (proxy.cpu_seconds() - before) / HANDSHAKES


def listeners(proxy):
    """How many listening sockets the process has."""
    own = {os.readlink(link) for link in pathlib.Path(f"/proc/{proxy.process.pid}/fd").iterdir()
           if link.is_symlink()}
    rows = [line.split() for name in ("tcp", "tcp6")
            for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return sum(row[3] == "0A" and f"socket:[{row[9]}]" in own for row in rows)


def hundred_hosts(options, proxy):
    before = proxy.resident_mib()
    client = tunnels(options, "hold", proxy.port, 100, "bench.test")
    assert client.stdout.readline() == "ready\n"
    each = (proxy.resident_mib() - before) / 100
    count = listeners(proxy)
    client.communicate("\n", timeout=60)
    return each, count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sallyport", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--tunnels", required=True)
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
        ours = sallyport(folder, origin_port, options.sallyport)
        proxies.append(ours)
        each, sockets = hundred_hosts(options, ours)
        other = nginx(folder, origin_port)
        proxies += [other] if other else []
        measures = {"plain request, CPU µs": lambda: plain(options, ours),
                    "request in an opened tunnel, CPU µs": lambda: inside(options, ours, HOST),
                    "CONNECT, handshake and request, CPU µs": lambda: handshake(options, ours, HOST)}
        if other:
            measures["nginx: request over TLS, CPU µs"] = lambda: inside(options, other, "-")
            measures["nginx: handshake and request, CPU µs"] = lambda: handshake(options, other, "-")
        figures = {name: [] for name in measures}
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", flush=True)
            for name in random.sample(list(measures), len(measures)):
                figures[name].append(measures[name]())
        for name, values in figures.items():
            print(f"{name:42}{statistics.median(values):10.1f}")
        print(f"{'memory for each of 100 hosts, MiB':42}{each:10.3f}")
        print(f"{'listening sockets':42}{sockets:10}")
    finally:
        for proxy in proxies:
            proxy.stop()
        origin.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
