# SPDX-License-Identifier: MIT
"""What becomes of Claude Code's settings when the tray application ends, in every way that it can, and
starts again."""

import json
import os
import signal
import socket
import subprocess
import time

from harness import expect, expect_equal, expect_in, wait_for

ADDRESS = "ANTHROPIC_BASE_URL"


def settings(desktop):
    file = desktop.folder.home / ".claude" / "settings.json"
    return json.loads(file.read_text()) if file.exists() else {}


def command(options, desktop, *arguments, expected=0):
    done = subprocess.run([str(options.sallyport), *arguments], env=desktop.environment,
                          cwd=desktop.folder.work, capture_output=True, text=True, timeout=20, check=False)
    expect_equal(done.returncode, expected, f"exit code of {arguments} ({done.stderr})")
    return done.stdout


def connect(options, desktop):
    (desktop.folder.home / ".claude").mkdir(exist_ok=True)
    command(options, desktop, "env", "apply")
    expect_in(f":{desktop.port}", settings(desktop)["env"][ADDRESS], "the address")


def remember(desktop, choice):
    """The answer to the question at Quit, as the dialog keeps it."""
    (desktop.folder.state / "desktop.ini").write_text(f"[quit]\nconnected={choice}\n")


def text_of(file):
    return file.read_text() if file.exists() else ""


def port_taken(options, make_desktop, make_menu):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        with make_desktop(port=held.getsockname()[1]) as desktop:
            log = desktop.folder.state / "log" / "desktop.log"
            words = f"127.0.0.1:{desktop.port} is taken by python3 (process {os.getpid()})"
            wait_for(lambda: words in text_of(log), 20, f"{words!r} in the log: {text_of(log)}")
            connect(options, desktop)
            menu = make_menu()
            expect_in(words, " | ".join(menu.names()), "the menu")
            menu.choose("free port")
            wait_for(lambda: text_of(desktop.folder.state / "listening"), 10, "it listens elsewhere")
            address = text_of(desktop.folder.state / "listening").split()[0]
            expect(not address.endswith(f":{desktop.port}"), address)
            wait_for(lambda: settings(desktop)["env"][ADDRESS] == f"http://{address}", 10,
                     f"Claude Code's settings follow to {address}: {settings(desktop)}")


def checks(options, make_desktop, make_menu):
    def ends_in_time():
        for choice, is_kept in (("restore", False), ("keep", True)):
            with make_desktop() as desktop:
                connect(options, desktop)
                remember(desktop, choice)
                # A request whose content never comes: it may not hold the end up.
                with socket.create_connection(("127.0.0.1", desktop.port)) as held:
                    held.sendall(b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
                    began = time.monotonic()
                    desktop.process.send_signal(signal.SIGTERM)
                    expect_equal(desktop.process.wait(10), 0, "exit code")
                    took = time.monotonic() - began
                expect(took < 2 or options.sanitized, f"{took:.1f} s until it ended")
                expect_equal(ADDRESS in settings(desktop).get("env", {}), is_kept, f"the address with {choice}")

    def after_a_kill():
        with make_desktop() as desktop:
            connect(options, desktop)
            desktop.process.kill()
            desktop.process.wait(10)
            desktop.process = desktop.start("--hidden")
            wait_for(lambda: desktop.answers("/healthz"), 20, "it listens again")
            command(options, desktop, "env", "status")
            command(options, desktop, "env", "undo", "--all")
            expect_equal(settings(desktop).get("env", {}), {}, "what is left of it")

    return [("SIGTERM ends it within 2 s and carries the remembered answer out", ends_in_time),
            ("killed while Claude Code is connected, it serves again after a start", after_a_kill),
            ("a port that is taken: who has it, the next free one, and Claude Code's settings follow",
             lambda: port_taken(options, make_desktop, make_menu))]
