# SPDX-License-Identifier: MIT
"""What the end-to-end tests share: named checks with a total, processes that end, and waiting for
what is expected instead of for a time."""

import argparse
import contextlib
import os
import pathlib
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback


class Unmet(AssertionError):
    """An expectation that did not hold; its text is for people."""


def expect(condition, text):
    if not condition:
        raise Unmet(text)


def expect_equal(actual, expected, what):
    if actual != expected:
        raise Unmet(f"{what}: expected {expected!r}, got {actual!r}")


def expect_in(part, whole, what):
    if part not in whole:
        raise Unmet(f"{what}: {part!r} is not in {whole[-2000:]!r}")


class Checks:
    """Named checks. `with checks("a sentence"):` runs one; an exception fails it and the next goes
    on. report() prints the total in the form that ./dev test adds up."""

    def __init__(self, only=None):
        self.passed = 0
        self.failed = 0
        self._only = re.compile(only) if only else None

    def wants(self, name):
        return not self._only or bool(self._only.search(name))

    def run(self, name, function, *arguments):
        if not self.wants(name):
            return
        began = time.monotonic()
        try:
            function(*arguments)
        except Exception as problem:  # noqa: BLE001 - a check fails, the others go on
            self.failed += 1
            print(f"FAIL!  : {name}: {problem}")
            if not isinstance(problem, Unmet):
                traceback.print_exc(limit=-2, file=sys.stdout)
        else:
            self.passed += 1
            print(f"PASS   : {name} ({time.monotonic() - began:.1f} s)")
        sys.stdout.flush()

    def fail(self, name, text):
        self.failed += 1
        print(f"FAIL!  : {name}: {text}", flush=True)

    def report(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


def wait_for(condition, seconds, what):
    """The first true value of condition(), asked again and again; Unmet after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Unmet(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_text(path):
    with contextlib.suppress(FileNotFoundError):
        return pathlib.Path(path).read_text(errors="replace")
    return ""


class Folder:
    """A folder of one test: an empty home, a configuration and a state folder."""

    def __init__(self, base=None):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-e2e-", dir=base))
        for name in ("home", "config", "state", "work"):
            (self.root / name).mkdir(mode=0o700)
        self.home, self.config = self.root / "home", self.root / "config"
        self.state, self.work = self.root / "state", self.root / "work"

    def write(self, routes=None, settings=None):
        if routes is not None:
            (self.config / "routes.yaml").write_text(routes)
        if settings is not None:
            (self.config / "settings.yaml").write_text(settings)
        return self

    def environment(self, **more):
        """As `env -i`: nothing of the caller's own but the path."""
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "SALLYPORT_CONFIG_DIR": str(self.config),
            "SALLYPORT_STATE_DIR": str(self.state),
            # The sanitizer builds, when it is one of these.
            **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")},
            **{k: str(v) for k, v in more.items()},
        }

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()


class Served:
    """`sallyport serve` in a folder, until the end of the `with`."""

    def __init__(self, executable, folder, *arguments, environment=None, seconds=15):
        self.folder = folder
        self.log_path = folder.root / f"serve-{time.monotonic_ns()}.log"
        self.lines = []
        self._arrived = queue.Queue()
        began = time.monotonic()
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [str(executable), "serve", *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                cwd=folder.work, env=environment or folder.environment(), text=True)
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self._listening(seconds)
        self.startup = time.monotonic() - began
        self.host, port = self.address.rsplit(":", 1)
        self.port = int(port)
        self.url = f"http://{self.address}"

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            self._arrived.put(line)
        self._arrived.put(None)

    def _listening(self, seconds):
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._arrived.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                self.stop(signal.SIGKILL)
                raise Unmet(f"no line `listening on …` within {seconds} s; {self.log()}") from None
            if line is None:
                raise Unmet(f"ended with {self.process.wait()} before it listened; {self.log()}")
            match = re.fullmatch(r"listening on http://(\S+:\d+)\n", line)
            if match:
                return match.group(1)

    def log(self):
        return read_text(self.log_path)

    def output(self):
        return "".join(self.lines)

    def rss_kib(self):
        status = read_text(f"/proc/{self.process.pid}/status")
        return int(re.search(r"^VmRSS:\s+(\d+)", status, re.M).group(1))

    def anonymous_kib(self):
        """Resident memory of its own: without pages of libraries, which come and go as the system
        likes."""
        status = read_text(f"/proc/{self.process.pid}/status")
        return int(re.search(r"^RssAnon:\s+(\d+)", status, re.M).group(1))

    def cpu_ticks(self):
        fields = read_text(f"/proc/{self.process.pid}/stat").rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def wakes(self):
        """How often the main thread has gone to sleep and woken up again."""
        status = read_text(f"/proc/{self.process.pid}/status")
        return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M).group(1))

    def is_running(self):
        return self.process.poll() is None

    def stop(self, number=signal.SIGTERM, seconds=15):
        """Its exit code."""
        if self.is_running():
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Unmet(f"still there {seconds} s after signal {number}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_running():
            with contextlib.suppress(Unmet):
                self.stop(seconds=5)


def run(command, folder, environment=None, seconds=30, **more):
    """The finished process of a command, its output as text."""
    return subprocess.run([str(part) for part in command], cwd=more.pop("cwd", folder.work),
                          env=environment or folder.environment(), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=seconds, **more)


def sandbox_routes(access="open", **more):
    return "upstreams:\n  - {name: sandbox, sandbox: true}\nroutes:\n" \
           f"  - {{name: all, match: {{path: /}}, upstream: sandbox, access: {access}}}\n"


def origin_routes(url, access="open", extra="", upstream_extra=""):
    """Everything to one target."""
    return ("upstreams:\n  - name: origin\n"
            f'    targets: [{{url: "{url}"}}]\n{upstream_extra}'
            "routes:\n  - name: all\n    match: {path: /}\n    upstream: origin\n"
            f"    access: {access}\n{extra}")


def absolute(path):
    return pathlib.Path(path).resolve()


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--sallyport", required=True, type=absolute)
    parser.add_argument("--desktop", type=absolute)
    parser.add_argument("--claude-code", type=absolute,
                        help="the folder that the npm package is installed in")
    parser.add_argument("--output", type=absolute, help="where pictures and logs are kept")
    parser.add_argument("--sanitized", action="store_true",
                        help="the executables are sanitizer builds: memory is not asserted")
    parser.add_argument("--only", help="only checks whose name matches")
    return parser
