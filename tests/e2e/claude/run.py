# SPDX-License-Identifier: MIT
"""The real Claude Code through `sallyport serve`, in a network namespace that has nothing but
loopback, with an empty home and dummy keys: what reaches the client came through us or from
nowhere."""

import json
import os
import pathlib
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "proxies")]

import squid  # noqa: E402
from certificates import make_certificate  # noqa: E402
from client import Client  # noqa: E402
from harness import Checks, Folder, Served, Unmet, arguments, expect, expect_equal, expect_in, \
    free_port, origin_routes, run, sandbox_routes, wait_for  # noqa: E402
from network import INSIDE, enter_namespace  # noqa: E402
from origin import Origin, messages_response  # noqa: E402

SETTINGS_BEFORE = b'{\n    "theme" : "dark",\n  "env": { "EDITOR":"vim" },\n\n\t"cleanupPeriodDays": 30\n}'
CREDENTIAL = "sk-ant-the-real-one-0123456789"
DUMMY = "sk-ant-dummy-of-the-client"


def says(text):
    return lambda exchange, seen: messages_response(exchange, seen, [{"type": "text", "text": text}])


def turns(origin):
    return [seen for seen in origin.seen if seen.method == "POST" and "/v1/messages" in seen.target
            and "count_tokens" not in seen.target]


def expect_response(done, part):
    if done.returncode or part not in done.stdout:
        raise Unmet(f"expected {part!r}; exit code {done.returncode}, "
                    f"said {done.stdout[-800:]!r}, {done.stderr[-800:]!r}")


