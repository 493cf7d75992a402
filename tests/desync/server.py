# SPDX-License-Identifier: MIT
"""A real server, started by hand on a free port of loopback with files in a folder of its own, and
what it says it saw: (method, target, length of content), None where it does not say the length."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

from harness import Unmet, free_port


class Server:
    """One of them. `whole_only`: it says nothing of a request whose content is cut;
    `folds_methods`: it shows its application every method in capitals; `says_all`: of a request that
    it refuses there is a line as well."""
    whole_only = folds_methods = says_all = False
    needs = ()

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.log = folder / "seen.log"
        self.log.touch()
        self.processes = []
        self.read_until, self.all_seen = 0, []

    def run(self, *command, **environment):
        output = open(self.folder / "output.log", "ab")
        process = subprocess.Popen(
            [str(part) for part in command], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=output, stderr=output, start_new_session=True,
            env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "HOME": str(self.folder),
                 "LANG": "C.UTF-8", **{k: str(v) for k, v in environment.items()}})
        self.processes.append(process)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text.replace("@PORT@", str(self.port)).replace("@LOG@", str(self.log))
                        .replace("@FOLDER@", str(self.folder)))
        return path

    def wait(self, seconds=90):
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            ended = [p for p in self.processes if p.poll() not in (None, 0)]
            if ended or time.monotonic() > end:
                raise Unmet(f"{type(self).__name__} does not listen: "
                            + (self.folder / "output.log").read_text(errors="replace")[-1500:])
            time.sleep(0.05)

    def seen(self):
        """All that it has said until now."""
        with self.log.open("rb") as log:
            log.seek(self.read_until)
            new = log.read()
        new = new[:new.rfind(b"\n") + 1]
        self.read_until += len(new)
        self.all_seen += [self.parse(line) for line in new.decode("utf-8", "replace").split("\n")
                          if self.is_of_a_request(line)]
        return self.all_seen

    @staticmethod
    def is_of_a_request(line):
        return bool(line.strip())

    def parse(self, line):
        return tuple(json.loads(line))

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @classmethod
    def is_here(cls):
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        return all(shutil.which(name, path=path) or os.path.exists(name) for name in cls.needs)

    @classmethod
    def version_of(cls, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "LANG": "C"})
        return re.search(r"\d+\.\d+[.\d]*", done.stdout or done.stderr)[0].rstrip(".")


def stop_all():
    """Every process that this one has started; for an end that comes from outside."""
    for children in pathlib.Path("/proc/self/task").glob("*/children"):
        for number in children.read_text().split():
            with contextlib.suppress(OSError):
                os.kill(int(number), signal.SIGTERM)
