# SPDX-License-Identifier: MIT
"""`sallyport-desktop` on a screen with a window manager and a tray: menu, switches, window, second
start, a panel that goes and comes, no panel at all. Pictures are kept."""

import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness import Checks, Folder, Unmet, arguments, expect, expect_equal, free_port, \
    read_text, wait_for  # noqa: E402
import lifecycle  # noqa: E402
import rows  # noqa: E402
from screen import INSIDE, Eyes, Menu, Screen, enter_session, stable  # noqa: E402

PROGRAM = "sallyport"
WINDOW = "frame"
IDLE_SECONDS = 5
IDLE_MIB = 60
ROUTES = """# Comments stay, and so does the order.
upstreams:
  - name: sandbox
    sandbox: true   # costs nothing

routes:
  - name: second
    enabled: true   # a remark behind it
    match: {path: /v1/models}
    upstream: sandbox
    access: open
  - name: claude
    enabled: true   # the one that is switched
    match: {path: /}
    upstream: sandbox
    access: open
"""


class Desktop:
    """The tray application in a folder of its own, on the sandbox."""

    def __init__(self, options, screen, *more, language="en", routes=ROUTES, port=None):
        self.executable, self.screen = options.desktop, screen
        self.port = port or free_port()
        self.folder = Folder()
        self.folder.write(routes=routes(self.folder) if callable(routes) else routes,
                          settings=f"listen: 127.0.0.1:{self.port}\n")
        self.environment = {
            **self.folder.environment(LANGUAGE=language), # needs no locale to be made
            **{k: v for k, v in screen.environment().items()
               if k.startswith(("DISPLAY", "QT_", "DBUS_", "XDG_RUNTIME"))},
            "QT_SCALE_FACTOR": str(screen.scale)}
        self.log = self.folder.root / "desktop.log"
        self.process = self.start(*more)
        if routes and not port:
            wait_for(lambda: self.answers("/healthz"), 20, "it listens")

    def start(self, *more):
        with open(self.log, "ab") as log:
            return subprocess.Popen([str(self.executable), *more], env=self.environment,
                                    cwd=self.folder.work, stdin=subprocess.DEVNULL, stdout=log,
                                    stderr=log)

    def routes(self):
        return (self.folder.config / "routes.yaml").read_text()

    def curl(self, path, *more):
        return subprocess.run(
            ["curl", "-s", "--noproxy", "*", "-w", "\n%{http_code}", *more,
             f"http://127.0.0.1:{self.port}{path}"], capture_output=True, text=True, timeout=20,
            check=False, env={"PATH": "/usr/bin:/bin"}).stdout.rsplit("\n", 1)

    def answers(self, path):
        return self.curl(path)[-1] == "200"

    def turn(self):
        return self.curl("/v1/messages", "-H", "content-type: application/json", "--data-binary",
                         '{"model":"claude-opus-5-5","max_tokens":64,"stream":true,'
                         '"messages":[{"role":"user","content":"hello"}]}')

    def wakes(self):
        """How often its threads have gone to sleep and woken up again."""
        return sum(int(line.split()[1])
                   for status in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/status")
                   for line in read_text(status).splitlines()
                   if line.startswith("voluntary_ctxt_switches:"))

    def resident_mib(self):
        for line in read_text(f"/proc/{self.process.pid}/status").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.folder.remove()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Story:
    """One desktop, used from its start to Quit."""

    def __init__(self, options, screen, eyes, pictures):
        self.options, self.screen, self.eyes, self.pictures = options, screen, eyes, pictures
        self.desktop = Desktop(options, screen, "--hidden")

    def picture(self, name):
        stable(self.screen, self.pictures, name)

    def window(self):
        program = self.eyes.application(PROGRAM)
        return self.eyes.showing(WINDOW, ".", program, 1)

    def shown(self):
        return " | ".join(self.eyes.texts(self.eyes.application(PROGRAM)))[-3000:]

    def menu(self):
        return Menu(self.screen, self.eyes, PROGRAM)

    # -- the checks, in order --

    def icon(self):
        wait_for(lambda: self.screen.tray_icon(PROGRAM), 10, "the tray icon")
        self.eyes.pump()
        expect(not self.window(), "--hidden, and yet there is a window")
        self.picture("1-tray-icon")

    def whole_menu(self):
        menu = self.menu()
        names = menu.names()
        self.picture("2-menu")
        menu.leave()
        for part in ("log", "proxy", "routes", "claude code", "quit"):
            expect(any(part in name.lower() for name in names), f"no {part!r} among {names}")

    def route_switch(self):
        before = self.desktop.routes()
        expect_equal(self.desktop.turn()[-1], "200", "a turn before")
        self._switch("claude", "3-routes")
        wait_for(lambda: self.desktop.routes() != before, 5, "routes.yaml changes")
        changes = [line for line in difflib.ndiff(before.splitlines(True),
                                                  self.desktop.routes().splitlines(True))
                   if line[0] in "+-"]
        expect_equal(changes, ["-     enabled: true   # the one that is switched\n",
                               "+     enabled: false   # the one that is switched\n"], "the change")
        wait_for(lambda: self.desktop.turn()[-1] == "503", 5, "the route is off")
        expect(self.desktop.answers("/v1/models"), "the other route went too")
        self._switch("claude")
        wait_for(lambda: self.desktop.routes() == before, 5, "routes.yaml is as before")
        wait_for(lambda: self.desktop.turn()[-1] == "200", 5, "the route is on")

    def _switch(self, route, picture=None):
        menu = self.menu()
        menu.enter("^.?routes")
        menu.go(route)
        if picture:
            self.picture(picture)
        menu.choose(route)

    def proxy_switch(self):
        self.menu().choose("proxy")
        wait_for(lambda: not self.desktop.answers("/healthz"), 5, "nothing listens")
        self.menu().choose("proxy")
        wait_for(lambda: self.desktop.answers("/healthz"), 5, "it listens again")

    def window_opens(self):
        self.menu().choose("log")
        self.eyes.wait_for(self.window, 10, "the log window")
        self.picture("4-log-window")

    def request_appears(self):
        expect_equal(self.desktop.turn()[-1], "200", "the turn")
        row = self.eyes.wait_for(lambda: self._cell("/v1/messages"), 10,
                                 f"a row with /v1/messages; shown: {self.shown()}")
        self.screen.click(self.eyes.middle(row))
        self.eyes.wait_for(lambda: "opus" in self.shown(), 5, "the detail of the row")
        self.picture("5-request")

    def _cell(self, text):
        return self.eyes.showing("table cell", text, self.eyes.application(PROGRAM))

    def closing_keeps_running(self):
        self.screen.x("xdotool", "search", "--onlyvisible", "--class", PROGRAM, "windowfocus")
        self.screen.key("alt+F4")
        self.eyes.wait_for(lambda: not self.window(), 5, "the window goes")
        expect(self.desktop.answers("/healthz"), "closing the window ended it")

    def second_start(self):
        second = self.desktop.start()
        expect_equal(second.wait(15), 0, "exit code of the second start")
        self.eyes.wait_for(self.window, 10, "the first one's window")
        expect(self.desktop.process.poll() is None, "the first one ended")

    def panel_restart(self):
        self.screen.stop_panel()
        self.screen.start_panel()
        wait_for(lambda: self.screen.tray_icon(PROGRAM), 40, "the icon comes back")
        expect(self.menu().names(), "the menu is dead")
        self.screen.key("Escape")

    def figures(self):
        mib = self.desktop.resident_mib()
        print(f"  with the tray and a log window: {mib:.1f} MiB resident")
        expect(self.options.sanitized or mib < 150, f"{mib:.0f} MiB")

    def quit(self):
        self.menu().choose("quit")
        expect_equal(self.desktop.process.wait(15), 0,
                     f"exit code ({read_text(self.desktop.log)[-1000:]})")
        expect(not self.desktop.answers("/healthz"), "something still listens")
        expect("panic" not in read_text(self.desktop.log).lower(), "the log")