class Story:
    """One home, connected at the start by `env apply` and let go at the end by `env undo`."""

    def __init__(self, options):
        self.executable = options.sallyport
        self.folder = Folder()
        self.folder.write(routes=sandbox_routes("token"), settings=f"listen: 127.0.0.1:{free_port()}\n")
        self.settings = self.folder.home / ".claude" / "settings.json"
        self.settings.parent.mkdir()
        self.settings.write_bytes(SETTINGS_BEFORE)
        self.client = Client(options.claude_code, self.folder)
        self.sallyport = Served(self.executable, self.folder,
                                environment=self.folder.environment(CORP_KEY=CREDENTIAL))

    def close(self):
        self.sallyport.__exit__()
        self.folder.remove()

    def serve_routes(self, routes):
        """Waits until the new file is served: a route of its own in it wants no token."""
        mark = f"/mark-{time.monotonic_ns()}"
        self.folder.write(routes=routes + f"  - {{name: mark, match: {{path: {mark}}}, "
                                          "upstream: origin, access: open}\n")

        def is_served():
            done = run(["curl", "-s", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}",
                        self.sallyport.url + mark], self.folder)
            return done.stdout not in ("401", "000")

        wait_for(is_served, 10, "the changed routes.yaml is served")

    def through_gateway(self, origin):
        self.serve_routes(origin_routes(origin.url, "token",
                                        upstream_extra="    credential: env:CORP_KEY\n"))

    # -- the checks, in order --

    def connect(self):
        done = run([self.executable, "env", "apply"], self.folder)
        expect_equal(done.returncode, 0, f"exit code of env apply ({done.stderr})")
        env = json.loads(self.settings.read_text())["env"]
        expect_equal(env["ANTHROPIC_BASE_URL"], self.sallyport.url, "ANTHROPIC_BASE_URL")
        expect(env["ANTHROPIC_AUTH_TOKEN"], "no token")

    def sandbox(self):
        expect_response(self.client.ask("Say hello."), "andbox")

    def sandbox_tool(self):
        """The sandbox calls one tool; Claude Code runs it, and gets a closing text that holds what
        the tool said."""
        done = self.client.ask("sandbox: use tool Bash", "--output-format", "stream-json",
                               "--verbose", "--allowedTools", "Bash")
        kinds = re.findall(r'"type":"(tool_use|tool_result)"', done.stdout)
        expect("tool_use" in kinds and "tool_result" in kinds,
               f"no tool turn; exit code {done.returncode}, said {done.stdout[-1500:]!r}")
        expect_in("The tool answered", done.stdout, "the closing text")
        expect_in('"subtype":"success"', done.stdout, "the end of the turn")

    def gateway(self):
        with Origin(says("GATEWAY-ANSWER-417")) as origin:
            self.through_gateway(origin)
            expect_response(self.client.ask("Say hello."), "GATEWAY-ANSWER-417")
            seen = turns(origin)[0]
            expect_equal(seen.field("Authorization"), f"Bearer {CREDENTIAL}", "Authorization")
            expect_equal(seen.field("x-api-key"), None, "x-api-key")
            token = json.loads(self.settings.read_text())["env"]["ANTHROPIC_AUTH_TOKEN"]
            expect(token not in repr(seen.fields), "the local token left the machine")
            expect(seen.field("anthropic-beta") and seen.field("anthropic-version"),
                   "anthropic-beta or anthropic-version was lost")

    def tool(self):
        made = self.folder.work / "made-by-the-tool"

        def answer(exchange, seen):
            said = json.dumps(seen.json().get("messages", []))
            if "tool_result" in said:
                messages_response(exchange, seen, [{"type": "text", "text": "TOOL-DONE-418"}])
            else:
                call = {"type": "tool_use", "id": "toolu_1", "name": "Bash",
                        "input": {"command": f"echo bytes > {made}", "description": "Write"}}
                messages_response(exchange, seen, [call], "tool_use")

        with Origin(answer) as origin:
            self.through_gateway(origin)
            done = self.client.ask("Write the file.", "--allowedTools", "Bash")
            expect_response(done, "TOOL-DONE-418")
            expect_equal(made.read_text(), "bytes\n", "what the tool wrote")
            expect(len(turns(origin)) >= 2, "the result of the tool was not sent")

    def too_many(self):
        times = []

        def answer(exchange, seen):
            if "/v1/messages" in seen.target:
                times.append(time.monotonic())
            if len(times) == 1:
                exchange.reply(429, {"type": "error", "error": {
                    "type": "rate_limit_error", "message": "slow down"}}, Retry_After="2")
            else:
                says("AFTER-THE-PAUSE-419")(exchange, seen)

        with Origin(answer) as origin:
            self.through_gateway(origin)
            expect_response(self.client.ask("Say hello."), "AFTER-THE-PAUSE-419")
            waited = times[1] - times[0]
            # Without the field the client would try again after 0.5 s to 0.63 s.
            expect(1.9 <= waited <= 6, f"tried again after {waited:.1f} s, retry-after said 2")

    def dead(self):
        port = free_port()
        self.serve_routes(origin_routes(f"http://127.0.0.1:{port}", "token",
                                        upstream_extra="    credential: env:CORP_KEY\n"))
        done = self.client.ask("Say hello.", CLAUDE_CODE_MAX_RETRIES=1)
        expect(done.returncode, "the client took it for an answer")
        expect_in("502", done.stdout + done.stderr, "what the client prints")
        expect_in("Sallyport: ", done.stdout + done.stderr, "what the client prints")
        expect_in(str(port), done.stdout + done.stderr, "what the client prints")

    def by_squid(self):
        """The gateway is reached by a company's proxy alone, which wants a login."""
        place = self.folder.root / "gateway"
        place.mkdir()
        leaf, key, authority = make_certificate(place)
        login = squid.digest(self.folder, "alice", "a proxy's password")
        with Origin(says("SQUID-ANSWER-424"), (leaf, key)) as origin, \
                squid.Squid(self.folder, logins=login) as proxy:
            self.serve_routes(origin_routes(
                origin.url, "token",
                upstream_extra="    credential: env:CORP_KEY\n"
                               f"    via: http://alice:a%20proxy%27s%20password@{proxy.authority}\n"
                               f"    tls: {{ca_file: {authority}}}\n"))
            expect_response(self.client.ask("Say hello."), "SQUID-ANSWER-424")
            expect_equal(turns(origin)[0].field("Authorization"), f"Bearer {CREDENTIAL}",
                         "Authorization")
            expect_equal(turns(origin)[0].field("Proxy-Authorization"), None,
                         "Proxy-Authorization at the origin")
            wait_for(lambda: f"CONNECT 127.0.0.1:{origin.port} alice" in proxy.log(), 10,
                     "the tunnel in the log of squid")

    def undo(self):
        done = run([self.executable, "env", "undo"], self.folder)
        expect_equal(done.returncode, 0, f"exit code of env undo ({done.stderr})")
        expect_equal(self.settings.read_bytes(), SETTINGS_BEFORE, "settings.json")


