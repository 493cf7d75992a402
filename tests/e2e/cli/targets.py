# SPDX-License-Identifier: MIT
"""The other targets of env (shells, programs, VS Code, one terminal), and env apply killed at each
system call that changes a file."""

import json
import shutil

from harness import Folder, Unmet, expect, expect_equal, expect_in, run, sandbox_routes, wait_for

# What can change a file or its name; a kill at any other call is one before the next of these.
CHANGING = "openat,write,pwrite64,fsync,fchmod,chmod,rename,renameat,renameat2,linkat,unlink,unlinkat,mkdir,ftruncate,close"
USUAL = b'{\r\n  "model": "opus",\r\n  "env": {"ANTHROPIC_BASE_URL": "https://mine"}\r\n}'
MOST_CALLS = 600


def checks(options):
    executable = options.sallyport

    def prepared():
        folder = Folder().write(routes=sandbox_routes("token"), settings="listen: 127.0.0.1:8899\n")
        (folder.home / ".claude").mkdir()
        settings = folder.home / ".claude" / "settings.json"
        settings.write_bytes(USUAL)
        return folder, settings

    def env(folder, *arguments, expected=0, **more):
        done = run([executable, "env", *arguments], folder, **more)
        expect_equal(done.returncode, expected, f"exit code of env {arguments} ({done.stderr})")
        return done.stdout

    def home_files(folder):
        return {str(path.relative_to(folder.home)): path.read_bytes()
                for path in sorted(folder.home.rglob("*")) if path.is_file()}

    def every_target():
        for target in ("shell", "graphical", "vscode", "project", "claude"):
            folder, _ = prepared()
            with folder:
                (folder.home / ".bashrc").write_text("alias a=b")
                before = home_files(folder)
                expect_in("+", env(folder, "plan", "--target", target), f"{target}: plan")
                expect_equal(home_files(folder), before, f"{target}: after plan")
                env(folder, "apply", "--target", target)
                expect_in("applied", env(folder, "status", "--target", target, expected=1), target)
                expect_in("Nothing to do", env(folder, "apply", "--target", target), f"{target}: again")
                env(folder, "undo", "--target", target)
                expect_equal(home_files(folder), before, f"{target}: after undo")

    def everything_at_once():
        folder, _ = prepared()
        with folder:
            before = home_files(folder)
            for target in ("shell", "graphical", "vscode", "claude"):
                env(folder, "apply", "--target", target)
            env(folder, "undo", "--all")
            expect_equal(home_files(folder), before, "after undo --all")
            expect_in("Nothing to take back", env(folder, "undo", "--all"), "a second time")

    def nothing_is_left():
        """What a person does who removes Sallyport, from the first start to the last line."""
        folder, _ = prepared()
        with folder:
            before = home_files(folder)
            intercept = sandbox_routes("token") + "intercept: [api.anthropic.com]\n"
            folder.write(routes=intercept.replace(
                "routes:\n", "  - {name: corp, targets: [{url: 'http://127.0.0.1:1'}], "
                "credential: 'keychain:corp'}\nroutes:\n"))
            env(folder, "apply", "--mode", "intercept", "--create-ca")
            env(folder, "apply", "--target", "shell")
            entry = folder.home / ".config" / "autostart" / "io.github.sallyport.Sallyport.desktop"
            entry.parent.mkdir(parents=True)
            entry.write_text("[Desktop Entry]\nType=Application\nName=x\nExec=x\n")
            said = env(folder, "undo", "--all")
            lines = [line[2:] for line in said.split("These lines remove them")[1].splitlines()[1:]]
            keychain = "sallyport credential remove 'corp'"
            expect_in(keychain, lines, "the keychain entry") # there is no keychain here to remove it from
            script = "\n".join(line for line in lines if line != keychain)
            done = run(["bash", "-ec", f'sallyport() {{ "{executable}" "$@"; }}\n{script}'], folder)
            expect_equal(done.returncode, 0, f"exit code of the lines ({done.stderr})")
            expect_equal(home_files(folder), before, "the home folder")
            for path in (folder.config, folder.state):
                expect(not path.exists(), f"{path} is there")
            expect_equal(env(folder, "undo", "--all"), "Nothing to take back.\n", "a second time")

    def one_terminal():
        folder, _ = prepared()
        with folder:
            before = home_files(folder)
            lines = env(folder, "apply", "--target", "session", "--shell", "bash")
            back = env(folder, "undo", "--target", "session", "--shell", "bash")
            ask = 'printf "<%s>" "$ANTHROPIC_BASE_URL"\n'
            shown = run(["bash", "-c", lines + ask + back + ask], folder)
            expect_equal(shown.stdout, "<http://127.0.0.1:8899><>", "with and without")
            expect_equal(home_files(folder), before, "files")

    def profile():
        folder, settings = prepared()
        with folder:
            env(folder, "apply", "--profile", "sandbox", "--without", "NO_PROXY")
            values = json.loads(settings.read_text())["env"]
            expect_equal(values["ANTHROPIC_BASE_URL"], "http://127.0.0.1:8899/p/sandbox", "the address")
            expect("NO_PROXY" not in values, "NO_PROXY is there")
            expect_equal(json.loads(env(folder, "status", "--json", expected=1))["connected"], True,
                         "the status knows what was chosen")
            wrong = run([executable, "env", "apply", "--profile", "x"], folder)
            expect_equal(wrong.returncode, 2, "exit code of a profile that is not there")
            expect_in("sandbox", wrong.stderr, "those that are there")

    def states():
        """What a person reads of each state."""
        folder, settings = prepared()
        with folder:
            expect_in("not pointed at Sallyport; `sallyport env apply` does it",
                      env(folder, "status"), "before")
            env(folder, "apply")
            said = env(folder, "status", expected=1)
            expect_in("no Sallyport listens there", said, "a port where none listens")
            expect_in("Start it with `sallyport serve`", said, "a port where none listens")
            settings.write_bytes(settings.read_bytes().replace(b"127.0.0.1:8899", b"127.0.0.1:9999"))
            said = env(folder, "status", expected=1)
            expect_in("have been changed since", said, "a foreign edit")
            expect_in("`sallyport env undo` takes it back", said, "a foreign edit")
            env(folder, "undo")
            expect_in("not pointed at Sallyport", env(folder, "status"), "after undo")

    def killed():
        """Old or new, never a third; and undo leads back from either."""
        strace = shutil.which("strace")
        if not strace:
            raise Unmet("strace is not installed")
        kills = 0
        for call in range(1, MOST_CALLS):
            folder, settings = prepared()
            with folder:
                done = run([strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CHANGING}",
                            "-e", f"inject={CHANGING}:signal=KILL:when={call}", executable, "env",
                            "apply"], folder)
                content = settings.read_bytes()
                if content != USUAL:
                    parsed = json.loads(content)
                    expect_equal(parsed["env"]["ANTHROPIC_BASE_URL"], "http://127.0.0.1:8899",
                                 f"a third file after a kill at call {call}")
                    expect(parsed["skipWebFetchPreflight"], f"half a file after call {call}")
                # A lock whose owner was killed before it wrote its number is given up after 5 s.
                wait_for(lambda: run([executable, "env", "undo"], folder).returncode == 0, 10,
                         f"undo after a kill at call {call}")
                expect_equal(settings.read_bytes(), USUAL, f"undo after a kill at call {call}")
                if done.returncode == 0:
                    break
                kills += 1
        else:
            raise Unmet(f"it ran through {MOST_CALLS} calls without an end")
        expect(kills > 20, f"only {kills} kills: strace did not do its work")

    return [
        ("every target of env is applied once, and undo leaves each file as it was", every_target),
        ("undo --all takes back whatever was connected", everything_at_once),
        ("after undo --all and the lines that it prints nothing of Sallyport is left", nothing_is_left),
        ("a session is connected by lines to evaluate, and nothing is written", one_terminal),
        ("a profile stands in the address, and a key can be left out", profile),
        ("status says in words what each state is and what mends it", states),
        ("a kill at any call of apply leaves the old or the new file", killed),
    ]
