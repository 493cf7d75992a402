# SPDX-License-Identifier: MIT
"""`sallyport` from outside: what the contract promises of files, exit codes, endpoints, signals and
errors, and how it bears load."""

import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parent.parent)]

import access  # noqa: E402
import authority  # noqa: E402
import badinput  # noqa: E402
import basics  # noqa: E402
import diskcache  # noqa: E402
import doctor  # noqa: E402
import environment  # noqa: E402
import figures  # noqa: E402
import harness  # noqa: E402
import history  # noqa: E402
import http2  # noqa: E402
import keychain  # noqa: E402
import load  # noqa: E402
import metrics  # noqa: E402
import preset  # noqa: E402
import reload  # noqa: E402
import secrecy  # noqa: E402
import streams  # noqa: E402
import targets  # noqa: E402
import transfer  # noqa: E402


def main():
    options = harness.arguments(__doc__).parse_args()
    checks = harness.Checks(options.only)
    for part in (basics, badinput, access, reload, environment, targets, doctor, authority, keychain, preset,
                 transfer, secrecy, history, http2, diskcache, streams, load, metrics, figures):
        for name, function in part.checks(options):
            checks.run(name, function)
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
