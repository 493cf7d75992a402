# SPDX-License-Identifier: MIT
"""The history: what serve writes, what `sallyport log` reads beside it, and what a kill, a damaged
file and a full disk leave."""

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import time

import web
from harness import Folder, Served, expect, expect_equal, expect_in, origin_routes, run, \
    sandbox_routes, wait_for
from origin import Origin

PLANTED = "sk-ant-api03-planted-Zq7Rk2Wn9Lx4"

# HAR 1.2 as the specification has it: the members that are required, and their types.
HAR = {
    "log": {"version": str, "creator": {"name": str, "version": str}, "entries": [{
        "startedDateTime": str, "time": (int, float),
        "request": {"method": str, "url": str, "httpVersion": str, "cookies": list,
                    "headers": [{"name": str, "value": str}],
                    "queryString": [{"name": str, "value": str}],
                    "headersSize": int, "bodySize": int},
        "response": {"status": int, "statusText": str, "httpVersion": str, "cookies": list,
                     "headers": [{"name": str, "value": str}],
                     "content": {"size": int, "mimeType": str}, "redirectURL": str,
                     "headersSize": int, "bodySize": int},
        "cache": dict,
        "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)},
    }]},
}
# What may stand beside them; names that begin with an underscore are anybody's own.
HAR_OPTIONAL = {"comment", "postData", "text", "encoding", "blocked", "dns", "connect", "ssl",
                "connection", "pageref", "serverIPAddress", "browser", "pages"}


def misfits(value, schema, path="har"):
    """Where a value is not of a schema, as texts."""
    if isinstance(schema, dict):
        if not isinstance(value, dict):
            return [f"{path} is no object"]
        found = [f"{path}.{name} is missing" for name in schema if name not in value]
        found += [f"{path}.{name} is not of HAR 1.2" for name in value
                  if name not in schema and name not in HAR_OPTIONAL and not name.startswith("_")]
        for name in set(schema) & set(value):
            found += misfits(value[name], schema[name], f"{path}.{name}")
        return found
    if isinstance(schema, list):
        if not isinstance(value, list):
            return [f"{path} is no array"]
        return [text for i, item in enumerate(value)
                for text in misfits(item, schema[0], f"{path}[{i}]")]
    return [] if isinstance(value, schema) else [f"{path} is {type(value).__name__}"]


def turn(sallyport, text="hello", stream=True):
    body = {"model": "claude-haiku-4-5", "max_tokens": 64, "stream": stream,
            "messages": [{"role": "user", "content": text}]}
    return web.request(sallyport.port, "POST", "/v1/messages?beta=true",
                       fields={"Content-Type": "application/json"},
                       content=json.dumps(body).encode())


