# SPDX-License-Identifier: MIT
"""config preset intranet, and what its routes then serve."""

import json

import web
from harness import Folder, Served, expect, expect_equal, expect_in, free_port, run
from origin import Origin

# As a person leaves it: a byte order mark, CR LF, comments, and no line end at the end.
MINE = (b"\xef\xbb\xbf# mine\r\nupstreams:\r\n  - name: corp   # ours\r\n    targets: [{url: "
        b"\"http://127.0.0.1:%d\"}]\r\nroutes:\r\n  - ")
ROUTE = b"{name: all, upstream: corp, access: open}"
COUNTED = "{name: all, count_tokens: estimate, upstream: corp, access: open}"
MINE += ROUTE


def checks(options):
    executable = options.sallyport

    def preset(folder, *arguments, expected=0):
        done = run([executable, "config", "preset", "intranet", *arguments], folder)
        expect_equal(done.returncode, expected, f"exit code ({done.stderr})")
        return done.stdout + done.stderr

    def edited_once():
        with Folder() as folder:
            routes = folder.config / "routes.yaml"
            before = MINE % free_port()
            routes.write_bytes(before)
            expect_in("+  - name: intranet-hello", preset(folder, "--dry-run"), "the diff")
            expect_equal(routes.read_bytes(), before, "routes.yaml after --dry-run")
            expect_in("+  - api.anthropic.com", preset(folder), "the diff")
            after = routes.read_bytes()
            expect(after.startswith(before[:-len(ROUTE)]), "what was there is not as it was")
            expect_in(COUNTED.encode(), after, "the route for messages")
            copies = list(folder.config.glob("routes.yaml.before-preset-*"))
            expect_equal([copy.read_bytes() for copy in copies], [before], "the copy")
            expect_in("Nothing to do", preset(folder), "the second time")
            expect_equal(routes.read_bytes(), after, "routes.yaml after the second time")
            expect_equal(run([executable, "config", "check"], folder).returncode, 0, "config check")

    def refused():
        with Folder() as folder:
            routes = folder.config / "routes.yaml"
            routes.write_bytes(MINE % 1)
            expect_in("corp", preset(folder, "--upstream", "crop", expected=2), "the way out")
            routes.write_text("routes: 7\n")
            expect_in("routes.yaml:1:", preset(folder, expected=2), "the place")
            expect_equal(routes.read_text(), "routes: 7\n", "a file with an error")

    def without_a_file():
        with Folder() as folder:
            expect_in("/dev/null", preset(folder), "the diff")
            expect_equal(run([executable, "config", "check"], folder).returncode, 0, "config check")

    def served():
        """Through the proxy in the absolute form, which needs no certificate."""

        def answer(exchange, seen):
            exchange.reply(404, {"type": "error"})

        with Origin(answer) as origin, Folder() as folder:
            (folder.config / "routes.yaml").write_bytes(MINE % origin.port)
            preset(folder)
            with Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
                def ask(target, method="GET", content=None):
                    return web.request(sallyport.port, method, f"http://{target}", content=content,
                                       fields={"Host": target.split("/")[0]})

                for target in ("api.anthropic.com/api/hello", "platform.claude.com/v1/oauth/hello"):
                    expect_equal(ask(target).status, 200, target)
                domain = ask("api.anthropic.com/api/web/domain_info?domain=x.example")
                expect_equal(json.loads(domain.content), {"can_fetch": True}, "WebFetch's question")
                expect_equal(ask("api.anthropic.com/api/claude_code/settings").status, 404, "settings")
                expect_equal(ask("github.com/x").status, 403, "another host")
                counted = ask("api.anthropic.com/v1/messages/count_tokens?beta=true", "POST",
                              web.small_turn())
                expect_equal(counted.status, 200, "the count of tokens")
                expect(json.loads(counted.content)["estimated"], "not marked as an estimate")
                expect(json.loads(counted.content)["input_tokens"] > 5, "no count")
                expect_equal(counted.field("X-Sallyport-Estimate"), "input_tokens", "the field")
            expect_equal([seen.target for seen in origin.seen],
                         ["/v1/messages/count_tokens?beta=true"], "what the upstream was asked")

    return [("config preset intranet adds its routes once and keeps a copy", edited_once),
            ("it says what it cannot do, and where", refused),
            ("without routes.yaml it begins with the sandbox", without_a_file),
            ("its routes answer, and count tokens where the gateway does not", served)]
