# SPDX-License-Identifier: MIT
"""Differential proof against smuggling: malformed and ambiguous requests go through Sallyport to real
servers, and what each server saw is held against what Sallyport says that it forwarded; then odd
responses of a scripted origin against what a client gets. Prints the table of docs/conformance.md."""

import argparse
import concurrent.futures
import os
import pathlib
import signal
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "attacks"), str(HERE.parent / "e2e")]

import harness  # noqa: E402
import odd  # noqa: E402
import payloads  # noqa: E402
from compare import Run  # noqa: E402
from server import stop_all  # noqa: E402
from servers import SERVERS  # noqa: E402


def behind(name, options, requests):
    """(version, figures) of one server."""
    with tempfile.TemporaryDirectory(prefix="desync-") as folder:
        server = SERVERS[name](pathlib.Path(folder))
        try:
            server.start()
            server.wait()
            with Run(options, server) as run:
                run.send(requests)
                print(f"  {name}: done", flush=True)
                return SERVERS[name].version(), run
        finally:
            server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sallyport", required=True, type=harness.absolute)
    parser.add_argument("--only", action="append", choices=sorted(SERVERS),
                        help="one server; may repeat")
    parser.add_argument("--mutations", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=9112)
    parser.add_argument("--at-once", type=int, default=4, help="servers side by side")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: (stop_all(), os._exit(1)))
    options.sanitized = False
    bases = payloads.of_the_tables() + payloads.of_the_corpora() + payloads.FINE
    requests = bases + payloads.mutations(
        options.mutations, options.seed, bases, payloads.FINE)
    print(f"{len(requests)} requests: {len(bases)} by hand, {options.mutations} mutations of seed "
          f"{options.seed}", flush=True)
    names = options.only or list(SERVERS)
    absent = [name for name in names if not SERVERS[name].is_here()]
    rows, bad = [], 0
    with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
        waiting = {name: pool.submit(behind, name, options, requests)
                   for name in names if name not in absent}
        for name, future in waiting.items():
            try:
                version, run = future.result()
            except Exception as problem:  # noqa: BLE001 - the others go on
                print(f"{name}: not measured: {problem}", flush=True)
                bad += 1
                continue
            bad += len(run.differences)
            rows.append(f"| {name} | {version} | {len(requests)} | {run.forwarded} "
                        f"| {run.refused} | {run.cut} | {len(run.differences)} |")
            print(rows[-1], flush=True)
            for text in run.differences[:20]:
                print(f"    {name}: {text}")
    count, whole, cut, differences = odd.responses(options)
    bad += len(differences)
    print("\n| Server | Version | Payloads | Forwarded | Refused by it | Cut | Differences |")
    print("|---|---|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"\nOdd responses: {count}, of which {whole} came whole, {cut} as a cut that shows, "
          f"{count - whole - cut} as a 502; differences: {len(differences)}")
    for text in differences[:20]:
        print(f"    {text}")
    if absent:
        print(f"not here: {', '.join(absent)}")
    return 1 if bad or absent else 0


if __name__ == "__main__":
    sys.exit(main())
