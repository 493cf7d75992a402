# SPDX-License-Identifier: MIT
"""The real Claude Code, in the two versions that package.json pins."""

from harness import Unmet, run
from terminal import Terminal

TURN_SECONDS = 60
START_SECONDS = 40


def take(terminal):
    terminal.type("\r")


def agree(terminal):
    terminal.choose("Yes")


# What a first start asks, and how it is answered; each is asked at most once.
FIRST_START = ((r"text style|Choose the theme", take),
               (r"use this API key", agree),
               (r"Security notes", take),
               (r"trust this folder|Do you trust", agree),
               (r"recommended settings|terminal setup", agree))


class Client:
    """Claude Code in an empty home."""

    def __init__(self, package, folder, isOlder=False):
        # The package's own start script wants a newer Node than Debian has; the program beside it
        # needs none.
        where = "node_modules/claude-code-older/" if isOlder else ""
        found = sorted(package.glob(f"{where}node_modules/@anthropic-ai/claude-code-linux-*/claude"))
        if not found:
            raise Unmet(f"Claude Code is not installed in {package}: ./dev test installs it from npm")
        self._program, self._folder = found[0], folder

    def version(self):
        return run([self._program, "--version"], self._folder).stdout.strip()

    def ask(self, text, *more, **environment):
        """The finished `claude -p`."""
        return run([self._program, "-p", text, *more], self._folder, seconds=TURN_SECONDS,
                   environment=self._folder.environment(**environment))

    def start(self, **environment):
        """The program in a terminal, as a person starts it."""
        return Terminal([self._program], self._folder.work, self._folder.environment(**environment))


def first_start(terminal):
    """Goes through what a first start asks, up to the prompt. The screen there."""
    return terminal.wait_for(r"\? for shortcuts|Welcome back|/effort|for agents", START_SECONDS,
                             FIRST_START)
