# SPDX-License-Identifier: MIT
"""`sallyport doctor`: what it says of an empty home, of one in order and of a broken one; what it
fixes; and that no output holds a secret."""

import json
import pathlib

import web
from harness import Folder, Served, expect, expect_equal, expect_in, free_port, origin_routes, \
    run, sandbox_routes, wait_for
from history import HAR, misfits
from origin import Origin

PLANTED = ("sk-ant-planted-key-0123456789abcdef", "planted-credential-0123456789", "planted-pass-1")
STATES = ("ok", "warning", "fault", "not_checked")


def checks(options):
    executable = options.sallyport

    def doctor(folder, *arguments, expected, **variables):
        done = run([executable, "doctor", *arguments], folder,
                   environment=folder.environment(**variables))
        expect_equal(done.returncode, expected, f"exit code ({done.stdout} {done.stderr})")
        return done

    def report(folder, *, expected, **variables):
        done = doctor(folder, "--json", expected=expected, **variables)
        content = json.loads(done.stdout)
        for check in content["checks"]:
            expect_in(check["state"], STATES, check["id"])
            expect(check["sentence"], f"{check['id']} says nothing")
        return {check["id"]: check for check in content["checks"]}

    def empty_home():
        with Folder().write(settings=f"listen: 127.0.0.1:{free_port()}\n") as folder:
            found = report(folder, expected=1)
            expect_equal(found["listener"]["state"], "warning", "no Sallyport")
            expect_equal(found["settings-address"]["state"], "warning", "not connected")
            expect_equal(found["gateway-http"]["state"], "not_checked", "the sandbox alone")
            expect_equal(found["settings-json"]["state"], "ok", "no files")
            expect_equal(sorted(p.name for p in folder.home.iterdir()), [], "nothing is written")

    def in_order():
        with Folder().write(routes=sandbox_routes("token"), settings="listen: 127.0.0.1:0\n") \
                as folder, Served(executable, folder):
            expect_equal(run([executable, "env", "apply"], folder).returncode, 0, "env apply")
            # Without a claude or node of this machine.
            found = report(folder, expected=0, PATH=folder.work)
            expect_equal(found["listener"]["state"], "ok", "the listener")
            expect_equal(found["settings-address"]["state"], "ok", "the address")

    def broken():
        with Origin(lambda exchange, _: exchange.reply(401, PLANTED[1].encode())) as origin, \
                Folder() as folder:
            key = folder.work / "corp.key"
            key.write_text(PLANTED[1])
            folder.write(routes=origin_routes(
                f"http://127.0.0.1:{origin.port}/v1", access="token",
                upstream_extra=f'    credential: "file:{key}"\n    tls: {{verify: false}}\n'),
                settings="listen: 127.0.0.1:0\n")
            (folder.home / ".claude").mkdir()
            settings = folder.home / ".claude" / "settings.json"
            settings.write_text('{"env": {\n"ANTHROPIC_BASE_URL": "http://127.0.0.1:1/v1",\n'
                                f'"ANTHROPIC_AUTH_TOKEN": "{PLANTED[0]}"}}}}\n')
            with Served(executable, folder):
                variables = {"ANTHROPIC_API_KEY": PLANTED[0],
                             "HTTPS_PROXY": f"http://me:{PLANTED[2]}@127.0.0.1:1",
                             "ALL_PROXY": f"http://me:{PLANTED[2]}@127.0.0.1:1"}
                found = report(folder, expected=1, **variables)
                for name, state in (("settings-address", "warning"), ("base-url-path", "fault"),
                                    ("two-credentials", "warning"), ("all-proxy", "warning"),
                                    ("api-key-approved", "warning"), ("no-proxy", "fault")):
                    expect_equal(found[name]["state"], state, name)
                place = found["base-url-path"]["evidence"][-1]
                expect_equal((place["file"], place["line"]), (str(settings), 2), "where it stands")
                output = doctor(folder, expected=1, **variables)
                whole = json.dumps(found) + output.stdout + output.stderr
                for secret in PLANTED:
                    expect(secret not in whole, f"{secret} is shown")

    def fixes():
        with Folder().write(routes=sandbox_routes("token"), settings="listen: 127.0.0.1:0\n") \
                as folder, Served(executable, folder):
            (folder.home / ".claude").mkdir()
            settings = folder.home / ".claude" / "settings.json"
            before = b'{\n  "model": "opus",\n  "env": {"ANTHROPIC_BASE_URL": "https://gw.test"}\n}\n'
            settings.write_bytes(before)
            variables = {"HTTPS_PROXY": "http://127.0.0.1:1"}
            doctor(folder, "--fix", "settings-address", expected=0, **variables)
            found = report(folder, expected=0, PATH=folder.work, **variables)
            expect_equal(found["settings-address"]["state"], "ok", "the address")
            expect_equal(run([executable, "env", "undo"], folder).returncode, 0, "env undo")
            expect_equal(settings.read_bytes(), before, "after undo")

    def intercepted():
        """The requests of a first start, tried through the tunnel that Sallyport opens."""
        with Folder().write(routes=sandbox_routes("token"), settings="listen: 127.0.0.1:0\n") \
                as folder:
            def sallyport(*arguments):
                done = run([executable, *arguments], folder)
                expect_equal(done.returncode, 0, f"{arguments} ({done.stderr})")

            sallyport("config", "preset", "intranet")
            with Served(executable, folder):
                before = report(folder, expected=1, PATH=folder.work)
                expect_equal(before["connectivity-check"]["state"], "warning", "before")
                sallyport("env", "apply", "--mode", "intercept", "--create-ca")
                found = report(folder, expected=0, PATH=folder.work)
                for name in ("settings-address", "local-ca", "connectivity-check",
                             "webfetch-preflight"):
                    expect_equal(found[name]["state"], "ok", name)
                tried = json.dumps(found["connectivity-check"]["evidence"])
                for url in ("api.anthropic.com/api/hello", "platform.claude.com/v1/oauth/hello"):
                    expect_in(f"https://{url}: status 200", tried, "the real requests")
                settings = folder.home / ".claude" / "settings.json"
                content = json.loads(settings.read_text())
                del content["env"]["NODE_EXTRA_CA_CERTS"]
                settings.write_text(json.dumps(content))
                found = report(folder, expected=1, PATH=folder.work)
                expect_equal(found["local-ca"]["state"], "fault", "a CA that is not trusted")
                doctor(folder, "--fix", "local-ca", expected=0, PATH=folder.work)

    def bundle():
        """One file for a ticket: a HAR with the report and the masked configuration in it."""
        with Origin(lambda exchange, _: exchange.reply(200, b"{}")) as origin, Folder() as folder:
            key = folder.work / "corp.key"
            key.write_text(PLANTED[1])
            folder.write(routes=origin_routes(
                f"http://127.0.0.1:{origin.port}/v1",
                upstream_extra=f'    credential: "file:{key}"  # not {PLANTED[2]}\n',
                extra="    request_headers: {set: {X-Api-Key: " + PLANTED[2] + "}}\n"),
                settings="listen: 127.0.0.1:0\n")
            file = folder.work / "ticket.har"
            with Served(executable, folder) as sallyport:
                web.request(sallyport.port, "POST", f"/v1/messages?key={PLANTED[0]}",
                            fields={"Content-Type": "application/json", "x-api-key": PLANTED[0]},
                            content=json.dumps({"model": "m", "api_key": PLANTED[0]}).encode())
                wait_for(lambda: '"path"' in run([executable, "log", "--json"], folder).stdout,
                         10, "the request in the history")
                done = run([executable, "doctor", "--bundle", str(file)], folder,
                           environment=folder.environment())
            expect_in(done.returncode, (0, 1), done.stderr)
            expect_equal(file.stat().st_mode & 0o077, 0, "others may read the bundle")
            text = file.read_text()
            archive = json.loads(text)
            expect_equal(misfits(archive, HAR), [], "what is not of HAR 1.2")
            expect_equal(len(archive["log"]["entries"]), 1, "entries")
            about = archive["log"]["_sallyport"]
            for member in ("version", "system", "doctor", "settings", "routes"):
                expect(about[member], f"{member} is empty")
            expect_in("listen: 127.0.0.1:0", about["settings"], "the settings")
            expect(any("file:" in line for line in about["routes"]), "the routes")
            for secret in PLANTED:
                expect(secret not in text, f"{secret} is in the bundle")
            # Our own reader opens it: it can be replayed.
            folder.write(routes="upstreams:\n  - {name: again, replay: \"" + str(file) + "\"}\n"
                         "routes:\n  - {name: r, match: {path: /}, upstream: again}\n",
                         settings="listen: 127.0.0.1:0\n")
            expect_equal(run([executable, "config", "check"], folder).returncode, 0, "replay")
            refused = run([executable, "doctor", "--bundle", "/nowhere/x.har"], folder)
            expect_equal(refused.returncode, 1, "a folder that is not there")

    def approves():
        with Folder() as folder:
            remembered = folder.home / ".claude.json"
            before = b'{\n  "numStartups": 2\n}\n'
            remembered.write_bytes(before)
            doctor(folder, "--fix", "api-key-approved", expected=0, ANTHROPIC_API_KEY=PLANTED[0])
            approved = json.loads(remembered.read_bytes())["customApiKeyResponses"]["approved"]
            expect_equal(approved, [PLANTED[0][-20:]], "the last 20 characters")
            said = run([executable, "env", "undo"], folder)
            expect_in(".claude.json", said.stdout, "what undo says")
            expect_equal(remembered.read_bytes(), before, "after undo")

    def no_fix():
        with Folder().write(routes="nonsense: 1\n") as folder:
            done = doctor(folder, "--fix", "config-files", expected=1)
            expect_in("nonsense", done.stderr, "the error of the file")
            done = doctor(folder, "--fix", "no-such-check", expected=2)
            expect_in("settings-address", done.stderr, "the names that there are")
            doctor(folder, "--fix", "all-proxy", expected=0)

    def nothing_is_run():
        with Folder() as folder:
            trap = folder.work / "bin"
            trap.mkdir()
            for name in ("claude", "node"):
                program = pathlib.Path(trap / name)
                program.write_text(f"#!/bin/sh\ntouch {folder.work}/was-run\n")
                program.chmod(0o755)
            found = report(folder, expected=1, PATH=f"{trap}:/usr/bin:/bin")
            expect_in(str(trap), json.dumps(found["client-version"]), "the evidence")
            expect(not (folder.work / "was-run").exists(), "a program was run")

    return [
        ("doctor on an empty home names what is missing and writes nothing", empty_home),
        ("doctor on a machine in order finds nothing", in_order),
        ("doctor on a broken home names each fault and shows no secret", broken),
        ("a fix of the doctor's is applied, seen, and taken back by env undo", fixes),
        ("the requests of a first start are tried through an opened tunnel", intercepted),
        ("a bundle for a ticket is a HAR with all that is needed and no secret", bundle),
        ("an API key is approved, and taken back by env undo", approves),
        ("a check without a fix says so; an unknown one is a mistake", no_fix),
        ("doctor runs no program that it finds", nothing_is_run),
    ]
