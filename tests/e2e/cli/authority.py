# SPDX-License-Identifier: MIT
"""sallyport ca create, path, status, remove: the files, and what OpenSSL's own command says."""

import json
import pathlib
import re
import stat
import subprocess

from harness import Folder, Served, expect, expect_equal, expect_in, run, sandbox_routes

HOSTS = ("api.anthropic.com", "127.0.0.1")


def routes_for(*hosts):
    return sandbox_routes("open") + f"intercept: [{', '.join(hosts)}]\n"


def checks(options):
    executable = options.sallyport

    def ca(folder, *arguments, expected=0):
        done = run([executable, "ca", *arguments], folder)
        expect_equal(done.returncode, expected,
                     f"exit code of ca {arguments} ({done.stdout} {done.stderr})")
        return done.stdout + done.stderr

    def openssl(*arguments, content=None):
        return subprocess.run(["openssl", *arguments], input=content, capture_output=True,
                              text=True, timeout=20, check=False)

    def round_trip():
        with Folder().write(routes=routes_for(*HOSTS)) as folder:
            expect_in("ca create", ca(folder, "status", expected=1), "status without one")
            expect_in("ca create", ca(folder, "path", expected=1), "path without one")
            expect_in("was made", ca(folder, "create"), "create")
            path = pathlib.Path(ca(folder, "path").strip())
            expect(path.is_absolute() and path.is_file(), f"no file {path}")
            status = json.loads(ca(folder, "status", "--json"))
            expect_equal(sorted(status["hosts"]), sorted(HOSTS), "hosts")
            expect_equal(status["file"], str(path), "file")
            expect_in("nothing was done", ca(folder, "create"), "create again")
            expect_equal(json.loads(ca(folder, "status", "--json")), status, "status after it")
            expect_in("update-ca", ca(folder, "path", "--system-command"), "system command")
            expect_equal(json.loads(ca(folder, "remove", "--json")), {"removed": True}, "remove")
            expect(not any(folder.state.rglob("*.pem")), "files are left")
            expect_in("There was no", ca(folder, "remove"), "remove again")

    def as_openssl_reads_it():
        with Folder().write(routes=routes_for(*HOSTS)) as folder:
            ca(folder, "create")
            text = openssl("x509", "-in", ca(folder, "path").strip(), "-noout", "-text").stdout
            for part in ("Name Constraints: critical", "DNS:api.anthropic.com",
                         "IP:127.0.0.1/255.255.255.255", "CA:TRUE, pathlen:0", "prime256v1",
                         "TLS Web Server Authentication"):
                expect_in(part, text, "the certificate")

    def hold_key_in_its_file(folder, said):
        """The key in any form: lines of its PEM, its number in hexadecimal or as bytes."""
        key_file = folder.state / "ca" / "current.pem"
        body = re.search(r"BEGIN PRIVATE KEY-----\n(.*?)-----END", key_file.read_text(), re.S)
        numbers = openssl("pkey", "-in", str(key_file), "-noout", "-text").stdout
        scalar = "".join(re.search(r"priv:\n(.*?)pub:", numbers, re.S).group(1).split())
        raw = bytes.fromhex(scalar.replace(":", ""))[-32:]
        wanted = [line for line in body.group(1).splitlines() if len(line) > 20]
        wanted += [scalar, raw.hex()]
        for part in wanted:
            expect(part not in said, "the key is in what was printed or logged")
        for path in folder.root.rglob("*"):
            if not path.is_file() or path == key_file:
                continue
            content = path.read_bytes()
            expect(raw not in content, f"the key is in {path}")
            for part in wanted:
                expect(part.encode() not in content, f"the key is in {path}")

    def the_key_stands_in_one_file():
        with Folder().write(routes=routes_for(*HOSTS), settings="log: {level: trace}\n") as folder:
            said = ca(folder, "create") + ca(folder, "status") + ca(folder, "status", "--json")
            key_file = folder.state / "ca" / "current.pem"
            expect_equal(stat.S_IMODE(key_file.stat().st_mode), 0o600, "mode of the key")
            expect_equal(stat.S_IMODE(key_file.parent.stat().st_mode), 0o700, "mode of its folder")
            with Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
                sallyport.stop()
                said += sallyport.log() + sallyport.output()
            hold_key_in_its_file(folder, said)

    def without_hosts():
        with Folder().write(routes=sandbox_routes("open")) as folder:
            expect_in("names no host", ca(folder, "create", expected=1), "create")
            expect(not (folder.state / "ca").exists(), "something was made")

    def other_hosts():
        with Folder().write(routes=routes_for("a.test")) as folder:
            ca(folder, "create")
            folder.write(routes=routes_for("a.test", "b.test"))
            expect_in("b.test", ca(folder, "status", expected=1), "status")
            expect_in("has changed", ca(folder, "create"), "create")
            bundle = pathlib.Path(ca(folder, "path").strip()).read_text()
            expect_equal(bundle.count("BEGIN CERTIFICATE"), 2, "certificates that are trusted")
            folder.write(routes=routes_for("b.test"))
            ca(folder, "create")
            bundle = pathlib.Path(ca(folder, "path").strip()).read_text()
            expect_equal(bundle.count("BEGIN CERTIFICATE"), 1, "certificates after a host less")

    def curl_trusts_the_file_alone():
        answer = ("  - {name: hello, match: {host: api.test, path: /}, "
                  "respond: {status: 200, body: hello}, access: open}\n")
        with Folder().write(routes=sandbox_routes("open") + answer +
                            "intercept: [api.test]\n") as folder:
            ca(folder, "create")
            bundle = ca(folder, "path").strip()
            with Served(executable, folder, "--listen", "127.0.0.1:0") as sallyport:
                def fetch(host, *more):
                    return subprocess.run(
                        ["curl", "-sS", "--max-time", "20", "--proxy", sallyport.url, *more,
                         f"https://{host}/"], capture_output=True, text=True, check=False,
                        env={"PATH": "/usr/bin:/bin", "HOME": str(folder.home)})
                expect_equal(fetch("api.test", "--cacert", bundle).stdout, "hello", "with the file")
                untrusted = fetch("api.test")
                expect_equal(untrusted.returncode, 60, f"without it ({untrusted.stderr})")
                hold_key_in_its_file(folder, sallyport.log() + sallyport.output())
                ca(folder, "remove")
                gone = fetch("api.test", "--cacert", "/dev/null")
                expect(gone.returncode != 0, "served without an authority")
                sallyport.stop()

    return [
        ("curl reaches an intercepted host with the authority's file alone",
         curl_trusts_the_file_alone),
        ("ca create, path, status and remove", round_trip),
        ("OpenSSL reads the constraints of the authority", as_openssl_reads_it),
        ("the key of the authority stands in its file alone", the_key_stands_in_one_file),
        ("no authority is made for no hosts", without_hosts),
        ("a changed list makes a new authority", other_hosts),
    ]
