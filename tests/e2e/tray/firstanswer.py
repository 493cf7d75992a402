# SPDX-License-Identifier: MIT
"""A new user: an empty home, `sallyport-desktop` for the first time, its set-up dialog and the connect
dialog by keys alone, then the real `claude -p`, whose environment says nothing of Sallyport, and its
first answer. Timed, and pictured at each step. The network has nothing but loopback."""

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "claude")]

import network  # noqa: E402
from client import Client  # noqa: E402
from harness import Checks, Folder, arguments, expect, expect_equal, expect_in, read_text, \
    wait_for  # noqa: E402
from origin import Origin, messages_response  # noqa: E402
from screen import INSIDE, Eyes, Screen, enter_session, stable  # noqa: E402

PROGRAM = "sallyport"
KEY = "sk-gateway-0123456789abcdef"
ANSWER = "FIRST-ANSWER-431"
MOST_SECONDS = 60
STEP_SECONDS = 20


class Home(Folder):
    """An empty home, and nothing of Sallyport or Claude Code in the environment."""

    def environment(self, **more):
        every = super().environment(**more)
        return {name: value for name, value in every.items() if not name.startswith("SALLYPORT_")}


@dataclasses.dataclass
class Way:
    """Where the requests go, how the set-up dialog is told so, and what comes back."""
    name: str
    destination: str
    answer: str
    is_tested: bool
    fill: object


def gateway(exchange, seen):
    """A company's gateway that takes one key."""
    if seen.field("Authorization") != f"Bearer {KEY}":
        exchange.reply(401, {"type": "error", "error": {"type": "authentication_error",
                                                        "message": "no such key"}})
    elif seen.method == "GET":
        exchange.reply(200, {"data": [{"id": "claude-opus-5-5", "type": "model"}]})
    else:
        messages_response(exchange, seen, [{"type": "text", "text": ANSWER}])


class FirstAnswer:
    def __init__(self, options, screen, eyes, home, way):
        self.options, self.screen, self.eyes, self.home, self.way = options, screen, eyes, home, way
        self.pictures = options.output / "first-answer"
        self.client = Client(options.claude_code, home)
        self.steps = self.keys = 0

    # -- hands and eyes --

    def press(self, *names):
        self.keys += len(names)
        self.screen.key(*names)

    def picture(self, name):
        self.steps += 1
        stable(self.screen, self.pictures, f"{self.way.name}-{self.steps}-{name}", 2)
        print(f"  {time.monotonic() - self.began:5.1f} s  {name}", flush=True)

    def shown(self):
        return " | ".join(self.eyes.texts(self.eyes.application(PROGRAM)))

    def sees(self, text, what):
        self.eyes.wait_for(lambda: text in self.shown(), STEP_SECONDS,
                           f"{what}: {text!r}; shown: {self.shown()[-3000:]}")

    def in_front(self, title):
        wait_for(lambda: self.screen.active_title().startswith(title), STEP_SECONDS,
                 f"a window {title!r} in front, where {self.screen.active_title()!r} is")

    # -- the steps --

    def start(self):
        shown = {k: v for k, v in self.screen.environment().items()
                 if k.startswith(("DISPLAY", "QT_", "DBUS_", "XDG_RUNTIME"))}
        self.log = open(self.home.root / "desktop.log", "wb")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [str(self.options.desktop)], env=self.home.environment(**shown), cwd=self.home.work,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def set_up(self):
        self.in_front("Set up Sallyport")
        self.sees("Where should requests go?", "the set-up dialog")
        self.picture("set-up")
        self.way.fill(self)
        self.picture("filled-in")
        if self.way.is_tested:
            self.press("alt+t")
            self.sees("Models: claude-opus-5-5", "the test of the gateway")
            self.picture("tested")
        self.press("Return")
        self.sees(self.way.destination, "the last page of the set-up")
        self.picture("saved")

    def connect(self):
        self.press("Return")
        self.in_front("Connect Claude Code")
        self.sees("ANTHROPIC_BASE_URL", "what is written")
        self.picture("connect")
        self.press("Return")
        self.sees("Waiting for its first request", "what comes next")
        self.picture("connected")

    def ask(self):
        settings = json.loads(read_text(self.home.home / ".claude" / "settings.json"))
        expect_equal(settings["env"]["ANTHROPIC_BASE_URL"], "http://127.0.0.1:8899", "the address")
        done = self.client.ask("Say hello.")
        took = time.monotonic() - self.began
        expect(done.returncode == 0 and self.way.answer in done.stdout,
               f"exit code {done.returncode}, said {done.stdout[-800:]!r}, {done.stderr[-800:]!r}")
        print(f"  {self.way.name}: from the start to the first answer {took:.1f} s, "
              f"{self.keys} keys beside what is typed")
        expect(took < MOST_SECONDS, f"{took:.1f} s")
        self.sees("has just called", "that Claude Code was seen")
        self.picture("answered")

    def close(self):
        self.press("Return")
        self.in_front("Requests")
        self.sees("/v1/messages", "the row of the request")
        self.picture("request")

    def run(self):
        self.start()
        try:
            for step in (self.set_up, self.connect, self.ask, self.close):
                step()
        except Exception:
            stable(self.screen, self.pictures, f"{self.way.name}-failed")
            raise
        finally:
            self.process.terminate()
            self.process.wait(20)
            self.log.close()


def fill_gateway(url):
    def fill(story):
        story.screen.type(url)
        story.press("Tab")
        story.screen.type(KEY)
    return fill


def by(options, way):
    with network.Recorder() as recorder, Home() as home, Screen() as screen:
        FirstAnswer(options, screen, Eyes(), home, way).run()
        expect_equal(recorder.seen, [], "what was asked of others")


def through_gateway(options):
    with Origin(gateway) as origin:
        by(options, Way("gateway", "Requests go to", ANSWER, True, fill_gateway(origin.url)))
        turns = [seen for seen in origin.seen if seen.target.startswith("/v1/messages?")]
        expect(turns, "no turn came to the gateway")
        expect_in("Say hello.", json.dumps(turns[-1].json()), "what came to the gateway")


def through_sandbox(options):
    by(options, Way("sandbox", "Requests go to the sandbox", "sandbox of Sallyport", False,
                    lambda story: story.press("alt+u")))


def main():
    options = arguments(__doc__).parse_args()
    checks = Checks(options.only)
    if not os.environ.get(network.INSIDE):
        checks.fail("a network of its own", network.enter_namespace())
        return checks.report()
    if not os.environ.get(INSIDE):
        enter_session()
    pictures = options.output / "first-answer"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    for name, function in (("through a gateway, with its key", through_gateway),
                           ("on the sandbox", through_sandbox)):
        checks.run(f"from an empty home to the first answer in {MOST_SECONDS} s by keys alone, {name}",
                   function, options)
    return checks.report()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # the accessibility bus would keep its threads
