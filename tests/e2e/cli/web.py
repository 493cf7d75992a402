# SPDX-License-Identifier: MIT
"""Requests of the command line tests, by curl where a client of the world matters, by a plain
socket where every byte does."""

import http.client
import json
import socket
import subprocess


class Response:
    def __init__(self, status, fields, content):
        self.status, self.fields, self.content = status, fields, content

    def field(self, name):
        return next((v for n, v in self.fields if n.lower() == name.lower()), None)

    def json(self):
        return json.loads(self.content)


def request(port, method="GET", target="/", fields=None, content=None, seconds=15):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, target, body=content, headers=fields or {})
        response = connection.getresponse()
        return Response(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def curl(*arguments, seconds=20):
    """curl's standard output; it is an error when curl says so."""
    done = subprocess.run(["curl", "-sS", "--noproxy", "", "--max-time", str(seconds), *arguments],
                          capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"})
    if done.returncode:
        raise AssertionError(f"curl ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def connect(port, seconds=15):
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def get(port, target="/", method="GET", more=""):
    """The bytes of a request to our own listener."""
    return f"{method} {target} HTTP/1.1\r\nHost: localhost:{port}\r\n{more}\r\n".encode()


def read_head(stream):
    """The head of a response, up to its empty line, from a file made of a socket."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            break
        head += line
    return head


def read_chunk(stream):
    """One chunk; empty at the last."""
    size = int(stream.readline().split(b";")[0], 16)
    bytes = stream.read(size)
    stream.readline()
    return bytes


def small_turn(text="hello", stream=False):
    return json.dumps({"model": "claude-opus-5-5", "max_tokens": 100, "stream": stream,
                       "messages": [{"role": "user", "content": text}]}).encode()
