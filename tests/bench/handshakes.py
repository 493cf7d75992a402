# SPDX-License-Identifier: MIT
"""The server side of TLS beside nginx in one interleaved run over loopback: CPU per connection with
its handshake and one small request, TLS 1.2 and 1.3, full and resumed. Both have a P-256
certificate, one thread and no access log. The client is Python's ssl module on the other CPU; CPU is
the clock of the server's whole process tree."""

import argparse
import os
import pathlib
import random
import shutil
import socket
import ssl
import subprocess
import tempfile

import bench

KINDS = {
    "TLS 1.3, full": (ssl.TLSVersion.TLSv1_3, False),
    "TLS 1.2, full": (ssl.TLSVersion.TLSv1_2, False),
    "TLS 1.3, resumed": (ssl.TLSVersion.TLSv1_3, True),
    "TLS 1.2, resumed": (ssl.TLSVersion.TLSv1_2, True),
}


def nginx(folder):
    port, program = bench.free_port(), shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        return None
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-subj", "/O=bench", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2"],
                   check=True, capture_output=True)
    (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
{'user root;' if os.geteuid() == 0 else ''}
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3; ssl_session_cache shared:bench:1m;
  server {{ listen 127.0.0.1:{port} ssl; location / {{ return 200 "OK"; }} }}
}}
""")
    return bench.Proxy("nginx", [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port)


def ours(folder, program):
    port = bench.free_port()
    return bench.Proxy("sallyport", [program, str(folder / "state"), str(port), "127.0.0.1"], port)


def context_for(version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["http/1.1"])
    return context


def connect(context, port, session=None):
    """One connection with one request; its session."""
    with socket.create_connection(("127.0.0.1", port), 10) as plain:
        with context.wrap_socket(plain, session=session) as stream:
            if session and not stream.session_reused:
                raise SystemExit("a session was not resumed")
            stream.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            response = b""
            while part := stream.recv(4096):
                response += part
            if not response.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"no response: {response!r}")
            return stream.session


def one_round(servers, count):
    for kind, (version, resumes) in KINDS.items():
        for server in random.sample(servers, len(servers)):
            context = context_for(version)
            session = connect(context, server.port) if resumes else None
            before = server.cpu_seconds()
            for _ in range(count):
                fresh = connect(context, server.port, session)
                session = fresh if resumes else None
            server.note(f"CPU µs, {kind}", 1e6 * (server.cpu_seconds() - before) / count)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True, help="the executable tls_server")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=500, help="connections of each kind a round")
    parser.add_argument("--quick", action="store_true", help="one short round")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.count = 1, 200
    folder, servers = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-bench-")), []
    if bench.pin(0):
        bench.pin(0)()
    try:
        servers = [made for made in (nginx(folder), ours(folder, options.server)) if made]
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", flush=True)
            one_round(servers, options.count)
        bench.report(servers)
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