class Proxied:
    """Homes that know Sallyport only as their proxy."""

    def __init__(self, options):
        self.options = options

    def _ask(self, sallyport, folder, base, **environment):
        client = Client(self.options.claude_code, folder)
        return client.ask("Say hello.", ANTHROPIC_BASE_URL=base, ANTHROPIC_AUTH_TOKEN=DUMMY,
                          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1, **environment)

    def _serve(self, folder, more=""):
        folder.write(routes=sandbox_routes("token") + more)
        return Served(self.options.sallyport, folder, "--listen", "127.0.0.1:0")

    def forward(self):
        with Origin(says("FORWARD-ANSWER-420")) as origin, Folder() as folder, \
                self._serve(folder) as sallyport:
            done = self._ask(sallyport, folder, origin.url, HTTP_PROXY=sallyport.url)
            expect_response(done, "FORWARD-ANSWER-420")
            seen = turns(origin)[0]
            expect_equal(seen.field("Authorization"), f"Bearer {DUMMY}", "Authorization")
            expect_equal(seen.field("Proxy-Connection"), None, "Proxy-Connection")
            self._expect_logged(sallyport, origin)

    def tunnel(self):
        with Folder() as folder:
            certificate = make_certificate(folder.root)
            with Origin(says("TUNNEL-ANSWER-421"), certificate[:2]) as origin, \
                    self._serve(folder) as sallyport:
                done = self._ask(sallyport, folder, f"https://localhost:{origin.port}",
                                 HTTPS_PROXY=sallyport.url, NODE_EXTRA_CA_CERTS=certificate[2])
                expect_response(done, "TUNNEL-ANSWER-421")
                expect_equal(turns(origin)[0].field("Via"), None, "Via inside the tunnel")
                self._expect_logged(sallyport, origin)

    def tunnel_by_squid(self):
        """A host that no route is for, behind a company's proxy that wants a login."""
        with Folder() as folder:
            certificate = make_certificate(folder.root)
            login = squid.digest(folder, "alice", "a proxy's password")
            with Origin(says("CHAIN-ANSWER-425"), certificate[:2]) as origin, \
                    squid.Squid(folder, logins=login) as proxy, self._serve(
                        folder, "forward: {via: \"http://alice:a%20proxy%27s%20password@"
                                f"{proxy.authority}\"}}\n") as sallyport:
                done = self._ask(sallyport, folder, f"https://localhost:{origin.port}",
                                 HTTPS_PROXY=sallyport.url, NODE_EXTRA_CA_CERTS=certificate[2])
                expect_response(done, "CHAIN-ANSWER-425")
                wait_for(lambda: f"CONNECT localhost:{origin.port} alice" in proxy.log(), 10,
                         "the tunnel in the log of squid")
                self._expect_logged(sallyport, origin)

    @staticmethod
    def _expect_logged(sallyport, origin):
        sallyport.stop()
        expect_in(str(origin.port), sallyport.log(), "the log, which shows that it came through us")


def main():
    options = arguments(__doc__).parse_args()
    checks = Checks(options.only)
    if not os.environ.get(INSIDE):
        checks.fail("a network of its own", enter_namespace())
        return checks.report()
    try:
        story = Story(options)
    except Unmet as problem:
        checks.fail("Claude Code and Sallyport start", problem)
        return checks.report()
    print("Claude Code", story.client.version())
    proxied = Proxied(options)
    for name, function in (
            ("env apply connects it", story.connect),
            ("a turn is answered from the sandbox", story.sandbox),
            ("a tool turn with the sandbox", story.sandbox_tool),
            ("a turn through a configured upstream, with its credential", story.gateway),
            ("a tool turn through a configured upstream", story.tool),
            ("a 429 is passed on with its retry-after", story.too_many),
            ("a dead upstream's 502 is printed by the client", story.dead),
            ("a turn through squid with a login, to a gateway in https", story.by_squid),
            ("a turn in absolute-form, by HTTP_PROXY", proxied.forward),
            ("a turn through CONNECT, by HTTPS_PROXY", proxied.tunnel),
            ("and so where squid with a login is on the way out", proxied.tunnel_by_squid),
            ("env undo leaves settings.json byte for byte as before", story.undo)):
        checks.run(name, function)
    story.close()
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
