# SPDX-License-Identifier: MIT
"""What the rows share: one running Sallyport before a recording origin, and verdicts about what
both saw. A row is (name, source, function of the scene)."""

import contextlib
import dataclasses
import re

from harness import Folder, Served, expect, expect_equal, free_port, read_text
from recorder import Recorder
from wire import Client

KEY = "sk-corp-planted/key+0123456789abcdef=="
TOKEN = "local-planted-token-0123456789abcdef"
# A request that nobody may ever run; it follows what is to be refused.
SMUGGLED = b"GET @T@/smuggled HTTP/1.1\r\nHost: @H@\r\n\r\n"

SETTINGS = """access: {token: "file:token", allowed_hosts: [devbox.test]}
log: {level: trace}
limits: {interim_responses: 8}
"""
ROUTES = """upstreams:
  - {{name: origin, targets: [{{url: "{url}"}}], timeouts: {{idle: 20s}}}}
  - {{name: keyed, targets: [{{url: "{url}"}}], credential: "env:CORP_KEY"}}
  - {{name: keyed-x, targets: [{{url: "{url}"}}], credential: "env:CORP_KEY", credential_as: x-api-key}}
  - {{name: based, targets: [{{url: "{url}/base/"}}], credential: "env:CORP_KEY"}}
  - {{name: nobody, targets: [{{url: "http://127.0.0.1:{dead}"}}], timeouts: {{connect: 2s}}}}
  - {{name: sandbox, sandbox: true}}
routes:
  - {{name: all, match: {{path: /}}, upstream: origin, access: open, keepalive_comment: 0s}}
  - {{name: keyed, match: {{path: /keyed}}, upstream: keyed}}
  - {{name: keyed-x, match: {{path: /keyedx}}, upstream: keyed-x, access: open}}
  - {{name: keyed-open, match: {{path: /keyopen}}, upstream: keyed, access: open}}
  - {{name: based, match: {{path: /based}}, rewrite: {{prefix: /}}, upstream: based, access: open}}
  - {{name: rewritten, match: {{path: /old}}, rewrite: {{prefix: /new/}},
     upstream: origin, access: open}}
  - {{name: hidden, match: {{path: /admin}}, access: open, block: true}}
  - {{name: no-delete, match: {{path: /items, methods: [DELETE]}}, access: open, block: true}}
  - {{name: ruled, match: {{path: /ruled}}, upstream: origin, access: open,
     request_headers: {{set: {{X-User: proxy}}, remove: [X-Debug]}},
     response_headers: {{set: {{X-Frame: deny}}, remove: [X-Internal]}}}}
  - {{name: own, match: {{path: /own}}, access: open, respond: {{status: 200, body: "mine"}}}}
  - {{name: large, match: {{path: /large}}, access: open, respond: {{body: "{large}"}}}}
  - {{name: away, match: {{path: /away}}, access: open, redirect: "https://elsewhere.example/"}}
  - {{name: down, match: {{path: /down}}, upstream: nobody, access: open}}
  - {{name: sandbox, match: {{path: /v1/messages}}, upstream: sandbox, access: open}}
  - {{name: sse, match: {{path: /sse}}, upstream: origin, access: open, keepalive_comment: 1s}}
forward: {{enabled: true}}
"""


@dataclasses.dataclass
class Row:
    name: str
    source: str
    check: object
    payload: bytes = b""  # of a table's row: what ./dev desync sends as well


