# SPDX-License-Identifier: MIT
"""Sallyport with a panel inside one session bus, asked by D-Bus: the icon, its menu, its return."""

import os
import pathlib
import re
import subprocess

from harness import Unmet, expect, read_text, wait_for

PICTURES = "SALLYPORT_E2E_PICTURES"
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


def has_host():
    """Whether a panel shows icons."""
    return "true" in gdbus(WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties.Get",
                           WATCHER, "IsStatusNotifierHostRegistered")


def gdbus(name, path, method, *more):
    """The answer of a call on the session bus, or what failed, as text."""
    try:
        done = subprocess.run(["gdbus", "call", "--session", "-d", name, "-o", path, "-m", method,
                               "--", *more], capture_output=True, text=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return "failed: no answer within 10 s"
    return done.stdout or f"failed: {done.stderr}"


def tell_bus():
    """What the bus starts by itself has the variables of now, the display among them."""
    subprocess.run(["dbus-update-activation-environment", "--all"], check=True, timeout=10,
                   capture_output=True)


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
            wait_for(item, 60, "the icon in the panel")
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

    def restart(self, stop_panel, start_panel, watcher_stays=False):
        """`watcher_stays`: icons are registered with another process than the panel."""
        stop_panel()
        if not watcher_stays:
            wait_for(lambda: not item(), 20, "the panel gone")
        start_panel()
        wait_for(lambda: item() and has_host(), 60, "the icon in the panel that came back")
        entry("second__route")

    # -- X11 --

    def xvfb(self):
        self.start("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp",
                   "-noreset")
        display = wait_for(lambda: re.search(r"^(\d+)\n", read_text(self.root / "Xvfb.log"), re.M), 10,
                           "Xvfb")
        os.environ.update(DISPLAY=f":{display.group(1)}", QT_QPA_PLATFORM="xcb")
        tell_bus()

    def picture(self, name):
        """The X screen as it is now, where pictures are kept."""
        folder = os.environ.get(PICTURES)
        if folder:
            subprocess.run(["import", "-window", "root", f"{folder}/{name}.png"], check=True,
                           timeout=20)
