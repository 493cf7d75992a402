# SPDX-License-Identifier: MIT
"""Attacks on the running executable, a row each, before an origin that records every byte. Each row
says where the attack comes from; `--list` prints them, `--only REGEX` runs some."""

import importlib
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parent.parent / "e2e")]

import harness  # noqa: E402
from scene import Scene  # noqa: E402

PARTS = ("framing", "chunks", "lines", "fields", "targets", "forward", "browsers", "logins", "secrecy",
         "responses", "upgrades", "events", "bombs", "secured", "endpoints", "http2", "proxies", "floods")


def every_row():
    return [row for part in PARTS for row in importlib.import_module(part).ROWS]


def ends_well(scene):
    """Under the sanitizers the exit code also says whether memory was left."""
    harness.expect_equal(scene.served.stop(seconds=120), 0, f"exit code ({scene.log()[-1500:]})")


def main():
    parser = harness.arguments(__doc__)
    parser.add_argument("--list", action="store_true", help="names and sources, and stop")
    options = parser.parse_args()
    rows = every_row()
    names = [row.name for row in rows]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    if options.list:
        print("\n".join(f"{row.name}  [{row.source}]" for row in rows))
        return 0
    checks = harness.Checks(options.only)
    scene = Scene(options)
    for row in rows:
        failed = checks.failed
        checks.run(f"{row.name} [{row.source}]", row.check, scene)
        if checks.failed > failed:  # what it has left behind is not the next one's
            scene.close()
            scene = Scene(options)
    checks.run("after all of it, it ends by itself and well", ends_well, scene)
    scene.close()
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
