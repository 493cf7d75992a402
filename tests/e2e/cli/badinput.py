# SPDX-License-Identifier: MIT
"""What is wrong outside: files, ports, upstreams. Each names the thing and the way out."""

import os
import re
import shutil
import socket

import web
from harness import Folder, Served, Unmet, expect, expect_equal, expect_in, free_port, \
    origin_routes, run, sandbox_routes
from origin import Origin

TYPO = "upstreams:\n  - {name: sandbox, sandbox: true}\nroutes:\n  - name: all\n" \
       "    match: {path: /}\n    upstraem: sandbox\n"


def checks(options):
    executable = options.sallyport

    def serve_ends(folder, *arguments):
        return run([executable, "serve", *arguments], folder)

    def broken_routes():
        with Folder().write(routes=TYPO) as folder:
            for command in (["serve", "--listen", "127.0.0.1:0"], ["config", "check"]):
                done = run([executable, *command], folder)
                expect_equal(done.returncode, 2, f"exit code of {command}")
                said = done.stderr + done.stdout
                expect(re.search(r"routes\.yaml:6:5: ", said), f"no place in {said!r}")
                expect_in("upstraem", said, "the message")
                expect_in("upstream", said.replace("upstraem", ""), "the nearest known name")

    def not_yaml():
        with Folder().write(routes="routes: [\n  - {name: x") as folder:
            done = run([executable, "config", "check"], folder)
            expect_equal(done.returncode, 2, "exit code")
            expect(re.search(r"routes\.yaml:\d+:\d+: ", done.stderr + done.stdout), "no place")

    def broken_settings():
        with Folder().write(routes=sandbox_routes(), settings="listen: nowhere\n") as folder:
            done = run([executable, "config", "check"], folder)
            expect_equal(done.returncode, 2, "exit code")
            expect(re.search(r"settings\.yaml:1:9: ", done.stderr + done.stdout),
                   f"no place in {done.stderr + done.stdout!r}")

    def good_config():
        with Folder().write(routes=sandbox_routes(), settings="listen: 127.0.0.1:0\n") as folder:
            done = run([executable, "config", "check"], folder)
            expect_equal(done.returncode, 0, f"exit code ({done.stderr})")

    def taken_port():
        with Folder().write(routes=sandbox_routes()) as folder, socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            port = holder.getsockname()[1]
            done = serve_ends(folder, "--listen", f"127.0.0.1:{port}")
            expect_equal(done.returncode, 3, "exit code")
            said = done.stderr + done.stdout
            expect_in(str(port), said, "the port")
            expect("python" in said or str(os.getpid()) in said, f"no owner in {said!r}")

    def taken_by_ourselves():
        with Folder().write(routes=sandbox_routes()) as folder, \
                Served(executable, folder, "--listen", "127.0.0.1:0") as first:
            done = serve_ends(folder, "--listen", first.address)
            expect_equal(done.returncode, 3, "exit code")
            expect_in("sallyport", (done.stderr + done.stdout).lower(), "the owner")

    def dead_upstream():
        port = free_port()
        routes = origin_routes(f"http://127.0.0.1:{port}")
        with Folder().write(routes=routes) as folder, \
                Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
            response = web.request(sallyport.port, "POST", "/v1/messages", content=web.small_turn())
            expect_equal(response.status, 502, "status")
            expect_equal(response.field("X-Sallyport-Error"), "upstream_connect", "code")
            expect_in("application/json", response.field("Content-Type"), "Content-Type")
            body = response.json()
            expect_equal((body["type"], body["error"]["type"]), ("error", "api_error"), "types")
            expect_in("Sallyport: ", body["error"]["message"], "message")
            expect_in(str(port), body["error"]["message"], "what failed")

    def cut_response():
        def response(exchange, _):
            exchange.begin_stream()
            exchange.chunk(b"data: half\n\n")
            exchange.close_connection = True

        with Origin(response) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
            with web.connect(sallyport.port) as client:
                client.sendall(web.get(sallyport.port, "/"))
                got = b""
                try:
                    while more := client.recv(65536):
                        got += more
                except ConnectionResetError:
                    pass
            expect_in(b"data: half", got, "what had come")
            expect(not got.endswith(b"0\r\n\r\n"), "a cut stream was passed on as whole")

    def never_404_for_a_turn():
        routes = "upstreams: []\nroutes: []\n"
        with Folder().write(routes=routes) as folder, \
                Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
            turn = web.request(sallyport.port, "POST", "/v1/messages", content=web.small_turn())
            expect_equal((turn.status, turn.field("X-Sallyport-Error")), (503, "no_route"), "a turn")
            other = web.request(sallyport.port, target="/elsewhere")
            expect_equal((other.status, other.field("X-Sallyport-Error")), (404, "no_route"), "other")

    def connected_folder():
        folder = Folder().write(routes=sandbox_routes(), settings="listen: 127.0.0.1:8899\n")
        (folder.home / ".claude").mkdir()
        return folder, folder.home / ".claude" / "settings.json"

    def settings_not_json():
        folder, settings = connected_folder()
        with folder:
            before = b'{"env": {\n  "A": "b",,\n}\n'
            settings.write_bytes(before)
            done = run([executable, "env", "apply"], folder)
            expect_equal(done.returncode, 2, "exit code")
            said = done.stderr + done.stdout
            expect_in("settings.json", said, "the file")
            expect_in("ANTHROPIC_BASE_URL", said, "the snippet to paste")
            expect_equal(settings.read_bytes(), before, "the file")

    def settings_read_only():
        folder, settings = connected_folder()
        with folder:
            before = b'{\n  "model": "opus"\n}\n'
            settings.write_bytes(before)
            settings.chmod(0o444)
            settings.parent.chmod(0o555)
            try:
                done = _as_nobody([executable, "env", "apply"], folder)
                expect(done.returncode in (1, 2), f"exit code {done.returncode}")
                said = done.stderr + done.stdout
                expect_in("settings.json", said, "the file")
                expect(re.search("permission|read-only|not writable|writ", said), f"no cause: {said}")
                expect_equal(settings.read_bytes(), before, "the file")
                left = sorted(p.name for p in settings.parent.iterdir())
                expect_equal(left, ["settings.json"], "what lies beside it")
            finally:
                settings.parent.chmod(0o755)

    return [
        ("a broken routes.yaml ends with 2 and its place and the nearest name", broken_routes),
        ("a routes.yaml that is not YAML ends with 2 and its place", not_yaml),
        ("a bad value in settings.yaml ends with 2 and its place", broken_settings),
        ("config check is content with a good configuration", good_config),
        ("a taken port ends with 3 and names its owner", taken_port),
        ("a port taken by another Sallyport says so", taken_by_ourselves),
        ("a dead upstream gives 502 in the shape of the contract", dead_upstream),
        ("a truncated response is not passed on as whole", cut_response),
        ("a turn with no route gets 503, anything else 404", never_404_for_a_turn),
        ("a settings.json that is not JSON is left alone, the snippet shown", settings_not_json),
        ("a read-only settings.json is left alone, and the message says why", settings_read_only),
    ]


def _as_nobody(command, folder):
    """Runs it without root's rights, which no mode bit would stop."""
    if os.geteuid() != 0:
        return run(command, folder)
    copy = folder.root / "sallyport"
    shutil.copy(command[0], copy)
    for path in [folder.root, *folder.root.rglob("*")]:
        os.chown(path, 65534, 65534)
    if not os.access(folder.root.parent, os.X_OK):
        raise Unmet(f"{folder.root.parent} cannot be entered by others")
    return run([copy, *command[1:]], folder, user=65534, group=65534, extra_groups=[])
