# SPDX-License-Identifier: MIT
"""Clients that pipeline as fast as they can and read all that comes, until they are ended."""

import select
import socket
import sys


def main(port, count, target):
    block = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 500
    clients = {}
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port))
        client.setblocking(False)
        clients[client] = 0
    received = 0
    while clients:
        readable, writable, _ = select.select(list(clients), list(clients), [])
        for client in readable:
            count = len(client.recv(1 << 18))
            if not count:
                return
            if received < 1 << 18 <= received + count:
                print("ready", flush=True)
            received += count
        for client in writable:
            try:
                # What is left of a block goes first, so that requests stay whole.
                clients[client] = (clients[client] + client.send(block[clients[client]:])) % len(block)
            except BlockingIOError:
                pass


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
