# SPDX-License-Identifier: MIT
"""The tray icon on real panels by StatusNotifierItem: Xfce on X11, waybar on sway (Wayland). Its
menu switches a route, the panel goes and comes; on Wayland the panel starts after Sallyport, and a
second start brings the window to the front. No picture is read: everything is asked by D-Bus and swaymsg."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from harness import Checks, Unmet, arguments, expect, read_text, wait_for  # noqa: E402

SCENARIO = "SALLYPORT_E2E_PANEL"
NOBODY = 65534
WATCHER = "org.kde.StatusNotifierWatcher"
ROUTES = """upstreams:
  - {name: sandbox, sandbox: true}
routes:
  - name: second_route
    enabled: true   # switched by the panel
    match: {path: /v1/models}
    upstream: sandbox
    access: open
"""


def gdbus(name, path, method, *more):
    """The answer of a call on the session bus, or what failed, as text."""
    done = subprocess.run(["gdbus", "call", "--session", "-d", name, "-o", path, "-m", method, "--",
                           *more], capture_output=True, text=True, timeout=10, check=False)
    return done.stdout or f"failed: {done.stderr}"


def item():
    """The bus name of the one registered icon; empty when there is none."""
    answer = gdbus(WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties.Get",
                   WATCHER, "RegisteredStatusNotifierItems")
    found = re.search(r"'((?:org\.kde\.StatusNotifierItem-|:)[^/'@]+)", answer)
    return found.group(1) if found else ""


def entry(label):
    """The id of a menu entry whose label contains `label`."""
    layout = gdbus(item(), "/MenuBar", "com.canonical.dbusmenu.GetLayout", "0", "-1", "[]")
    for number, properties in re.findall(r"\(?(\d+), \{([^{}]*)\}", layout):
        if label in properties:
            return number
    raise Unmet(f"no entry {label!r} in {layout[:1500]!r}")


class Session:
    """Programs in folders of their own, inside one session bus."""

    def __init__(self, desktop):
        self.desktop = desktop
        self.root = pathlib.Path(os.environ["HOME"])
        self.running = []
        for name in ("config", "state"):
            (self.root / name).mkdir(exist_ok=True)
        os.environ["SALLYPORT_CONFIG_DIR"] = str(self.root / "config")
        os.environ["SALLYPORT_STATE_DIR"] = str(self.root / "state")
        (self.root / "config/settings.yaml").write_text("listen: 127.0.0.1:0\n")
        self.routes = self.root / "config/routes.yaml"
        self.routes.write_text(ROUTES)

    def start(self, *command, **environment):
        with open(self.root / f"{pathlib.Path(command[0]).name}.log", "ab") as log:
            process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log,
                                       stderr=log, stdin=subprocess.DEVNULL)
        self.running.append(process)
        return process

    def stop(self, process):
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close(self):
        for process in reversed(self.running):
            if process.poll() is None:
                self.stop(process)

    # -- the checks that all panels share --

    def hidden(self):
        app = self.start(self.desktop, "--hidden")
        wait_for(lambda: "listening" in read_text(self.root / "sallyport-desktop.log"), 20,
                 "Sallyport listens")
        return app

    def icon(self, app):
        try:
            wait_for(item, 40, "the icon in the panel")
        except Unmet as unmet:
            names = gdbus("org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames")
            raise Unmet(f"{unmet}; on the bus: {names}") from None
        expect(app.poll() is None, "Sallyport ended")

    def switches(self):
        expect("enabled: true   # switched" in self.routes.read_text(), "the file at first")
        # One underscore would be shown as a mnemonic.
        gdbus(item(), "/MenuBar", "com.canonical.dbusmenu.Event", entry("second__route"), "clicked",
              "<0>", "0")
        wait_for(lambda: "enabled: false   # switched" in self.routes.read_text(), 10,
                 "the route switched by the panel's menu")

    def restart(self, panel, start_panel):
        self.stop(panel)
        wait_for(lambda: not item(), 10, "the panel gone")
        start_panel()
        wait_for(item, 30, "the icon in the panel that came back")
        entry("second__route")


def xfce(session):
    session.start("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
    display = wait_for(lambda: re.search(r"^(\d+)\n", read_text(session.root / "Xvfb.log"), re.M), 10,
                       "Xvfb")
    os.environ.update(DISPLAY=f":{display.group(1)}", XDG_CURRENT_DESKTOP="XFCE", QT_QPA_PLATFORM="xcb")
    session.start("xfwm4", "--compositor=off")
    start_panel = lambda: session.start("xfce4-panel", "--disable-wm-check")  # noqa: E731
    panel = start_panel()
    wait_for(lambda: "true" in gdbus(WATCHER, "/StatusNotifierWatcher",
                                     "org.freedesktop.DBus.Properties.Get", WATCHER,
                                     "IsStatusNotifierHostRegistered"), 20, "the panel")
    session.icon(session.hidden())
    session.switches()
    session.restart(panel, start_panel)
    shown = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Requests"],
                           capture_output=True, text=True, check=False).stdout
    expect(not shown.strip(), "the panel's end brought up a hidden window")


def sway(session):
    os.environ.update(WLR_BACKENDS="headless", WLR_LIBINPUT_NO_DEVICES="1", WLR_RENDERER="pixman",
                      XDG_SESSION_TYPE="wayland", XDG_CURRENT_DESKTOP="sway",
                      QT_QPA_PLATFORM="wayland")
    runtime = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
    (session.root / "sway.conf").write_text("output HEADLESS-1 resolution 1280x800\n")
    (session.root / "bar.json").write_text('{"height":30,"modules-right":["tray"]}')
    session.start("sway", "-c", str(session.root / "sway.conf"))
    wait_for(lambda: list(runtime.glob("sway-ipc*")), 15, "sway")
    os.environ["SWAYSOCK"] = str(list(runtime.glob("sway-ipc*"))[0])
    os.environ["WAYLAND_DISPLAY"] = wait_for(
        lambda: next((p.name for p in runtime.glob("wayland-*") if p.suffix != ".lock"), ""), 10,
        "a Wayland display")
    start_panel = lambda: session.start("waybar", "-c", str(session.root / "bar.json"))  # noqa: E731
    # Qt keeps its first answer whether there is a tray: here it is asked too early by design.
    app = session.hidden()
    panel = start_panel()
    session.icon(app)
    session.switches()
    session.restart(panel, start_panel)

    def focused():
        tree = subprocess.run(["swaymsg", "-t", "get_tree"], capture_output=True, text=True,
                              timeout=10, check=False).stdout
        found = []

        def walk(node):
            if node.get("focused"):
                found.append(node.get("app_id"))
            for child in node.get("nodes", []) + node.get("floating_nodes", []):
                walk(child)
        walk(json.loads(tree))
        return found

    ours = ["io.github.sallyport.Sallyport"]
    second = lambda: session.start(session.desktop).wait(15)  # noqa: E731
    second()
    wait_for(lambda: focused() == ours, 10, f"the window of the first (focused: {focused()})")
    subprocess.run(["swaymsg", "workspace", "2"], capture_output=True, check=True, timeout=10)
    wait_for(lambda: focused() != ours, 5, "another workspace")
    second()
    wait_for(lambda: focused() == ours, 10, "an open window that is not in front comes up")


SCENARIOS = {"xfce": xfce, "sway": sway}


def inside(name, desktop):
    session = Session(desktop)
    try:
        SCENARIOS[name](session)
    except Exception:
        for log in sorted(session.root.glob("*.log")):
            print(f"-- {log.name}\n{read_text(log)[-1500:]}", file=sys.stderr)
        raise
    finally:
        session.close()


def scenario(name, options):
    """Runs this script again on a bus of its own; sway refuses root."""
    home = pathlib.Path(tempfile.mkdtemp(prefix=f"sallyport-e2e-{name}-"))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    prefix = []
    if name == "sway" and os.geteuid() == 0:
        prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        for folder in (home, runtime):
            os.chown(folder, NOBODY, NOBODY)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime),
                   "LANGUAGE": "en", SCENARIO: name}
    try:
        done = subprocess.run(
            [*prefix, "dbus-run-session", "--", sys.executable, "-B", __file__, *sys.argv[1:]],
            env=environment, capture_output=True, text=True, timeout=150, check=False)
        expect(done.returncode == 0, (done.stdout + done.stderr)[-5000:])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main():
    options = arguments(__doc__).parse_args()
    if os.environ.get(SCENARIO):
        inside(os.environ[SCENARIO], str(options.desktop))
        return 0
    checks = Checks(options.only)
    for name, program, sentence in (
            ("xfce", "xfce4-panel", "Xfce: the icon, its menu, a restart of the panel, no window by itself"),
            ("sway", "sway", "sway with waybar: a panel that starts later, its menu, its restart, a second start")):
        if not shutil.which(program):
            checks.fail(sentence, f"{program} is not installed")
            continue
        began = time.monotonic()
        checks.run(sentence, scenario, name, options)
        print(f"  {name}: {time.monotonic() - began:.1f} s")
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
