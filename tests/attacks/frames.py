# SPDX-License-Identifier: MIT
"""A WebSocket client of any frames, for /_sallyport/events."""

import json
import os
import struct
import threading

from harness import expect, wait_for
from scene import TOKEN
from wire import Ended


def handshake(scene, more="", token=TOKEN, version="13", key="dGhlIHNhbXBsZSBub25jZQ=="):
    credential = f"Authorization: Bearer {token}\r\n" if token else ""
    return scene.placed((f"GET /_sallyport/events HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\n"
                         f"Upgrade: websocket\r\nSec-WebSocket-Version: {version}\r\n{credential}"
                         f"{more}Sec-WebSocket-Key: {key}\r\n\r\n").encode())


def frame(opcode, content=b"", mask=True, first=0x80, length=None):
    """`first` has FIN and the reserved bits; `length` is what the frame says, when it lies."""
    size = len(content) if length is None else length
    head = bytes([first | opcode])
    bit = 0x80 if mask else 0
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", size)
    if not mask:
        return head + content
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[place % 4] for place, byte in enumerate(content))


def read_frame(client):
    """(opcode, content) of one frame of the server."""
    first, second = client.read(2)
    size = second & 0x7F
    if size == 126:
        size = struct.unpack(">H", client.read(2))[0]
    elif size == 127:
        size = struct.unpack(">Q", client.read(8))[0]
    return first & 0x0F, client.read(size)


def close_code(client):
    """That of the close frame; 0 for one without, None for an end without any."""
    try:
        while True:
            opcode, content = read_frame(client)
            if opcode == 8:
                return struct.unpack(">H", content[:2])[0] if len(content) >= 2 else 0
    except Ended:
        return None


class Reading:
    """The live records, read along in a thread; `text` is all that came, as it came."""

    def __init__(self, scene):
        self.text = ""
        self.records = {}
        self.client = scene.client(seconds=600)
        self.client.send(handshake(scene))
        expect(self.client.response().status == 101, "no live records")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while True:
                opcode, content = read_frame(self.client)
                if opcode == 1:
                    self.text += content.decode() + "\n"
                    record = json.loads(content)
                    self.records[record.get("id")] = record
        except (Ended, OSError, ValueError):
            pass

    def wait_for(self, part, seconds=40):
        wait_for(lambda: part in self.text, seconds, f"{part} in the live records")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()
