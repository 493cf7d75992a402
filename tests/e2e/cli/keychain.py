# SPDX-License-Identifier: MIT
"""`sallyport credential` and `keychain:NAME` with a real Secret Service (gnome-keyring) on a bus of
its own, and with none."""

import contextlib
import subprocess
import time

import web
from harness import Folder, Served, expect, expect_equal, expect_in, origin_routes, read_text, wait_for
from origin import Origin

KEY = "sk-keychain-0123456789-abcdef"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


@contextlib.contextmanager
def keyring(folder, buses=None):
    """The environment of a session with an unlocked keyring; its bus goes into `buses`."""
    config = folder.root / "bus.conf"
    config.write_text(BUS)
    bus = subprocess.Popen(["dbus-daemon", "--nofork", "--print-address=1",
                            f"--config-file={config}"], stdout=subprocess.PIPE, text=True)
    if buses is not None:
        buses.append(bus)
    environment = folder.environment(DBUS_SESSION_BUS_ADDRESS=bus.stdout.readline().strip(),
                                     XDG_RUNTIME_DIR=folder.work)
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock",
                               "--components=secrets"], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    daemon.stdin.write(b"a password")
    daemon.stdin.close()

    def is_ready():
        asked = subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
             "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.ReadAlias",
             "string:default"], env=environment, capture_output=True, text=True, check=False)
        return asked.returncode == 0 and 'object path "/"' not in asked.stdout

    try:
        wait_for(is_ready, 15, "a default collection in the keyring")
        yield environment
    finally:
        for process in (daemon, bus):
            process.kill()
            process.wait()


def checks(options):
    executable = options.sallyport

    def credential(environment, *arguments, content="", expected=0):
        done = subprocess.run([str(executable), "credential", *arguments], input=content,
                              env=environment, capture_output=True, text=True, timeout=30,
                              check=False)
        expect_equal(done.returncode, expected,
                     f"exit code of {arguments} ({done.stdout} {done.stderr})")
        expect(KEY not in done.stdout + done.stderr, "the key is said again")
        return done.stdout + done.stderr

    def round_trip():
        with Folder() as folder, keyring(folder) as environment, \
                Origin(lambda exchange, seen: exchange.reply(200, b"ok")) as origin:
            folder.write(routes=origin_routes(origin.url,
                                              upstream_extra='    credential: "keychain:corp"\n'))
            expect_in("no entry", credential(environment, "remove", "corp", expected=1), "remove")
            expect_in("keychain:corp", credential(environment, "set", "corp", content=KEY + "\n"),
                      "set")
            with Served(executable, folder, "--listen", "127.0.0.1:0",
                        environment=environment) as sallyport:
                expect_equal(web.request(sallyport.port, target="/x").status, 200, "status")
                expect_equal(origin.seen[-1].field("Authorization"), f"Bearer {KEY}", "credential")
                expect(KEY not in sallyport.log() + sallyport.output(), "the key is in the log")
            kept = [p for p in folder.root.rglob("*")
                    if p.is_file() and KEY in read_text(p)]
            expect(not kept, f"the key stands in {kept}")
            credential(environment, "remove", "corp")
            with Served(executable, folder, "--listen", "127.0.0.1:0",
                        environment=environment) as sallyport:
                answer = web.request(sallyport.port, target="/x")
                expect_equal((answer.status, answer.field("X-Sallyport-Error")),
                             (502, "credential_missing"), "without the entry")
                expect_in("sallyport credential set corp", answer.content.decode(), "the way out")

    def bus_ends():
        """GLib raises SIGTERM in a process whose session bus goes."""
        buses = []
        with Folder() as folder, keyring(folder, buses) as environment, \
                Origin(lambda exchange, seen: exchange.reply(200, b"ok")) as origin:
            folder.write(routes=origin_routes(origin.url,
                                              upstream_extra='    credential: "keychain:corp"\n'))
            credential(environment, "set", "corp", content=KEY + "\n")
            with Served(executable, folder, "--listen", "127.0.0.1:0",
                        environment=environment) as sallyport:
                expect_equal(web.request(sallyport.port, target="/x").status, 200, "before")
                buses[0].kill()
                buses[0].wait()
                for _ in range(20):
                    expect_equal(web.request(sallyport.port, target="/healthz").status, 200, "after")
                    expect(sallyport.process.poll() is None, "it ended with its session bus")
                    time.sleep(0.05)

    def none():
        with Folder() as folder:
            environment = folder.environment(
                DBUS_SESSION_BUS_ADDRESS=f"unix:path={folder.root}/none")
            said = credential(environment, "set", "corp", content=KEY, expected=1)
            expect_in("there is no keychain here", said, "set without a keychain")
            expect_in("env: or file:", said, "the way out")

    def nothing_given():
        with Folder() as folder:
            said = credential(folder.environment(), "set", "corp", content="\n", expected=2)
            expect_in("is empty", said, "set of nothing")
            said = credential(folder.environment(), "set", KEY, content="x", expected=2)
            expect_in("is not the name of an entry", said, "a key in the place of a name")

    return [("a credential is kept in the keychain, used and removed", round_trip),
            ("serve goes on when the session bus ends", bus_ends),
            ("without a keychain the command says what to do", none),
            ("an empty credential is refused", nothing_given)]
