# SPDX-License-Identifier: MIT
"""Sends payloads through a Sallyport to one server, and holds what the server saw against the live
records of what was forwarded: the same method, target and length of content, no more and no fewer."""

import collections
import concurrent.futures
import contextlib
import re
import socket
import time
import urllib.parse

from frames import Reading
from harness import Unmet, wait_for
from scene import Scene

ROUTES = """upstreams:
  - {{name: origin, targets: [{{url: "{url}"}}]}}
routes:
  - {{name: ours, match: {{path: /}}, upstream: origin, access: open}}
  - {{name: named, match: {{host: "*"}}, upstream: origin, access: open}}
forward: {{enabled: false}}
"""
SETTINGS = 'access: {token: "file:token"}\nlog: {level: warn}\n'
END = b"GET @T@/end HTTP/1.1\r\nHost: @H@\r\nConnection: close\r\n\r\n"
BATCH = 400
AT_ONCE = 8  # clients
SAFE = "%/:?#[]@!$&'()*+,;=-._~"
MASKED = re.compile("‹[^›]*›")


class _Place:
    """What a Scene takes for its origin: the real server."""

    def __init__(self, server):
        self.url = f"http://127.0.0.1:{server.port}"
        self.authority = f"127.0.0.1:{server.port}"

    def clear(self):
        pass

    def __exit__(self, *_):
        pass


def target(text):
    """A target as it goes out: what no URI may have is percent-encoded."""
    return urllib.parse.quote(text.encode("utf-8", "surrogateescape"), safe=SAFE)


class Run:
    def __init__(self, options, server):
        self.server = server
        self.scene = Scene(options, ROUTES, SETTINGS, _Place(server))
        self.reading = Reading(self.scene)
        self.known = 0  # records before this id are accounted for
        self.said = self.barriers = 0
        self.forwarded = self.refused = self.cut = 0
        self.differences = []
        for _ in range(20):  # what writes the log of some comes up after its server
            with contextlib.suppress(Unmet):
                self._barrier(2)
                break
        self._account(self._records())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.reading.client.close()
        self.scene.close()

    def send(self, payloads):
        for start in range(0, len(payloads), BATCH):
            batch = payloads[start:start + BATCH]
            found, counts = self._batch(batch)
            self.forwarded += counts[0]
            self.refused += counts[1]
            self.cut += counts[2]
            if found and len(self.differences) < 20:  # which of them it was
                self.differences += self._blame(batch) or [f"in a batch, not alone: {found[:3]}"]

    def _blame(self, batch):
        if len(batch) == 1:
            found, _ = self._batch(batch)
            return [f"{found} by {batch[0][:600]!r}"] if found else []
        half = len(batch) // 2
        return [text for part in (batch[:half], batch[half:]) if self._batch(part)[0]
                for text in self._blame(part)]

    def _batch(self, batch):
        modes = ["forward" if place % 5 == 4 else "gateway" for place in range(len(batch))]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._connection, batch, modes))
        self._barrier()
        end = time.monotonic() + 3
        while True:  # a connection that its client has left may still be served
            records, seen = self._records(), list(self.server.seen()[self.said:])
            result = compare([r for r in records if "upstream" in r], seen, self.server)
            if not result[0] or time.monotonic() > end:
                break
            time.sleep(0.1)
        self.said += len(seen)
        self._account(records)
        return result

    def _account(self, records):
        self.said = max(self.said, len(self.server.seen()) if not self.known else 0)
        self.known = max(record["id"] for record in records)

    def _connection(self, payload, mode):
        """One connection: the payload, then a request that ends it. What waits for more is left."""
        data = self.scene.placed(payload + END, mode)
        with contextlib.suppress(OSError), \
                socket.create_connection(("127.0.0.1", self.scene.port), 20) as client:
            client.settimeout(1)  # for what is never answered, because it waits for more
            client.sendall(data)
            while client.recv(65536):
                client.settimeout(0.3)

    def _barrier(self, seconds=60):
        """A request of our own that has come through on both sides."""
        self.barriers += 1
        path = f"/barrier-{self.barriers}"
        with socket.create_connection(("127.0.0.1", self.scene.port), 60) as client:
            client.settimeout(60)
            client.sendall(self.scene.placed(
                f"GET {path} HTTP/1.1\r\nHost: @H@\r\nConnection: close\r\n\r\n".encode()))
            while client.recv(65536):
                pass
        wait_for(lambda: any(path in str(seen[1]) for seen in self.server.seen()[self.said:]),
                 seconds, "what the server saw")
        wait_for(lambda: self._are_ended(path), 60, "the live records")

    def _are_ended(self, path):
        records = self._records()
        return any(r.get("path") == path for r in records) and \
            all(r["phase"] == "ended" for r in records)

    def _records(self):
        return [r for r in list(self.reading.records.values())
                if (r.get("id") or 0) > self.known and r.get("role") != "local"]


def _doubt(record):
    """What is surest comes first."""
    return ("request_sent" not in record["times_us"], record["end"] != "complete",
            record.get("status", 0) >= 400)


def compare(records, seen, server):
    """(differences, (forwarded, refused by the server, cut)). A record without `request_sent` is of
    a request that was refused or cut in its content: a server may have seen its head, never all."""
    left = collections.defaultdict(list)
    for method, where, length in seen:
        left[method, target(where)].append(length)
    differences, refused, unseen, cut = [], 0, 0, 0
    # What is sure is taken out first.
    for record in sorted(records, key=_doubt):
        method = record["method"].upper() if server.folds_methods else record["method"]
        key = method, target(record.get("path", ""))
        length = record.get("request_bytes", 0)
        if MASKED.search(record.get("path", "")):
            key = next((k for k in left if k[0] == key[0] and re.fullmatch(
                ".*".join(map(re.escape, MASKED.split(record["path"]))), k[1])), key)
        is_sent = "request_sent" in record["times_us"]
        unsure = not is_sent or record["end"] != "complete"
        lengths = left.get(key, [])
        match = length if length in lengths else \
            next((n for n in lengths if n is None or unsure), -1)
        if match != -1 and server.whole_only and not is_sent:
            differences.append(f"cut here and whole there: {key} with {match} bytes")
        if match != -1:
            lengths.remove(match)
            cut += unsure
        elif unsure:
            cut += is_sent
        elif record.get("status", 0) >= 400:
            refused += 1
            if 0 in lengths:  # it refused the request line and read no field
                lengths.remove(0)
            else:
                unseen += 1
        else:
            differences.append(f"forwarded and not seen: {key} with {length} bytes, status "
                               f"{record.get('status')} end {record['end']}; seen with {lengths}")
    # A request that a server could not read has no name in its log; it told us so by its status.
    nameless = sum(len(lengths) for (method, _), lengths in left.items() if method in ("", "-"))
    if nameless > unseen + cut or server.says_all and nameless < unseen:
        differences.append(f"{nameless} requests without a name in its log, and {unseen} refused")
    for key, lengths in left.items():
        if key[0] in ("", "-"):
            continue
        differences += [f"seen and not forwarded: {key} with {length} bytes" for length in lengths]
    return differences, (sum("request_sent" in r["times_us"] for r in records), refused, cut)
