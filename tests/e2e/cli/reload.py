# SPDX-License-Identifier: MIT
"""Files that change while it runs, and the signals."""

import signal
import threading

import web
from harness import Folder, Served, Unmet, expect, expect_equal, origin_routes, wait_for
from origin import Origin


def checks(options):
    executable = options.sallyport

    def served(folder):
        return Served(executable, folder, "--listen", "127.0.0.1:0")

    def named(name):
        return Origin(lambda exchange, _: exchange.reply(200, name.encode()))

    def answered_by(sallyport):
        return web.request(sallyport.port).content.decode()

    def by_file():
        with named("one") as one, named("two") as two, \
                Folder().write(routes=origin_routes(one.url)) as folder, served(folder) as sallyport:
            expect_equal(answered_by(sallyport), "one", "before")
            folder.write(routes=origin_routes(two.url))
            wait_for(lambda: answered_by(sallyport) == "two", 5, "the second origin answers")
            # As editors save: a new file over the old name.
            (folder.config / "new").write_text(origin_routes(one.url))
            (folder.config / "new").rename(folder.config / "routes.yaml")
            wait_for(lambda: answered_by(sallyport) == "one", 5, "the first origin answers again")

    def by_signal():
        with named("one") as one, named("two") as two, \
                Folder().write(routes=origin_routes(one.url)) as folder, served(folder) as sallyport:
            folder.write(routes=origin_routes(two.url))
            sallyport.process.send_signal(signal.SIGHUP)
            wait_for(lambda: answered_by(sallyport) == "two", 5, "the second origin answers")
            expect(sallyport.is_running(), "SIGHUP ended it")

    def bad_file():
        with named("one") as one, Folder().write(routes=origin_routes(one.url)) as folder, \
                served(folder) as sallyport:
            folder.write(routes="routes: [{name: x, nosuch: 1}]\n")
            sallyport.process.send_signal(signal.SIGHUP)
            wait_for(lambda: "routes.yaml:1:" in sallyport.log(), 5, "the log names the place")
            expect_equal(answered_by(sallyport), "one", "after the bad file")
            expect_equal(web.request(sallyport.port, target="/readyz").status, 200, "/readyz")

    def old_rules():
        """An exchange under way ends under the rules that it began with."""
        go_on = threading.Event()

        def response(exchange, seen):
            if seen.target != "/stream":
                exchange.reply(200, b"one")
                return
            exchange.begin_stream()
            exchange.chunk(b"data: 1\n\n")
            go_on.wait(10)
            exchange.chunk(b"data: 2\n\n")
            exchange.end_stream()

        with Origin(response) as slow, named("two") as two, \
                Folder().write(routes=origin_routes(slow.url)) as folder, \
                served(folder) as sallyport, web.connect(sallyport.port) as client:
            client.sendall(web.get(sallyport.port, "/stream"))
            stream = client.makefile("rb")
            web.read_head(stream)
            expect_equal(web.read_chunk(stream), b"data: 1\n\n", "the first event")
            folder.write(routes=origin_routes(two.url))
            wait_for(lambda: answered_by(sallyport) == "two", 5, "the new rules")
            go_on.set()
            expect_equal(web.read_chunk(stream), b"data: 2\n\n", "the second event")
            expect_equal(web.read_chunk(stream), b"", "the end")

    def drain():
        go_on = threading.Event()

        def response(exchange, _):
            exchange.begin_stream()
            exchange.chunk(b"data: 1\n\n")
            go_on.wait(10)
            exchange.chunk(b"data: 2\n\n")
            exchange.end_stream()

        with Origin(response) as slow, Folder().write(routes=origin_routes(slow.url)) as folder, \
                served(folder) as sallyport, web.connect(sallyport.port) as client:
            client.sendall(web.get(sallyport.port, "/"))
            stream = client.makefile("rb")
            web.read_head(stream)
            web.read_chunk(stream)
            sallyport.process.send_signal(signal.SIGTERM)
            wait_for(lambda: _refuses(sallyport.port), 5, "new connections are refused")
            expect(sallyport.is_running(), "it did not wait for the running stream")
            go_on.set()
            expect_equal(web.read_chunk(stream), b"data: 2\n\n", "the event after SIGTERM")
            expect_equal(web.read_chunk(stream), b"", "the end")
            expect_equal(sallyport.process.wait(10), 0, "exit code")

    def drain_is_bounded():
        forever = threading.Event()

        def response(exchange, _):
            exchange.begin_stream()
            exchange.chunk(b"data: 1\n\n")
            forever.wait(30)

        with Origin(response) as slow, \
                Folder().write(routes=origin_routes(slow.url), settings="drain: 1s\n") as folder, \
                served(folder) as sallyport, web.connect(sallyport.port) as client:
            client.sendall(web.get(sallyport.port, "/"))
            web.read_head(client.makefile("rb"))
            expect_equal(sallyport.stop(seconds=5), 0, "exit code")
            rest = b""
            try:
                while more := client.recv(65536):
                    rest += more
            except ConnectionResetError:
                pass
            expect(not rest.endswith(b"0\r\n\r\n"), "the cut stream looks whole")
            forever.set()

    def idle_end():
        with named("one") as one, Folder().write(routes=origin_routes(one.url)) as folder, \
                served(folder) as sallyport, web.connect(sallyport.port):
            for number in (signal.SIGTERM,):
                expect_equal(sallyport.stop(number, seconds=3), 0, "exit code")

    return [
        ("a changed routes.yaml is used at once, saved either way", by_file),
        ("SIGHUP reads the files again", by_signal),
        ("a bad file changes nothing, and the log names the place", bad_file),
        ("an exchange under way ends under its old rules", old_rules),
        ("SIGTERM lets a running stream end, takes no new one, exits 0", drain),
        ("a drain ends after its limit, and the cut stays visible", drain_is_bounded),
        ("SIGTERM ends an idle one within seconds, with 0", idle_end),
    ]


def _refuses(port):
    try:
        web.connect(port, 1).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        return False  # it lay in the queue of the listener that closed
    except OSError as problem:
        raise Unmet(str(problem)) from None
    return False
