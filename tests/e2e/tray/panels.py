# SPDX-License-Identifier: MIT
"""The tray icon on real panels by StatusNotifierItem: Xfce on X11, waybar on sway (Wayland). Its
menu switches a route, the panel goes and comes; on Wayland the panel starts after Sallyport, and a
second start brings the window to the front. No picture is read: everything is asked by D-Bus and swaymsg.
--panels names those of desktops.py, which are too large for CI."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from desktops import DESKTOPS  # noqa: E402
from harness import Checks, arguments, expect, read_text, wait_for  # noqa: E402
from panelsession import PICTURES, Session, has_host  # noqa: E402

SCENARIO = "SALLYPORT_E2E_PANEL"
NOBODY = 65534


def xfce(session):
    session.xvfb()
    os.environ["XDG_CURRENT_DESKTOP"] = "XFCE"
    session.start("xfwm4", "--compositor=off")
    start_panel = lambda: session.start("xfce4-panel", "--disable-wm-check")  # noqa: E731
    panel = start_panel()
    wait_for(has_host, 20, "the panel")
    session.icon(session.hidden())
    session.switches()
    session.restart(lambda: session.stop(panel), start_panel)
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
    session.restart(lambda: session.stop(panel), start_panel)

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


SMALL = {
    "xfce": (xfce, "xfce4-panel",
             "Xfce: the icon, its menu, a restart of the panel, no window by itself"),
    "sway": (sway, "sway",
             "sway with waybar: a panel that starts later, its menu, its restart, a second start"),
}
SCENARIOS = {**SMALL, **{name: (*rest, f"{name}: the icon, its menu, its restart, a second start")
                         for name, rest in DESKTOPS.items()}}


def inside(name, desktop):
    session = Session(desktop)
    try:
        SCENARIOS[name][0](session)
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
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        environment[PICTURES] = str(options.output)
    try:
        done = subprocess.run(
            [*prefix, "dbus-run-session", "--", sys.executable, "-B", __file__, *sys.argv[1:]],
            env=environment, capture_output=True, text=True, timeout=400, check=False)
        expect(done.returncode == 0, (done.stdout + done.stderr)[-5000:])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--panels", nargs="+", choices=sorted(SCENARIOS), default=sorted(SMALL))
    options = parser.parse_args()
    if os.environ.get(SCENARIO):
        inside(os.environ[SCENARIO], str(options.desktop))
        return 0
    checks = Checks(options.only)
    for name in options.panels:
        _, program, sentence = SCENARIOS[name]
        if not shutil.which(program):
            checks.fail(sentence, f"{program} is not installed")
            continue
        began = time.monotonic()
        checks.run(sentence, scenario, name, options)
        print(f"  {name}: {time.monotonic() - began:.1f} s")
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
