# SPDX-License-Identifier: MIT
"""Debian's squid on a free port of loopback, with one login scheme or none."""

import contextlib
import hashlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess

from harness import free_port, read_text, wait_for

HELPERS = pathlib.Path("/usr/lib/squid")
REALM = "corp"


def _accepts(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Squid:
    """Until the end of the `with`. `logins` are lines of `auth_param`; see basic() and digest()."""

    def __init__(self, folder, name="squid", logins="", rules="", environment=None):
        self.root = folder.root / name
        self.root.mkdir()
        self.port = free_port()
        self.authority = f"127.0.0.1:{self.port}"
        self._environment = {**os.environ, **(environment or {})}
        self._config = self.root / "squid.conf"
        self._config.write_text(self._text(logins, rules))
        if os.geteuid() == 0:  # it takes another user for its work
            folder.root.chmod(0o711)
            user = pwd.getpwnam("proxy")
            for path in (self.root, *self.root.iterdir()):
                os.chown(path, user.pw_uid, user.pw_gid)

    def _text(self, logins, rules):
        rule = "acl known proxy_auth REQUIRED\nhttp_access allow known\n" if logins \
            else "http_access allow all\n"
        return (f"http_port 127.0.0.1:{self.port}\npid_filename {self.root}/pid\n"
                f"cache_log {self.root}/cache.log\naccess_log stdio:{self.root}/access.log\n"
                f"coredump_dir {self.root}\nnetdb_filename none\npinger_enable off\ncache deny all\n"
                "logfile_rotate 0\nbuffered_logs off\nmax_filedescriptors 1024\n"
                "shutdown_lifetime 0 seconds\nvisible_hostname proxy.test\n"
                f"{logins}{rules}{rule}http_access deny all\n")

    def log(self):
        """What it did, a line for each request."""
        return read_text(self.root / "access.log")

    def __enter__(self):
        self.process = subprocess.Popen(
            ["/usr/sbin/squid", "-N", "-f", str(self._config)], env=self._environment,
            cwd=self.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(self.root / "stderr.log", "wb"))
        wait_for(lambda: _accepts(self.port) or self.process.poll() is not None, 20,
                 "squid listens")
        if self.process.poll() is not None:
            raise RuntimeError(read_text(self.root / "stderr.log")[-500:] +
                               read_text(self.root / "cache.log")[-1500:])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def basic(folder, user, password):
    users = folder.root / "basic.users"
    done = subprocess.run(["openssl", "passwd", "-apr1", "-stdin"], input=password, check=True,
                          capture_output=True, text=True)
    users.write_text(f"{user}:{done.stdout.strip()}\n")
    users.chmod(0o644)
    return (f"auth_param basic program {HELPERS}/basic_ncsa_auth {users}\n"
            f"auth_param basic children 1\nauth_param basic realm {REALM}\n")


def digest(folder, user, password, more=""):
    users = folder.root / "digest.users"
    secret = hashlib.md5(f"{user}:{REALM}:{password}".encode()).hexdigest()
    users.write_text(f"{user}:{REALM}:{secret}\n")
    users.chmod(0o644)
    return (f"auth_param digest program {HELPERS}/digest_file_auth -c {users}\n"
            f"auth_param digest children 1\nauth_param digest realm {REALM}\n{more}")


def ntlm(folder, domain, user, password):
    """The lines, and the environment that its helper needs."""
    users = folder.root / "ntlm.users"
    users.write_text(f"{domain}:{user}:{password}\n")
    users.chmod(0o644)
    helper = folder.root / "ntlmhelper.py"
    shutil.copy(pathlib.Path(__file__).with_name("ntlmhelper.py"), helper)
    helper.chmod(0o755)
    return (f"auth_param ntlm program /usr/bin/python3 {helper}\n"
            "auth_param ntlm children 2\nauth_param ntlm keep_alive on\n",
            {"NTLM_USER_FILE": str(users)})