def checks(options):
    executable = options.sallyport

    def served(folder):
        return Served(executable, folder, "--listen", "127.0.0.1:0")

    def log(folder, *arguments):
        return run([executable, "log", *arguments], folder)

    def records(folder, *arguments):
        done = log(folder, "--json", *arguments)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def wait_records(folder, count, *arguments):
        return wait_for(lambda: len(found := records(folder, *arguments)) >= count and found, 5,
                        f"{count} exchanges in the history")

    def read_beside_a_writer():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            turn(sallyport, "a stream")
            turn(sallyport, "no stream", stream=False)
            web.request(sallyport.port, target="/healthz")
            found = wait_records(folder, 2)
            expect_equal(len(found), 2, "exchanges; our own endpoints are left out")
            for one in found:
                expect_equal((one["status"], one["end"]), (200, "complete"), "status and end")
                expect(one["usage"]["output"] > 0, "no usage")
                message = one["message"]
                expect_equal((message["type"], message["stop_reason"]), ("message", "end_turn"),
                             "the message")
                expect(message["content"][0]["text"], "a message without text")
                expect_equal(message["usage"]["output_tokens"], one["usage"]["output"], "tokens")
            for arguments, count in ((("--filter", "is:stream"), 1),
                                     (("--filter", "model:haiku or status:404"), 2),
                                     (("--filter", 'body:"no stream"'), 1),
                                     (("--filter", "-is:stream", "--last", "5"), 1),
                                     (("--last", "1"), 1), (("--filter", "nowhere"), 0)):
                expect_equal(len(records(folder, *arguments)), count, str(arguments))
            lines = log(folder).stdout.splitlines()
            expect_equal(len(lines), 2, "lines")
            expect_in("/v1/messages?beta=true claude-haiku-4-5", lines[0], "a line")

    def a_mistake_has_its_place():
        with Folder() as folder:
            done = log(folder, "--filter", "a colour:red")
            expect_equal(done.returncode, 2, "exit code")
            expect_in("is not known", done.stderr, "the reason")
            expect_in("  a colour:red\n    ^^^^^^^^^^\n", done.stderr, "the place")
            for count in ("-3", "x", "99999999999"):
                done = log(folder, "--last", count)
                expect_equal(done.returncode, 2, f"exit code of --last {count}")
                expect_in(f'"{count}" is no number of exchanges; write one like 20', done.stderr, "the reason")
            none = log(folder)
            expect_equal(none.returncode, 1, "exit code without a history")
            expect_in("no history yet", none.stderr, "the reason")
            expect(not list(folder.state.iterdir()), "log has made a file")

    def followed_until_a_signal():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            turn(sallyport)
            wait_records(folder, 1)
            follower = subprocess.Popen(
                [str(executable), "log", "--follow", "--json", "--filter", "is:stream"],
                stdout=subprocess.PIPE, env=folder.environment(), cwd=folder.work, text=True)
            try:
                first = json.loads(follower.stdout.readline())
                turn(sallyport, "not this one", stream=False)
                turn(sallyport, "this one")
                second = json.loads(follower.stdout.readline())
                expect(second["id"] > first["id"] + 1, "the filter let everything through")
                follower.send_signal(signal.SIGINT)
                expect_equal(follower.wait(5), 0, "exit code after SIGINT")
                expect_equal(follower.stdout.read(), "", "output after SIGINT")
            finally:
                follower.kill()
                follower.wait()

    def exports():
        with Folder().write(routes=sandbox_routes()) as folder, served(folder) as sallyport:
            turn(sallyport, "=1+1")
            turn(sallyport, stream=False)
            wait_records(folder, 2)
            har = folder.work / "out.har"
            expect_equal(log(folder, "--har", str(har)).returncode, 0, "exit code of --har")
            expect_equal(har.stat().st_mode & 0o077, 0, "others may read the archive")
            archive = json.loads(har.read_text())
            expect_equal(misfits(archive, HAR), [], "what is not of HAR 1.2")
            expect_equal(len(archive["log"]["entries"]), 2, "entries")
            expect_in("event: message_start", archive["log"]["entries"][0]["response"]["content"]
                      ["text"], "the content")
            empty = log(folder, "--har", "-", "--filter", "nowhere")
            expect_equal(misfits(json.loads(empty.stdout), HAR), [], "an empty archive")
            rows = list(csv.DictReader(io.StringIO(log(folder, "--csv", "-").stdout)))
            expect_equal([row["status"] for row in rows], ["200", "200"], "rows")
            expect(int(rows[0]["output"]) > 0, "no tokens in the table")

    def killed():
        with Folder().write(routes=sandbox_routes()) as folder:
            sallyport = served(folder)
            written = 0
            end = time.monotonic() + 3
            moments = []
            while time.monotonic() < end:
                turn(sallyport, stream=False)
                written += 1
                moments.append(time.monotonic())
            killed_at = time.monotonic()
            sallyport.process.send_signal(signal.SIGKILL)
            sallyport.process.wait()
            found = records(folder)
            late = sum(1 for at in moments if at > killed_at - 1)
            expect(len(found) >= written - late,
                   f"{written - len(found)} of {written} are lost, {late} of the last second")
            expect(len(found) > 0, "nothing was written")
            with served(folder) as again:
                turn(again, "after the kill")
                wait_records(folder, 1, "--filter", 'body:"after the kill"')
            expect_equal(sqlite3.connect(folder.state / "history.sqlite")
                         .execute("PRAGMA integrity_check").fetchone()[0], "ok", "the file")

    def damaged():
        with Folder().write(routes=sandbox_routes()) as folder:
            (folder.state / "history.sqlite").write_bytes(b"not a database" * 1000)
            with served(folder) as sallyport:
                turn(sallyport)
                wait_records(folder, 1)
                aside = [p for p in folder.state.iterdir() if ".damaged-" in p.name]
                expect_equal(len(aside), 1, "files set aside")
                expect_in(aside[0].name, sallyport.log(), "the name in the log")

    def full():
        with Folder().write(routes=sandbox_routes(),
                            settings="history: {max_size: 8MiB}\n") as folder:
            with served(folder) as sallyport:
                noise = os.urandom(600_000).hex()
                for _ in range(14):
                    expect_equal(turn(sallyport, noise, stream=False).status, 200, "status")
                wait_for(lambda: records(folder, "--last", "1"), 5, "an exchange")
                size = (folder.state / "history.sqlite").stat().st_size
                expect(size < 11 * 1024 * 1024, f"the file has {size} bytes")

    def switched_off_and_cleared():
        with Folder().write(routes=sandbox_routes(),
                            settings="history: {enabled: false}\n") as folder:
            with served(folder) as sallyport:
                turn(sallyport)
                time.sleep(0.6)
                expect(not (folder.state / "history.sqlite").exists(), "there is a history")
                folder.write(settings="history: {enabled: true}\n")
                sallyport.process.send_signal(signal.SIGHUP)
                wait_for(lambda: turn(sallyport) and records(folder), 5, "a history")
                expect_equal(log(folder, "--clear").returncode, 0, "exit code of --clear")
                expect_equal(records(folder), [], "what is left")
                turn(sallyport, "after it was cleared")
                wait_records(folder, 1)

    def without_a_key():
        def response(exchange, _):
            exchange.reply(200, json.dumps({"echo": PLANTED}).encode(), X_Echo=PLANTED)

        with Origin(response) as origin, Folder() as folder:
            folder.write(routes=origin_routes(
                origin.url, upstream_extra="    credential: env:PLANTED_KEY\n"))
            sallyport = Served(executable, folder, "--listen", "127.0.0.1:0",
                               environment=folder.environment(PLANTED_KEY=PLANTED))
            with sallyport:
                web.request(sallyport.port, "POST", f"/v1/messages?key={PLANTED}",
                            fields={"Content-Type": "application/json",
                                    "Authorization": f"Bearer {PLANTED}",
                                    "X-Note": f"it is {PLANTED}"},
                            content=json.dumps({"model": "m", "note": PLANTED}).encode())
                wait_records(folder, 1)
                for path in folder.state.rglob("history*"):
                    expect(PLANTED.encode() not in path.read_bytes(), f"the key is in {path.name}")
                every = (log(folder, "--json").stdout + log(folder, "--har", "-").stdout
                         + log(folder, "--csv", "-").stdout + log(folder).stdout)
                expect(PLANTED not in every, "the key is in an export")
            database = sqlite3.connect(folder.state / "history.sqlite")
            for row in database.execute("SELECT head, request, response FROM bodies"):
                for blob in row:
                    plain = unpacked(blob)
                    expect(PLANTED.encode() not in plain, "the key is in a body")
                    expect(plain, "nothing is kept")
            words = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE "
                                     "'CREATE VIRTUAL%'").fetchall()
            for (name,) in words:
                hits = database.execute(f"SELECT count(*) FROM {name} WHERE {name} MATCH "
                                        "'\"Zq7Rk2Wn9Lx4\"'").fetchone()[0]
                expect_equal(hits, 0, "the key in the index")

    def unpacked(blob):
        """After a mark of four bytes the content, or a frame of Zstandard."""
        mark, rest = bytes(blob or b"")[:4], bytes(blob or b"")[4:]
        if not blob or mark == b"\xff\xff\xff\xff":
            return rest if blob else b"-"
        expect_equal(mark, b"\xff\xff\xff\xfe", "the mark of a blob")
        return subprocess.run(["zstd", "-dc"], input=rest, capture_output=True, check=True,
                              timeout=30).stdout

    return [
        ("the history is read beside the process that writes it", read_beside_a_writer),
        ("a mistake in a filter has its place", a_mistake_has_its_place),
        ("the history is followed until a signal", followed_until_a_signal),
        ("HAR is of its schema, CSV is a table", exports),
        ("kill -9 loses the last second at most", killed),
        ("a damaged history is set aside and named", damaged),
        ("a history keeps its size", full),
        ("the history is switched off and on, and cleared", switched_off_and_cleared),
        ("a planted key is in no history and no export", without_a_key),
    ]