def idle(options, *_):
    """Hidden since its start, with its icon in the tray: nothing is asked of it meanwhile."""
    with Screen() as screen:
        for language in ("en", "zh_CN"):
            with Desktop(options, screen, "--hidden", language=language) as desktop:
                wait_for(lambda: screen.tray_icon(PROGRAM), 10, "the tray icon")
                wakes = []
                # What follows a start comes within 5 s; a machine that is busy takes longer.
                while not wakes or (wakes[-1] and len(wakes) < 5):
                    before = desktop.wakes()
                    time.sleep(IDLE_SECONDS)
                    wakes.append(desktop.wakes() - before)
                mib = desktop.resident_mib()
                print(f"  {language}: {mib:.1f} MiB resident, {wakes} wake-ups in {IDLE_SECONDS} s each")
                expect_equal(wakes[-1], 0, "wake-ups")
                expect(options.sanitized or mib <= IDLE_MIB, f"{mib:.1f} MiB")


def no_tray(options, eyes, pictures):
    with Screen(panel=False) as screen, Desktop(options, screen, "--hidden") as desktop:
        program = lambda: eyes.application(PROGRAM)  # noqa: E731
        eyes.wait_for(lambda: eyes.showing(WINDOW, ".", program(), 1), 25,
                      "the window, for there is no tray to hide in")
        stable(screen, pictures, "6-no-tray")
        desktop.process.terminate()
        expect_equal(desktop.process.wait(15), 0, "exit code after SIGTERM")


