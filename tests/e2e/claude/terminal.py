# SPDX-License-Identifier: MIT
"""A program in a pseudo-terminal, and what its screen shows."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

from harness import Unmet

ROWS, COLUMNS = 50, 120


class Terminal:
    """Runs a command with a terminal of its own until the end of the `with`."""

    def __init__(self, command, cwd, environment):
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.exit_code = None
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.chdir(cwd)
            os.execvpe(str(command[0]), [str(part) for part in command],
                       {**environment, "TERM": "xterm-256color"})
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def text(self):
        """The lines of the screen, without blanks at their ends."""
        return "\n".join(line.rstrip() for line in self._screen.display).strip()

    def is_running(self):
        return self.exit_code is None

    def type(self, keys):
        os.write(self._terminal, keys.encode())

    def read(self, seconds):
        """Takes what the program writes within `seconds`; True when there was something."""
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return False
        try:
            said = os.read(self._terminal, 65536)
        except OSError:  # Linux: the other side is closed
            said = b""
        if not said:
            self._wait()
            return False
        self._stream.feed(said)
        return True

    def _wait(self):
        if self.is_running():
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def settle(self, quiet=0.3, seconds=5):
        """Reads until the program has written nothing for `quiet` seconds."""
        end = time.monotonic() + seconds
        while self.is_running() and time.monotonic() < end and self.read(quiet):
            pass

    def choose(self, wanted):
        """Goes down a list until the marked line has `wanted` in it, and takes that."""
        for _ in range(8):
            marked = [line for line in self.text().splitlines() if "\u276f" in line]
            if any(wanted in line for line in marked):
                self.type("\r")
                return
            self.type("\x1b[B")
            self.settle()
        raise Unmet(f"{wanted!r} cannot be chosen; the screen shows\n{self.text()}")

    def wait_for(self, pattern, seconds, replies=()):
        """Until the screen matches `pattern`. `replies` are pairs of a pattern and a function: each
        is called once, when its pattern is on the screen. Returns the screen."""
        end = time.monotonic() + seconds
        waiting = list(replies)
        while self.is_running():
            text = self.text()
            if re.search(pattern, text):
                return text
            for reply in waiting:
                if re.search(reply[0], text):
                    self.settle()
                    reply[1](self)
                    waiting.remove(reply)
                    break
            if time.monotonic() > end:
                raise Unmet(f"not within {seconds} s: {pattern!r}; the screen shows\n{text}")
            self.read(0.1)
        raise Unmet(f"ended with {self.exit_code} before {pattern!r}; the screen shows\n{self.text()}")

    def close(self):
        if self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)
            self._wait()
        os.close(self._terminal)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
