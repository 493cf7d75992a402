# SPDX-License-Identifier: MIT
"""The tray icon on desktops whose packages are too large for CI: GNOME with AppIndicator, Plasma on
X11 and Wayland, LXQt, MATE. Run by ./dev panels."""

import os
import pathlib
import shutil
import subprocess

from harness import expect, read_text, wait_for
from panelsession import PICTURES, gdbus, has_host, tell_bus

EXTENSION = "ubuntu-appindicators@ubuntu.com"
TITLE = "Requests"


def second_starts(session, front, minimize):
    """A second start shows a hidden window, and brings a minimised one back."""
    for what in ("hidden", "minimised"):
        session.start(session.desktop).wait(20)
        wait_for(lambda: TITLE in front(), 20, f"the {what} window in front (in front: {front()!r})")
        minimize()
        wait_for(lambda: TITLE not in front(), 10, "the window minimised")


# -- X11 --

def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=10,
                          check=False).stdout.strip()


def x11(session, panel_command, name, watcher_stays=False):
    """The checks of a panel on X11; the screen and its window manager are there."""
    start_panel = lambda: session.start(*panel_command)  # noqa: E731
    panel = start_panel()
    wait_for(has_host, 90, "the panel")
    session.icon(session.hidden())
    session.switches()
    session.restart(lambda: session.stop(panel), start_panel, watcher_stays)
    expect(not xdotool("search", "--onlyvisible", "--name", TITLE),
           "the panel's end brought up a hidden window")
    second_starts(session, lambda: xdotool("getactivewindow", "getwindowname"),
                  lambda: xdotool("getactivewindow", "windowminimize"))
    session.start(session.desktop).wait(20)
    wait_for(lambda: TITLE in xdotool("getactivewindow", "getwindowname"), 20, "the window")
    session.picture(name)


def lxqt(session):
    session.xvfb()
    os.environ["XDG_CURRENT_DESKTOP"] = "LXQt"
    folder = session.root / ".config/lxqt"
    folder.mkdir(parents=True)
    (folder / "panel.conf").write_text(
        "[General]\n__userfile__=true\npanels=panel1\n"
        "[panel1]\nplugins=mainmenu, taskbar, statusnotifier\nposition=Bottom\n"
        "[statusnotifier]\nalignment=Right\ntype=statusnotifier\n")
    session.start("openbox")
    x11(session, ["lxqt-panel"], "lxqt")


def mate(session):
    session.xvfb()
    os.environ["XDG_CURRENT_DESKTOP"] = "MATE"
    session.start("openbox")
    x11(session, ["mate-panel"], "mate")


def kde():
    os.environ.update(XDG_CURRENT_DESKTOP="KDE", KDE_FULL_SESSION="true", KDE_SESSION_VERSION="5",
                      QT_QUICK_BACKEND="software")
    tell_bus()


def owned(name):
    return "true" in gdbus("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", name)


def plasma(session):
    session.xvfb()
    kde()
    session.start("kwin_x11", KWIN_COMPOSE="N")
    wait_for(lambda: owned("org.kde.KWin"), 30, "kwin")
    session.start("kded5")
    wait_for(lambda: owned("org.kde.kded5"), 30, "kded")
    x11(session, ["plasmashell", "--no-respawn"], "plasma", watcher_stays=True)


# -- Wayland --

def plasma_wayland(session):
    session.xvfb()
    kde()
    # A copy goes without its file capability, which a container may not grant.
    kwin = shutil.copy(shutil.which("kwin_wayland"), session.root)
    session.start(kwin, "--x11-display", os.environ["DISPLAY"], "--width", "1280", "--height", "800",
                  "--socket", "wayland-5", "--no-lockscreen", KWIN_COMPOSE="Q", XDG_SESSION_TYPE="wayland")
    wait_for(lambda: owned("org.kde.KWin"), 40, "kwin")
    os.environ.update(WAYLAND_DISPLAY="wayland-5", QT_QPA_PLATFORM="wayland",
                      XDG_SESSION_TYPE="wayland")
    tell_bus()
    session.start("kded5")
    wait_for(lambda: owned("org.kde.kded5"), 30, "kded")
    start_panel = lambda: session.start("plasmashell", "--no-respawn")  # noqa: E731
    panel = start_panel()
    wait_for(has_host, 90, "the panel")
    session.icon(session.hidden())
    session.switches()
    session.restart(lambda: session.stop(panel), start_panel, watcher_stays=True)
    session.start(session.desktop).wait(20)
    windows = lambda: gdbus("org.kde.KWin", "/WindowsRunner", "org.kde.krunner1.Match", TITLE)  # noqa: E731
    wait_for(lambda: f"{TITLE}" in windows(), 20, "the window of a second start")
    session.picture("plasma-wayland")


def gnome(session):
    # Stands in for the system bus, which the shell wants.
    session.start("dbus-daemon", "--session", "--nofork", "--print-address=1")
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = wait_for(
        lambda: read_text(session.root / "dbus-daemon.log").strip(), 10, "a bus")
    os.environ.update(XDG_SESSION_TYPE="wayland", XDG_CURRENT_DESKTOP="GNOME")
    set_extension = lambda on: subprocess.run(  # noqa: E731
        ["gsettings", "set", "org.gnome.shell", "enabled-extensions", f"['{EXTENSION}']" if on else "[]"],
        check=True, timeout=20)
    subprocess.run(["gsettings", "set", "org.gnome.shell", "welcome-dialog-last-shown-version", "999"],
                   check=True, timeout=20)
    set_extension(True)
    session.start("gnome-shell", "--headless", "--unsafe-mode", "--virtual-monitor", "1280x800")
    wait_for(has_host, 120, "the shell with its extension")
    runtime = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
    os.environ["WAYLAND_DISPLAY"] = wait_for(
        lambda: next((p.name for p in runtime.glob("wayland-*") if p.suffix != ".lock"), ""), 20,
        "a Wayland display")
    os.environ["QT_QPA_PLATFORM"] = "wayland"

    def shell(script):
        return gdbus("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell.Eval", script)

    wait_for(lambda: "true" in shell("Main.overview.hide(); 1"), 30, "the shell")
    session.icon(session.hidden())
    session.switches()
    session.restart(lambda: set_extension(False), lambda: set_extension(True))
    # The overview comes up by itself where no window is.
    front = lambda: shell("Main.overview.hide(); "  # noqa: E731
                          "global.display.focus_window ? global.display.focus_window.title : ''")
    second_starts(session, front, lambda: shell("global.display.focus_window.minimize()"))
    session.start(session.desktop).wait(20)
    wait_for(lambda: TITLE in front(), 20, "the window")
    if folder := os.environ.get(PICTURES):
        gdbus("org.gnome.Shell.Screenshot", "/org/gnome/Shell/Screenshot",
              "org.gnome.Shell.Screenshot.Screenshot", "true", "false", f"{folder}/gnome.png")


DESKTOPS = {
    "gnome": (gnome, "gnome-shell"),
    "plasma": (plasma, "plasmashell"),
    "plasma-wayland": (plasma_wayland, "kwin_wayland"),
    "lxqt": (lxqt, "lxqt-panel"),
    "mate": (mate, "mate-panel"),
}
