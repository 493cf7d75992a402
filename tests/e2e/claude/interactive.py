# SPDX-License-Identifier: MIT
"""The real Claude Code as a person starts it for the first time: an empty home, a terminal, a network
that has nothing but loopback, in which every name that is asked for and every connection is
recorded. It has to come to its prompt and give its streamed answer without asking anybody but us."""

import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from client import Client, first_start  # noqa: E402
from harness import Checks, Folder, Served, Unmet, arguments, expect, expect_equal, expect_in, \
    free_port, run, sandbox_routes  # noqa: E402
from network import INSIDE, Recorder, enter_namespace  # noqa: E402
from origin import Origin, messages_response  # noqa: E402

# An API key as a person has one; it goes to the sandbox, which looks at none.
API_KEY = "sk-ant-api03-" + "dummy0" * 8
ANSWER_SECONDS = 30
# `-p` waits 17 s and more where settings and policy limits cannot be asked for.
MOST_SECONDS = 12
# What is asked in the background comes within this time after the answer.
QUIET_SECONDS = 3


class Session:
    """One home with a Sallyport of its own."""

    def __init__(self, options, isOlder):
        self.executable = options.sallyport
        self.folder = Folder()
        self.folder.write(routes=sandbox_routes("token"),
                          settings=f"listen: 127.0.0.1:{free_port()}\n")
        self.client = Client(options.claude_code, self.folder, isOlder)
        self.version = self.client.version()

    def sallyport(self, *words):
        done = run([self.executable, *words], self.folder)
        expect_equal(done.returncode, 0, f"exit code of {words} ({done.stderr})")
        return done.stdout

    def intercept(self):
        """The preset and the authority; the two variables that it takes at least."""
        self.sallyport("config", "preset", "intranet")
        self.sallyport("ca", "create")
        lines = self.sallyport("env", "print", "--shell", "bash", "--mode", "intercept")
        values = dict(re.findall(r"export (\w+)='(.*)'", lines))
        return {name: values[name] for name in ("HTTPS_PROXY", "NODE_EXTRA_CA_CERTS")}

    def talk(self, **environment):
        """From the start to the answer."""
        with self.client.start(**environment) as terminal:
            first_start(terminal)
            terminal.settle()
            terminal.type("Say hello.")
            terminal.settle()
            terminal.type("\r")
            terminal.wait_for("sandbox of Sallyport", ANSWER_SECONDS)
            terminal.settle(QUIET_SECONDS, QUIET_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.remove()


def expect_nobody_else(recorder):
    expect_equal(recorder.seen, [], "what was asked of others")


def gateway(options, isOlder):
    with Recorder() as recorder, Session(options, isOlder) as session, \
            Served(session.executable, session.folder):
        session.sallyport("env", "apply")
        session.talk()
        expect_nobody_else(recorder)


# Both halves of the connectivity check, and the turn: these come through the opened tunnels.
OPENED = ("/api/hello", "/v1/oauth/hello", "/v1/messages")


def interception(options, isOlder):
    """What `env apply` writes, and an API key."""
    with Recorder() as recorder, Session(options, isOlder) as session:
        session.intercept()
        with Served(session.executable, session.folder) as sallyport:
            session.sallyport("env", "apply", "--mode", "intercept")
            session.talk(ANTHROPIC_API_KEY=API_KEY)
            expect_nobody_else(recorder)
            for path in OPENED:
                expect_in(f"path={path}", sallyport.log(), "the log")


def two_variables(options, isOlder):
    """Without what else `env apply` writes: background requests come, and are answered or refused.
    For its plugin marketplace the client then starts `ssh git@github.com`, which knows no proxy; an
    ssh that goes nowhere stands in for it."""
    with Recorder() as recorder, Session(options, isOlder) as session:
        variables = session.intercept()
        stub = session.folder.root / "bin" / "ssh"
        stub.parent.mkdir()
        stub.write_text("#!/bin/sh\nexit 255\n")
        stub.chmod(0o755)
        with Served(session.executable, session.folder) as sallyport:
            variables |= {"ANTHROPIC_API_KEY": API_KEY,
                          "PATH": f"{stub.parent}:{os.environ['PATH']}"}
            session.talk(**variables)
            began = time.monotonic()
            expect_in("sandbox of Sallyport", session.client.ask("Say hello.", **variables).stdout,
                      "the answer with -p")
            took = time.monotonic() - began
            expect(took < MOST_SECONDS, f"-p took {took:.1f} s")
            expect_nobody_else(recorder)
            log = sallyport.log()
            for path in (*OPENED, "/api/eval", "/api/claude_code/policy_limits"):
                expect_in(f"path={path}", log, "the log")
            expect_in("host=downloads.claude.ai:443 route=intranet-block-claude-ai status=403", log,
                      "the log")


def leaf_for(folder, authority, host):
    """A certificate for a host by our authority, as somebody who had stolen its key would make it."""
    request, key, leaf = (folder.root / f"{host}.{kind}" for kind in ("csr", "key", "pem"))

    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)

    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
            "-out", request, "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}",
            "-addext", "extendedKeyUsage=serverAuth")
    openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority, "-days", 2,
            "-copy_extensions", "copyall", "-out", leaf)
    return leaf, key


def constrained(options, isOlder):
    def answer(exchange, seen):
        messages_response(exchange, seen, [{"type": "text", "text": "ANSWER-422"}])

    with Recorder("127.0.0.1"), Session(options, isOlder) as session:
        bundle = session.intercept()["NODE_EXTRA_CA_CERTS"]
        authority = session.folder.state / "ca" / "current.pem"
        for host, isTaken in (("api.anthropic.com", True), ("elsewhere.example", False)):
            with Origin(answer, leaf_for(session.folder, authority, host)) as origin:
                done = session.client.ask(
                    "Say hello.", ANTHROPIC_BASE_URL=f"https://{host}:{origin.port}",
                    ANTHROPIC_AUTH_TOKEN="dummy", NODE_EXTRA_CA_CERTS=bundle,
                    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1, CLAUDE_CODE_MAX_RETRIES=0)
                said = done.stdout + done.stderr
                expect_equal("ANSWER-422" in said, isTaken, f"{host}: an answer ({said[-600:]!r})")
                expect_equal(bool(origin.seen), isTaken, f"{host}: a request arrived")
                expect(isTaken or re.search("certificate|CERT|PERMITTED_VIOLATION", said), said[-600:])


def main():
    options = arguments(__doc__).parse_args()
    checks = Checks(options.only)
    if not os.environ.get(INSIDE):
        checks.fail("a network of its own", enter_namespace())
        return checks.report()
    for isOlder in (False, True):
        try:
            with Session(options, isOlder) as session:
                name = session.version.split()[0]
        except Unmet as problem:
            checks.fail("Claude Code starts", problem)
            continue
        for what, function in (
                ("after env apply alone it starts, answers and asks nobody else", gateway),
                ("after env apply --mode intercept, with an API key, it passes its check, starts, "
                 "answers and asks nobody else", interception),
                ("and so with HTTPS_PROXY and NODE_EXTRA_CA_CERTS alone", two_variables),
                ("it refuses a certificate of our authority for another host", constrained)):
            checks.run(f"{name}: {what}", function, options, isOlder)
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
