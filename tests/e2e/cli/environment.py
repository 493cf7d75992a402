# SPDX-License-Identifier: MIT
"""env print, plan, apply, status, undo, and run --."""

import json
import os
import stat

from harness import Folder, expect, expect_equal, expect_in, run, sandbox_routes

KEYS = ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC")
# Comments are no JSON; everything else that a person's file may have: order, odd blanks, CRLF, BOM.
USUAL = b'{\n    "model": "opus",\n  "env" : { "EDITOR":"vim" },\n\t"permissions": {"allow": []}\n}'


def checks(options):
    executable = options.sallyport

    def prepared(before=None):
        folder = Folder().write(routes=sandbox_routes("token"), settings="listen: 127.0.0.1:8899\n")
        (folder.home / ".claude").mkdir()
        settings = folder.home / ".claude" / "settings.json"
        if before is not None:
            settings.write_bytes(before)
        return folder, settings

    def env(folder, *arguments, expected=0, **more):
        done = run([executable, "env", *arguments], folder, **more)
        expect_equal(done.returncode, expected, f"exit code of env {arguments} ({done.stderr})")
        return done.stdout

    def round_trip():
        samples = {
            "usual": USUAL,
            "empty object": b"{}",
            "CRLF": USUAL.replace(b"\n", b"\r\n"),
            "byte order mark": b"\xef\xbb\xbf" + USUAL,
            "own values in the way": b'{"env":{"ANTHROPIC_BASE_URL":"https://mine","NO_PROXY":"a.b"}}\n',
            "Chinese, escapes": '{"x": "\\u4e2d文\\n", "env": {}}\n'.encode(),
        }
        for name, before in samples.items():
            folder, settings = prepared(before)
            with folder:
                settings.chmod(0o640)
                env(folder, "apply")
                after = json.loads(settings.read_bytes().decode("utf-8-sig"))
                for key in KEYS:
                    expect(after["env"].get(key), f"{name}: {key} is missing")
                expect_equal(after["env"]["ANTHROPIC_BASE_URL"], "http://127.0.0.1:8899", name)
                expect_equal(stat.S_IMODE(settings.stat().st_mode), 0o640, f"{name}: mode")
                expect_in("applied", env(folder, "status", expected=1), name)
                env(folder, "undo")
                expect_equal(settings.read_bytes(), before, f"{name}: after undo")

    def no_file():
        folder, settings = prepared()
        with folder:
            env(folder, "apply")
            expect(settings.exists(), "no file was made")
            env(folder, "undo")
            expect(not settings.exists(), "the file that we made is still there")

    def link_stays():
        folder, settings = prepared()
        with folder:
            real = folder.work / "dotfiles.json"
            real.write_bytes(USUAL)
            settings.symlink_to(real)
            env(folder, "apply")
            expect(settings.is_symlink(), "the link was replaced")
            expect_in(b"ANTHROPIC_BASE_URL", real.read_bytes(), "the resolved file")
            env(folder, "undo")
            expect_equal(real.read_bytes(), USUAL, "after undo")

    def twice():
        folder, settings = prepared(USUAL)
        with folder:
            env(folder, "apply")
            once = settings.read_bytes()
            env(folder, "apply")
            expect_equal(settings.read_bytes(), once, "after a second apply")
            env(folder, "undo")
            expect_equal(settings.read_bytes(), USUAL, "after undo")

    def only_ours():
        folder, settings = prepared(USUAL)
        with folder:
            env(folder, "apply")
            text = settings.read_text().replace("http://127.0.0.1:8899", "http://other:1")
            settings.write_text(text)
            said = env(folder, "undo")
            after = json.loads(settings.read_text())
            expect_equal(after["env"].get("ANTHROPIC_BASE_URL"), "http://other:1", "a foreign value")
            expect("ANTHROPIC_AUTH_TOKEN" not in after["env"], "our token is still there")
            expect_in("ANTHROPIC_BASE_URL", said, "what undo says")

    def plan_changes_nothing():
        folder, settings = prepared(USUAL)
        with folder:
            shown = env(folder, "plan")
            expect_in("+", shown, "the diff")
            expect_in("ANTHROPIC_BASE_URL", shown, "the diff")
            expect_equal(settings.read_bytes(), USUAL, "the file")

    def status_words():
        folder, _ = prepared(USUAL)
        with folder:
            expect_in("missing", env(folder, "status"), "before")
            report = json.loads(env(folder, "status", "--json"))
            expect(isinstance(report, (dict, list)) and report, "no JSON report")

    def other_folder():
        folder, settings = prepared(USUAL)
        with folder:
            elsewhere = folder.work / "claude"
            elsewhere.mkdir()
            env(folder, "apply", environment=folder.environment(CLAUDE_CONFIG_DIR=elsewhere))
            expect((elsewhere / "settings.json").exists(), "CLAUDE_CONFIG_DIR is not honoured")
            expect_equal(settings.read_bytes(), USUAL, "the file of the home")

    def six_shells():
        folder, _ = prepared()
        with folder:
            for shell in ("bash", "zsh", "fish", "powershell", "cmd", "nu"):
                lines = env(folder, "print", "--shell", shell)
                for key in KEYS:
                    expect_in(key, lines, shell)
            lines = env(folder, "print", "--shell", "bash")
            shown = run(["bash", "-c", lines + 'printf %s "$ANTHROPIC_BASE_URL"'], folder)
            expect_equal(shown.stdout, "http://127.0.0.1:8899", "evaluated by bash")

    def run_command():
        folder, _ = prepared()
        with folder:
            done = run([executable, "run", "--", "sh", "-c",
                        'printf %s "$ANTHROPIC_BASE_URL"; exit 7'], folder)
            expect_equal(done.stdout, "http://127.0.0.1:8899", "the variable")
            expect_equal(done.returncode, 7, "the command's own exit code")
            missing = run([executable, "run", "--", "no-such-command-here"], folder)
            expect(missing.returncode not in (0, 3), "a command that is not there")
            expect_equal(sorted(os.listdir(folder.home / ".claude")), [], "nothing is written")

    def modes():
        """From one mode to the other and back, and then to the beginning."""
        folder, settings = prepared(USUAL)
        with folder:
            said = run([executable, "env", "apply", "--mode", "intercept"], folder)
            expect_equal(said.returncode, 2, "exit code without hosts")
            expect_in("config preset intranet", said.stderr, "the way out")
            run([executable, "config", "preset", "intranet"], folder)
            said = run([executable, "env", "apply", "--mode", "intercept"], folder)
            expect_equal(said.returncode, 2, "exit code without an authority")
            expect_in("sallyport ca create", said.stderr, "the way out")
            expect_equal(settings.read_bytes(), USUAL, "settings.json so far")
            env(folder, "apply")
            env(folder, "apply", "--mode", "intercept", "--create-ca")
            values = json.loads(settings.read_text())["env"]
            expect_equal(values["HTTPS_PROXY"], "http://127.0.0.1:8899", "HTTPS_PROXY")
            expect_equal(values["HTTP_PROXY"], "http://127.0.0.1:8899", "HTTP_PROXY")
            expect(os.path.exists(values["NODE_EXTRA_CA_CERTS"]), "there is no such CA file")
            for key in ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN"):
                expect(key not in values, f"{key} of the other mode is still there")
            expect_in("pointed at", env(folder, "status", expected=1), "status in the mode that is applied")
            report = json.loads(env(folder, "status", "--json", expected=1))
            expect_equal(report["connected"], True, "connected")
            printed = env(folder, "print", "--shell", "bash", "--mode", "intercept")
            expect_in("export NODE_EXTRA_CA_CERTS='", printed, "env print")
            ran = run([executable, "run", "--mode", "intercept", "--", "printenv", "HTTPS_PROXY"],
                      folder)
            expect_equal(ran.stdout, "http://127.0.0.1:8899\n", "run --mode intercept")
            env(folder, "apply")
            values = json.loads(settings.read_text())["env"]
            for key in ("HTTPS_PROXY", "HTTP_PROXY", "NODE_EXTRA_CA_CERTS"):
                expect(key not in values, f"{key} of the other mode is still there")
            env(folder, "undo")
            expect_equal(settings.read_bytes(), USUAL, "after undo")

    return [
        ("env changes from one mode to the other and leaves nothing of it behind", modes),
       
        ("apply and undo leave settings.json byte for byte as it was", round_trip),
        ("a settings.json that apply made goes with undo", no_file),
        ("a link to settings.json stays a link", link_stays),
        ("applying twice is applying once", twice),
        ("undo leaves what somebody else changed, and says so", only_ours),
        ("plan shows a diff and changes nothing", plan_changes_nothing),
        ("status knows missing and applied, also as JSON", status_words),
        ("CLAUDE_CONFIG_DIR is honoured", other_folder),
        ("print speaks six shells, and bash evaluates it", six_shells),
        ("run -- sets the variables, passes the exit code, writes nothing", run_command),
    ]
