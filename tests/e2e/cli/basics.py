# SPDX-License-Identifier: MIT
"""Starting, the endpoints of its own, the four forms of a request."""

import re
import subprocess

import web
from harness import Folder, Served, expect, expect_equal, expect_in, origin_routes, run, \
    sandbox_routes
from origin import Origin


def checks(options):
    executable = options.sallyport

    def served(folder, *arguments):
        return Served(executable, folder, "--listen", "127.0.0.1:0", *arguments)

    def version_and_help():
        with Folder() as folder:
            version = run([executable, "--version"], folder)
            expect_equal(version.returncode, 0, "exit code of --version")
            expect(re.search(r"\d+\.\d+\.\d+", version.stdout), "no version in the output")
            for command in ([], ["serve"], ["config"], ["env"], ["run"]):
                shown = run([executable, *command, "--help"], folder)
                expect_equal(shown.returncode, 0, f"exit code of {command} --help")
                expect(len(shown.stdout) > 60, f"{command} --help says next to nothing")

    def wrong_use():
        with Folder() as folder:
            for command in (["nosuch"], ["serve", "--nosuch"], ["env", "print"], ["run"]):
                done = run([executable, *command], folder)
                expect_equal(done.returncode, 2, f"exit code of {command}")
                expect(done.stderr.strip(), f"{command} says nothing on standard error")

    def no_gui_library():
        linked = subprocess.run(["ldd", str(executable)], capture_output=True, text=True,
                                check=True).stdout
        for library in ("libQt6Gui", "libQt6Widgets", "libX11", "libGL"):
            expect(library not in linked, f"sallyport links {library}")

    def own_endpoints():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            for path in ("/healthz", "/healthcheck"):
                response = web.request(sallyport.port, target=path)
                expect_equal((response.status, response.content.strip()), (200, b"OK"), path)
            expect_equal(web.request(sallyport.port, target="/readyz").status, 200, "/readyz")
            expect_equal(sallyport.output(), f"listening on {sallyport.url}\n", "standard output")

    def without_any_file():
        with Folder() as folder, served(folder) as sallyport:
            expect_equal(web.request(sallyport.port, target="/healthz").status, 200, "/healthz")
            expect_equal(web.request(sallyport.port, target="/readyz").status, 200, "/readyz")

    def sandbox_by_curl():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            text = web.curl(f"{sallyport.url}/v1/messages", "-H", "content-type: application/json",
                            "--data-binary", web.small_turn().decode())
            expect_in("sandbox", text.lower(), "the response")
            streamed = web.curl("-N", f"{sallyport.url}/v1/messages", "-H",
                                "content-type: application/json", "--data-binary",
                                web.small_turn(stream=True).decode())
            for name in ("message_start", "content_block_delta", "message_stop"):
                expect_in(f"event: {name}\n", streamed, "the stream")
            expect_in("claude", web.curl(f"{sallyport.url}/v1/models"), "the list of models")

    def four_forms():
        def response(exchange, seen):
            exchange.reply(200, f"{seen.method} {seen.target} {seen.field('Host')}".encode())

        with Origin(response) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport:
            host = f"127.0.0.1:{origin.port}"
            expect_equal(web.curl(f"{sallyport.url}/a?b"), f"GET /a?b {host}", "origin-form")
            absolute = web.curl("-x", sallyport.url, f"{origin.url}/c")
            expect_equal(absolute, f"GET /c {host}", "absolute-form")
            tunnel = web.curl("-x", sallyport.url, "--proxytunnel", f"{origin.url}/d")
            expect_equal(tunnel, f"GET /d {host}", "CONNECT")
            asterisk = web.request(sallyport.port, "OPTIONS", "*")
            expect(asterisk.status in (200, 204), f"OPTIONS *: {asterisk.status}")

    def through_the_proxy_to_itself():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            response = web.curl("-x", sallyport.url, f"{sallyport.url}/healthz")
            expect_equal(response.strip(), "OK", "/healthz in absolute-form")

    def loop():
        with Folder() as folder:
            folder.write(routes=sandbox_routes())
            with served(folder) as first:
                folder.write(routes=origin_routes(first.url))
                with Served(executable, folder, "--listen", "127.0.0.1:0") as second:
                    folder.write(routes=origin_routes(second.url))
                    first.process.send_signal(1)
                    response = _until(lambda: web.request(first.port, target="/x"), 508)
                    expect_equal(response.field("X-Sallyport-Error"), "loop", "X-Sallyport-Error")

    return [
        ("--version and every --help response with 0", version_and_help),
        ("used wrongly, it says how and ends with 2", wrong_use),
        ("the command line links no GUI library", no_gui_library),
        ("serve says where it listens, and answers its own endpoints", own_endpoints),
        ("serve works with no configuration at all", without_any_file),
        ("curl gets a response and a stream from the sandbox", sandbox_by_curl),
        ("origin-form, absolute-form, CONNECT and OPTIONS * work", four_forms),
        ("a health check through the proxy is answered by ourselves", through_the_proxy_to_itself),
        ("two that point at each other response 508", loop),
    ]


def _until(ask, status, seconds=5):
    from harness import wait_for
    return wait_for(lambda: (a := ask()).status == status and a, seconds, f"status {status}")