def chinese(options, eyes, pictures):
    with Screen() as screen, Desktop(options, screen, language="zh_CN") as desktop:
        menu = Menu(screen, eyes, PROGRAM)
        names = menu.names()
        stable(screen, pictures, "7-menu-chinese")
        expect(any("退出" in name for name in names), f"no 退出 among {names}")
        menu.choose("日志")
        eyes.wait_for(lambda: eyes.showing(WINDOW, ".", eyes.application(PROGRAM), 1), 10, "the window")
        desktop.turn()
        stable(screen, pictures, "8-window-chinese")


def rows_of_the_window(checks, options, eyes, pictures):
    """One window after the other: its own screen, so that nothing else has the keys."""
    with Screen() as screen:
        story = None
        try:
            story = rows.Rows(lambda routes: Desktop(options, screen, routes=routes), screen, eyes,
                              lambda name: stable(screen, pictures, name))
            for name, function in rows.checks(story):
                checks.run(name, function)
                if checks.failed:
                    stable(screen, pictures, f"failed-row-{checks.failed}")
                    screen.key("Escape", "Escape")
        except Unmet as problem:
            checks.fail("a window with a request", problem)
        finally:
            if story:
                story.close()


def first_run(options, eyes, pictures):
    """No routes.yaml: it asks for a gateway, or takes the sandbox."""
    with Screen() as screen, Desktop(options, screen, routes=None):
        eyes.wait_for(lambda: "andbox" in " ".join(eyes.texts(eyes.application(PROGRAM))), 15,
                      "a dialog that offers the sandbox")
        stable(screen, pictures, "9-first-run")


def main():
    options = arguments(__doc__).parse_args()
    if not os.environ.get(INSIDE):
        enter_session()
    pictures = options.output / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    checks = Checks(options.only)
    try:
        eyes = Eyes()
        screen = Screen()
        story = Story(options, screen, eyes, pictures)
    except (Unmet, OSError, ImportError) as problem:
        checks.fail("a screen, and Sallyport on it", problem)
        return checks.report()
    for name, function in (
            ("the tray icon appears, and --hidden shows no window", story.icon),
            ("the menu can be walked by key and has what it should", story.whole_menu),
            ("a route switch changes exactly its line, and back", story.route_switch),
            ("the proxy can be switched off and on", story.proxy_switch),
            ("the menu opens the log window", story.window_opens),
            ("a request appears in the window, and its detail", story.request_appears),
            ("closing the window keeps it running in the tray", story.closing_keeps_running),
            ("a second start raises the first one's window", story.second_start),
            ("the icon survives a restart of the panel", story.panel_restart),
            ("figures", story.figures),
            ("Quit in the menu ends it", story.quit)):
        checks.run(name, function)
        if checks.failed and story.desktop.process.poll() is None:
            stable(screen, pictures, f"failed-{checks.failed}")
            screen.key("Escape", "Escape", "Escape")
    story.desktop.close()
    screen.close()
    for name, function in (("idle in the tray it takes 60 MiB at most, and does not wake up", idle),
                           ("without a tray the window shows itself", no_tray),
                           ("the menu and the window speak Chinese", chinese),
                           ("the first run offers the sandbox", first_run)):
        checks.run(name, function, options, eyes, pictures)
    rows_of_the_window(checks, options, eyes, pictures)
    with Screen() as other:
        make = lambda **more: Desktop(options, other, "--hidden", **more)  # noqa: E731
        menu = lambda: Menu(other, eyes, PROGRAM)  # noqa: E731
        for name, function in lifecycle.checks(options, make, menu):
            checks.run(name, function)
    return checks.report()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # the accessibility bus would keep its threads
