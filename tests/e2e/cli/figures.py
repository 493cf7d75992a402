# SPDX-License-Identifier: MIT
"""Figures, printed for the reader; asserted only where being far off is a fault on any machine."""

import os
import statistics
import time

import web
from harness import Folder, Served, expect, sandbox_routes


def checks(options):
    def startup():
        with Folder().write(routes=sandbox_routes()) as folder:
            times = []
            for _ in range(7):
                with Served(options.sallyport, folder, "--listen", "127.0.0.1:0") as sallyport:
                    times.append(1000 * sallyport.startup)
            middle = statistics.median(times)
            print(f"  start to `listening`: median {middle:.0f} ms of {[round(t) for t in times]}")
            expect(options.sanitized or middle < 5000, f"{middle:.0f} ms")

    def idle():
        with Folder().write(routes=sandbox_routes()) as folder, \
                Served(options.sallyport, folder, "--listen", "127.0.0.1:0") as sallyport:
            web.request(sallyport.port, target="/healthz")
            before, wakes = sallyport.cpu_ticks(), sallyport.wakes()
            time.sleep(3)  # a measurement over a time, not a wait
            busy = (sallyport.cpu_ticks() - before) / os.sysconf("SC_CLK_TCK") / 3
            wakes = sallyport.wakes() - wakes
            print(f"  idle: {sallyport.rss_kib() / 1024:.1f} MiB resident, {100 * busy:.1f} % CPU, "
                  f"{wakes} wake-ups in 3 s")
            # Wake-ups, since ticks of the CPU depend on who else is on the machine.
            expect(wakes < 60, f"{wakes} wake-ups in 3 s while idle")
            expect(options.sanitized or sallyport.rss_kib() < 60 * 1024, "more than 60 MiB")

    return [("it listens soon after its start", startup), ("idle, it needs next to nothing", idle)]
