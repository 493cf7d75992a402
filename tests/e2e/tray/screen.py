# SPDX-License-Identifier: MIT
"""A screen without a monitor: Xvfb, openbox, trayer, and the accessibility tree of what is on it.
Everything is waited for by what it shows; the menus are walked by key, and what has the focus is
told by the accessibility bus, as a screen reader would be."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time

from harness import Unmet, wait_for

INSIDE = "SALLYPORT_E2E_IN_SESSION"


def enter_session():
    """Runs this script again on a session bus of its own."""
    os.environ[INSIDE] = "1"
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="sallyport-e2e-run-")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        os.environ.pop(name, None)
    os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, "-B", *sys.argv])


class Screen:
    def __init__(self, size="1280x800", panel=True, scale=1):
        reader, writer = os.pipe()
        self._xvfb = subprocess.Popen(
            # A server whose last client goes starts anew, and turns away who comes at that moment:
            # asking it by xprop would keep openbox out.
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise Unmet("Xvfb did not start")
        self.display = f":{number}"
        self.scale = scale
        self._panel = None
        self._openbox = self.start(["openbox"])
        try:
            wait_for(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in self.x("xprop", "-root"), 30, "openbox")
            if panel:
                self.start_panel()
        except Unmet:
            self.close()
            raise

    def environment(self, **more):
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **more}

    def start(self, command):
        return subprocess.Popen(command, env=self.environment(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def x(self, *command):
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True,
                              check=False, timeout=20).stdout

    # -- the panel --

    def start_panel(self):
        self._panel = self.start(["trayer", "--edge", "top", "--align", "right", "--widthtype",
                                  "request", "--height", str(28 * self.scale)])
        wait_for(self._panel_window, 10, "trayer")

    def stop_panel(self):
        self._panel.terminate()
        self._panel.wait(10)
        wait_for(lambda: not self._panel_window(), 10, "the panel goes")

    def _panel_window(self):
        """The panel's window that is shown: the one at the top edge."""
        for window in self.x("xdotool", "search", "--class", "trayer").split():
            if re.search(r"Position: \d+,0 ", self.x("xdotool", "getwindowgeometry", window)):
                return window
        return None

    def tray_icon(self, name):
        """The middle of the icon of the program, in pixels; None while there is none."""
        panel = self._panel_window()
        if not panel:
            return None
        tree = self.x("xwininfo", "-tree", "-id", panel)
        found = re.search(rf'"[^"]*{name}[^\n]*?(\d+)x(\d+)\+-?\d+\+-?\d+ +\+(-?\d+)\+(-?\d+)', tree, re.I)
        if not found:
            return None
        width, height, left, top = map(int, found.groups())
        return (left + width // 2, top + height // 2) if width > 4 else None

    # -- hands --

    def click(self, place, button=1):
        self.x("xdotool", "mousemove", str(place[0]), str(place[1]))
        self.x("xdotool", "click", str(button))

    def key(self, *names):
        self.x("xdotool", "key", *names)

    def type(self, text):
        self.x("xdotool", "type", "--delay", "4", text)

    def active_title(self):
        return self.x("xdotool", "getactivewindow", "getwindowname").strip()

    def picture(self, path):
        self.x("import", "-window", "root", str(path))

    def close(self):
        for process in (self._panel, self._openbox, self._xvfb):
            if process and process.poll() is None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Eyes:
    """The accessibility bus."""

    def __init__(self):
        import pyatspi
        from gi.repository import GLib
        self._pyatspi, self._context = pyatspi, GLib.MainContext.default()
        self._focused = []
        pyatspi.Registry.registerEventListener(self._on_focus, "object:state-changed:focused")

    def _on_focus(self, event):
        if event.detail1:
            with contextlib.suppress(Exception):
                self._focused.append((event.source.getRoleName(), event.source.name))

    def pump(self):
        while self._context.iteration(False):
            pass

    def wait_for(self, condition, seconds, what):
        def look():
            self.pump()
            return condition()
        return wait_for(look, seconds, what)

    def forget_focus(self):
        self.pump()
        self._focused.clear()

    def next_focus(self, role, seconds=3):
        """The name of what of this role got the focus since forget_focus()."""
        def look():
            return next((name for is_role, name in self._focused if role in is_role), None)
        return self.wait_for(look, seconds, f"the focus on a {role}")

    def application(self, name):
        with contextlib.suppress(Exception):
            for program in self._pyatspi.Registry.getDesktop(0):
                if program and re.search(name, program.name, re.I):
                    return program
        return None

    def showing(self, role, pattern, within, depth=12):
        """The first accessible of the role whose name matches and that is shown, or None."""
        if within is None:
            return None
        with contextlib.suppress(Exception):
            states = within.getState()
            if within.getRoleName() == role and re.search(pattern, within.name or "", re.I | re.S) \
                    and states.contains(self._pyatspi.STATE_SHOWING):
                return within
            if depth:
                for child in within:
                    if found := self.showing(role, pattern, child, depth - 1):
                        return found
        return None

    def middle(self, accessible):
        box = accessible.queryComponent().getExtents(self._pyatspi.DESKTOP_COORDS)
        return box.x + box.width // 2, box.y + box.height // 2

    def texts(self, within, depth=12):
        """Names and texts of all that is shown, for messages and for searching."""
        found = []
        with contextlib.suppress(Exception):
            if not within.getState().contains(self._pyatspi.STATE_SHOWING) \
                    and within.getRoleName() != "application":
                return found
            found.append(f"{within.getRoleName()}: {within.name}")
            with contextlib.suppress(Exception):
                found.append(within.queryText().getText(0, 2000))
            if depth:
                for child in within:
                    found += self.texts(child, depth - 1)
        return [text for text in found if text]


class Menu:
    """The tray's menu, opened by a right click and walked by key."""

    def __init__(self, screen, eyes, program):
        self._screen, self._eyes, self._program = screen, eyes, program
        # A click may meet a menu that is just going, and takes it away instead of opening one.
        self.first = wait_for(self._open, 20, "the menu opens")

    def _open(self):
        place = wait_for(lambda: self._screen.tray_icon(self._program), 10, "the tray icon")
        self._eyes.forget_focus()
        self._screen.click(place, 3)
        # The menu takes the keys once it is shown; the first key that finds it gives a focus.
        for _ in range(3):
            with contextlib.suppress(Unmet):
                return self.press("Down", 1)
        self.leave()
        return None

    def press(self, key, seconds=3):
        """The name of the item that has the focus after the key."""
        self._eyes.forget_focus()
        self._screen.key(key)
        return self._eyes.next_focus("menu item", seconds)

    def names(self):
        """Every item that can be reached by key, from the first one around."""
        found, name = [self.first], None
        while len(found) < 40:
            name = self.press("Down")
            if name == found[0]:
                break
            found.append(name)
        return found

    def go(self, pattern):
        name = self.first
        for _ in range(40):
            if re.search(pattern, name, re.I):
                return name
            name = self.press("Down")
        raise Unmet(f"no item like {pattern!r} in the menu")

    def enter(self, pattern):
        """Into a submenu: its first item is where walking goes on."""
        self.go(pattern)
        self.first = self.press("Right")

    def choose(self, pattern):
        self.go(pattern)
        self._screen.key("Return")

    def leave(self):
        self._screen.key("Escape")
        self._screen.key("Escape")


def stable(screen, folder, name, seconds=5):
    """A picture, taken when two in a row are alike, so that it is not of half a window."""
    path, before = folder / f"{name}.png", b""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        screen.picture(path)
        now = path.read_bytes()
        if now == before:
            break
        before = now
    return path
