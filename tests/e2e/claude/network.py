# SPDX-License-Identifier: MIT
"""A network of its own in which every name and every address leads to a recorder."""

import contextlib
import os
import socket
import struct
import subprocess
import sys
import threading

INSIDE = "SALLYPORT_E2E_IN_NAMESPACE"
# RFC 5737: an address of nobody.
EVERYWHERE = "198.51.100.1"


# A name server of our own, which only this namespace sees: the file is unlinked once it is mounted.
SETUP = ("set -e; ip link set lo up; ip route add local default dev lo; file=$(mktemp); "
         "printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' >\"$file\"; "
         'mount --bind "$file" /etc/resolv.conf; rm "$file"; exec "$@"')


def enter_namespace():
    """Runs this script again with a network and mounts of its own, in which every address is one of
    this machine. Text when that is not permitted."""
    unshare = ["unshare", "-nm"] if os.geteuid() == 0 else ["unshare", "-rnm"]
    inside = [*unshare, "sh", "-c", SETUP, "sh"]
    probe = subprocess.run([*inside, "true"], capture_output=True, text=True)
    if probe.returncode:
        return f"`{' '.join(unshare)}` is not permitted here ({probe.stderr.strip()}); this test " \
               "shows that nothing leaves the machine and does not run without it. In a container " \
               "it needs --cap-add SYS_ADMIN, or unprivileged user namespaces."
    os.environ[INSIDE] = "1"
    os.execvp("unshare", [*inside, sys.executable, "-B", *sys.argv])


class Recorder:
    """Answers every name with one address and takes every connection to port 80 and 443 of any,
    until the end of the `with`; `seen` has what was asked for."""

    def __init__(self, address=EVERYWHERE):
        self.seen = []
        self._address = address
        self._sockets = []
        self._threads = []
        names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names.bind(("127.0.0.1", 53))
        self._serve(names, self._answer_names)
        for port in (80, 443):
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("0.0.0.0", port))
            listener.listen(32)
            self._serve(listener, self._take_connections)

    def _serve(self, listener, function):
        self._sockets.append(listener)
        self._threads.append(threading.Thread(target=function, args=(listener,), daemon=True))
        self._threads[-1].start()

    def _answer_names(self, listener):
        while True:
            try:
                query, client = listener.recvfrom(4096)
            except OSError:
                return
            if not query:  # it is being closed
                return
            name, kind, end = question(query)
            self.seen.append(f"the name {name}")
            is_address = kind == 1
            answer = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04" + socket.inet_aton(self._address)
            # RFC 1035 4.1.1: a response, recursion available; no additional records.
            head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, is_address, 0, 0)
            listener.sendto(head + query[12:end] + (answer if is_address else b""), client)

    def _take_connections(self, listener):
        while True:
            try:
                connection, client = listener.accept()
            except OSError:
                return
            address, port = connection.getsockname()
            self.seen.append(f"{address}:{port}")
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for each in self._threads:
            each.join(5)
        for each in self._sockets:
            each.close()


def question(query):
    """Name, type and end of the first question of a query (RFC 1035 4.1.2)."""
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    return ".".join(labels), struct.unpack("!H", query[at + 1:at + 3])[0], at + 5
