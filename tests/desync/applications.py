# SPDX-License-Identifier: MIT
"""Servers of applications: a small one in each says the method, the target and how much content it
has read."""

import os
import pathlib
import subprocess

from server import Server

APPS = pathlib.Path(__file__).parent / "apps"
PYTHON = "/usr/bin/python3"  # the one that Debian's packages belong to


def _python(module):
    return f"import {module}; print(getattr({module}, '__version__', None) or {module}.version)"


class Node(Server):
    whole_only = True
    needs = ("node",)

    def start(self):
        self.run("node", APPS / "node.js", self.port, self.log)

    version = classmethod(lambda cls: cls.version_of("node", "--version"))


class Go(Server):
    whole_only = True
    needs = ("go",)

    def start(self):
        subprocess.run(["go", "build", "-o", self.folder / "echo", APPS / "echo.go"], check=True,
                       cwd=self.folder, env={"PATH": os.environ["PATH"], "GO111MODULE": "off",
                                             "HOME": str(self.folder), "GOFLAGS": "-p=1"})
        self.run(self.folder / "echo", self.port, self.log)

    version = classmethod(lambda cls: cls.version_of("go", "version"))


class Gunicorn(Server):
    folds_methods = True
    needs = ("/usr/bin/gunicorn",)

    def start(self):
        self.run("/usr/bin/gunicorn", "-b", f"127.0.0.1:{self.port}", "-k", "gthread",
                 "--threads", 8, "--keep-alive", 60, "--limit-request-line", 0,
                 "--limit-request-fields", 1000, "--limit-request-field_size", 0,
                 "--chdir", APPS, "wsgi:application", DESYNC_LOG=self.log,
                 PYTHONDONTWRITEBYTECODE=1)

    version = classmethod(lambda cls: cls.version_of("/usr/bin/gunicorn", "--version"))


class Aiohttp(Server):
    whole_only = True
    needs = ("/usr/lib/python3/dist-packages/aiohttp",)

    def start(self):
        self.run(PYTHON, "-B", APPS / "aio.py", self.port, self.log)

    version = classmethod(lambda cls: cls.version_of(PYTHON, "-c", _python("aiohttp")))


class Tornado(Server):
    whole_only = True
    needs = ("/usr/lib/python3/dist-packages/tornado",)

    def start(self):
        self.run(PYTHON, "-B", APPS / "whirl.py", self.port, self.log)

    version = classmethod(lambda cls: cls.version_of(PYTHON, "-c", _python("tornado")))


class Puma(Server):
    whole_only = True
    needs = ("puma",)

    def start(self):
        self.run("puma", "-b", f"tcp://127.0.0.1:{self.port}", "-t", "4:8", "-e", "production",
                 APPS / "config.ru", DESYNC_LOG=self.log)

    version = classmethod(lambda cls: cls.version_of("puma", "--version"))


class Webrick(Server):
    needs = ("ruby",)

    def start(self):
        self.run("ruby", APPS / "brick.rb", self.port, self.log)

    version = classmethod(lambda cls: cls.version_of(
        "ruby", "-e", "require 'webrick'; puts WEBrick::VERSION"))
