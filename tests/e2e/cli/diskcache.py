# SPDX-License-Identifier: MIT
"""`cache: {disk: true}`: what is stored outlives a kill, and a damaged file is never served."""

import signal
import stat
import time

import web
from harness import Folder, Served, expect, expect_equal, expect_in, origin_routes, wait_for
from origin import Origin

PLANTED = "planted-session-token-71"


def answer(exchange, seen):
    fields = {"Cache_Control": "public, max-age=600", "ETag": '"1"'}
    if seen.target == "/secret":
        fields["X_Session_Token"] = PLANTED
    exchange.reply(200, b"content of " + seen.target.encode(), **fields)


def files(folder):
    return [path for path in (folder.state / "cache").rglob("*") if path.is_file()]


def checks(options):
    executable = options.sallyport

    def serve(folder, origin, extra="    cache: {disk: true}\n"):
        folder.write(routes=origin_routes(f"http://127.0.0.1:{origin.port}", extra=extra))
        return Served(executable, folder, "--listen", "127.0.0.1:0")

    def get(sallyport, target="/a"):
        got = web.request(sallyport.port, target=target)
        expect_equal(got.status, 200, "status")
        return got

    def is_hit(got):
        return "; hit" in got.field("Cache-Status")

    def after_a_kill():
        with Folder() as folder, Origin(answer) as origin:
            with serve(folder, origin) as sallyport:
                expect(not is_hit(get(sallyport)), "a hit of nothing")
                get(sallyport, "/secret")
                expect(is_hit(get(sallyport, "/secret")), "it is in memory")
                wait_for(lambda: files(folder), 10, "the file")
                sallyport.stop(signal.SIGKILL)
            time.sleep(1.1)
            expect_equal({stat.S_IMODE(path.stat().st_mode) for path in files(folder)}, {0o600}, "modes")
            everything = b"".join(path.read_bytes() for path in files(folder))
            expect_in(b"content of /a", everything, "the folder")
            expect(PLANTED.encode() not in everything, "a credential is on disk")
            with serve(folder, origin) as sallyport:
                wait_for(lambda: is_hit(get(sallyport)), 10, "a hit after the restart")
                got = get(sallyport)
                expect_equal(got.content, b"content of /a", "content")
                expect(int(got.field("Age")) >= 1, f"the age goes on: {got.field('Age')}")
                expect(not is_hit(get(sallyport, "/secret")), "what was not on disk is a hit")

    def damaged():
        with Folder() as folder, Origin(answer) as origin:
            with serve(folder, origin) as sallyport:
                get(sallyport)
                wait_for(lambda: files(folder), 10, "the file")
                sallyport.stop()
            (path,) = files(folder)
            path.write_bytes(path.read_bytes()[:-3] + b"XYZ")
            with serve(folder, origin) as sallyport:
                wait_for(lambda: [each for each in files(folder) if each.parent.name == "damaged"],
                         10, "the damaged file set aside")
                got = get(sallyport)
                expect(not is_hit(got), "a damaged one was served")
                expect_equal(got.content, b"content of /a", "content")

    def other_rules():
        with Folder() as folder, Origin(answer) as origin:
            with serve(folder, origin) as sallyport:
                get(sallyport)
                wait_for(lambda: files(folder), 10, "the file")
                sallyport.stop()
            with serve(folder, origin, "    cache: {disk: true, ttl: 60s}\n") as sallyport:
                wait_for(lambda: not files(folder), 10, "the old files gone")
                expect(not is_hit(get(sallyport)), "a hit under other rules")
                wait_for(lambda: files(folder), 10, "the file")
                sallyport.stop()
            with serve(folder, origin, ""):
                wait_for(lambda: not list((folder.state / "cache").iterdir()), 10, "nothing kept")

    def linked():
        """The folder is a link to a larger disk, which has more on it."""
        with Folder() as folder, Origin(answer) as origin:
            disk = folder.work / "disk"
            (disk / "photos").mkdir(parents=True)
            (disk / ("0" * 32)).mkdir()  # of a route that is no more
            folder.state.mkdir(parents=True, exist_ok=True)
            (folder.state / "cache").symlink_to(disk)
            with serve(folder, origin) as sallyport:
                get(sallyport)
                wait_for(lambda: not (disk / ("0" * 32)).exists() and files(folder), 10, "the file")
                expect((disk / "photos").is_dir(), "a folder of others is gone")

    return [("cache: on disk after a kill -9, without a credential", after_a_kill),
            ("cache: a damaged file is set aside", damaged),
            ("cache: other rules begin anew", other_rules),
            ("cache: what is in its folder and not of it stays", linked)]