class Scene:
    """One Sallyport and one origin that many rows use, one after the other."""

    def __init__(self, options, routes=ROUTES, settings=SETTINGS, recorder=None,
                 listen=("--listen", "127.0.0.1:0")):
        self.options = options
        self.origin = recorder or Recorder()
        self.folder = Folder()
        self.dead = free_port()
        (self.folder.config / "token").write_text(TOKEN)
        (self.folder.config / "token").chmod(0o600)
        self.folder.write(routes=routes.format(url=self.origin.url, dead=self.dead, large="x" * 4096),
                          settings=settings)
        self.served = Served(options.sallyport, self.folder, *listen,
                             environment=self.folder.environment(CORP_KEY=KEY), seconds=60)
        self.port = self.served.port
        self.sentinels = 0

    def close(self):
        self.served.__exit__()
        self.origin.__exit__()
        self.folder.remove()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def placed(self, payload, mode="gateway"):
        """@T@ before a path, @H@ as Host, @L@ our own authority, @O@ the origin's."""
        forward = mode == "forward"
        here, origin = f"127.0.0.1:{self.port}".encode(), self.origin.authority.encode()
        return (payload.replace(b"@T@", b"http://" + origin if forward else b"")
                .replace(b"@H@", origin if forward else here)
                .replace(b"@L@", here).replace(b"@O@", origin).replace(b"@@", b"\0"))

    def client(self, **more):
        return Client(self.port, **more)

    def ask(self, payload, method="GET", mode="gateway"):
        """The response to one request on a connection of its own."""
        with self.client() as client:
            client.send(self.placed(payload, mode))
            return client.response(method)

    def get(self, target, fields="", method="GET"):
        return self.ask(f"{method} {target} HTTP/1.1\r\nHost: @H@\r\n{fields}\r\n".encode("latin-1"),
                        method)

    def settle(self):
        """A request of its own is answered; what was sent on before it has come to the origin. What
        of an attack is left on a kept connection spoils this one, and shows."""
        self.sentinels += 1
        path = f"/sentinel-{self.sentinels}"
        got = self.get(path)
        expect(got.status == 200 and got.content == b"ok",
               f"the next client got {got.status} {got.content[:200]!r}; {self.health()}")
        expect_equal(self.origin.faults, [], "what came to the origin and is no request")
        return [seen for seen in self.origin.seen if not seen.path.startswith("/sentinel-")]

    def health(self):
        return "it runs" if self.served.is_running() else f"IT ENDED: {self.served.log()[-800:]}"

    def nothing_forwarded(self):
        seen = self.settle()
        expect(not seen, f"the origin saw {[s.raw[:200] for s in seen]}")

    def log(self):
        return self.served.log()

    @property
    def shrunk(self):
        """Under sanitizers memory says nothing, and everything is slow."""
        return self.options.sanitized


# ---- Verdicts for the tables -------------------------------------------------------------------
def refused(*statuses, modes=("gateway", "forward")):
    """An error of our own and the end; nothing of it at the origin, and nothing that follows it."""
    def check(scene, payload):
        for mode in modes:
            scene.origin.clear()
            with scene.client() as client:
                client.send(scene.placed(payload + SMUGGLED, mode))
                client.finish()
                got = client.response("GET")
                expect(got.status in (statuses or (400,)),
                       f"{mode}: status {got.status} {got.content[:200]!r}")
                expect(got.code, f"{mode}: no X-Sallyport-Error")
                client.ends()
            scene.nothing_forwarded()
    return check


def one_reading(content, target="@T@/x", fields=(), without=(), modes=("gateway", "forward")):
    """Exactly one request at the origin, with this content; then the next one is its own."""
    def check(scene, payload):
        for mode in modes:
            scene.origin.clear()
            with scene.client() as client:
                client.send(scene.placed(payload, mode))
                got = client.response(payload.split(b" ")[0].decode())
                expect_equal(got.status, 200, f"{mode}: status")
            seen = scene.settle()
            expect_equal(len(seen), 1, f"{mode}: requests at the origin {[s.raw for s in seen]}")
            expect_equal(seen[0].content, content, f"{mode}: content")
            expect_equal(seen[0].path, target.replace("@T@", ""), f"{mode}: path")
            for name, value in fields:
                expect_equal(seen[0].field(name), value, f"{mode}: {name}")
            for name in without:
                expect_equal(seen[0].all(name), [], f"{mode}: {name}")
            expect_equal(len(seen[0].all("Host")), 1, f"{mode}: Host")
    return check


def table(rows):
    """Rows of (name, source, payload, verdict)."""
    def bound(payload, verdict):
        return lambda scene: verdict(scene, payload)
    return [Row(name, source, bound(payload, verdict), payload)
            for name, source, payload, verdict in rows]


def status(number, code=None):
    """One response; the origin saw nothing."""
    def check(scene, payload):
        scene.origin.clear()
        got = scene.ask(payload, payload.split(b" ")[0].decode())
        expect_equal(got.status, number, f"status ({got.content[:200]!r})")
        if code:
            expect_equal(got.code, code, "X-Sallyport-Error")
        scene.nothing_forwarded()
    return check


@contextlib.contextmanager
def grows_less_than(scene, mib):
    """The highest resident memory while the block runs, over that before it. To be used on a scene
    of its own: what another row has freed hides growth. Under sanitizers only that it runs."""
    before = scene.served.rss_kib()
    yield
    if not scene.shrunk:
        grown = (_highest_kib(scene) - before) / 1024
        expect(grown < mib, f"memory grew by {grown:.0f} MiB, {mib} are allowed")


def _highest_kib(scene):
    status_text = read_text(f"/proc/{scene.served.process.pid}/status")
    return int(re.search(r"^VmHWM:\s+(\d+)", status_text, re.M).group(1))


def fresh(check, **changes):
    """The same check on a Sallyport of its own."""
    def on_its_own(scene):
        with Scene(scene.options, **changes) as own:
            own.settle()
            check(own)
    return on_its_own


__all__ = ["KEY", "TOKEN", "Row", "Scene", "refused", "one_reading", "table", "status", "fresh",
           "grows_less_than", "expect", "expect_equal", "SMUGGLED"]
