# SPDX-License-Identifier: MIT
"""What can be done with a row of the log window: sent again, edited, to another upstream; two responses
compared; a bundle for a ticket written, in which no key stands."""

import contextlib
import json
import re

from harness import Unmet, expect, expect_equal, expect_in, wait_for
from origin import Origin, event, messages_response

PROGRAM = "sallyport"
KEY = "sk-ant-PLANTED-0123456789abcdef"  # the upstream's, which Sallyport knows
OTHER = "sk-ant-OTHER-0123456789abcdef"  # one that is known by its shape alone
ROUTES = """upstreams:
  - name: first
    targets: [{{url: "{first}"}}]
    credential: file:{key}
  - name: second
    targets: [{{url: "{second}"}}]
    credential: none
routes:
  - name: claude
    match: {{path: /}}
    upstream: first
    access: open
"""
BODY = {"model": "claude-opus-5-5", "max_tokens": 64, "stream": True,
        "messages": [{"role": "user", "content": f"my key is {OTHER}"}]}
EDITED = {"model": "edited", "max_tokens": 9, "messages": []}


def answer(exchange, seen):
    """A stream that says a key, a part in each of two deltas."""
    if not seen.json().get("stream"):
        return messages_response(exchange, seen, [{"type": "text", "text": "edited"}])
    exchange.begin_stream()
    message = {"id": "m", "type": "message", "role": "assistant", "model": "m", "content": [],
               "usage": {"input_tokens": 11, "output_tokens": 1}}
    exchange.chunk(event("message_start", message=message))
    exchange.chunk(event("content_block_start", index=0, content_block={"type": "text", "text": ""}))
    for part in ("Your key", " is " + OTHER[:7], OTHER[7:], " I think."):
        exchange.chunk(event("content_block_delta", index=0, delta={"type": "text_delta", "text": part}))
    exchange.chunk(event("message_stop"))
    return exchange.end_stream()


class Rows:
    def __init__(self, make_desktop, screen, eyes, picture):
        self.screen, self.eyes, self.picture = screen, eyes, picture
        self.first, self.second = Origin(answer), Origin(answer)
        self.desktop = make_desktop(self.routes)
        self.desktop.curl("/v1/messages", "-H", "content-type: application/json", "-H",
                          f"x-api-key: {KEY}", "--data-binary", json.dumps(BODY))
        # Health checks have numbers too.
        cell = self.find("table cell", r"^\d+: POST ", "the row of the request")
        self.number = int(cell.name.split(":")[0])

    def routes(self, folder):
        key = folder.root / "key"
        key.write_text(KEY)
        key.chmod(0o600)
        return ROUTES.format(first=self.first.url, second=self.second.url, key=key)

    def find(self, role, pattern, what):
        return self.eyes.wait_for(
            lambda: self.eyes.showing(role, pattern, self.eyes.application(PROGRAM)), 10, what)

    def press(self, role, pattern):
        self.screen.click(self.eyes.middle(self.find(role, pattern, f"a {role} like {pattern!r}")))

    def row(self, place, modifier=None):
        """A click on that row from the first request on; its first cell says it in a sentence."""
        number = self.number + place
        cell = self.find("table cell", rf"^{number}: ", f"row {number}")
        if modifier:
            self.screen.x("xdotool", "keydown", modifier)
        self.screen.click(self.eyes.middle(cell))
        if modifier:
            self.screen.x("xdotool", "keyup", modifier)

    def choose(self, pattern):
        """An entry of the menu that has just been opened, from its end."""
        for _ in range(20):
            self.eyes.forget_focus()
            self.screen.key("Up")
            with contextlib.suppress(Unmet):
                if re.search(pattern, self.eyes.next_focus("menu item", 1)):
                    return self.screen.key("Return")
        raise Unmet(f"no entry like {pattern!r} in the menu of the row")

    def side_by_side(self, picture=None):
        self.find("dialog", "^Compare|Responses", "both responses side by side")
        if picture:
            self.picture(picture)
        self.screen.key("Escape")

    def sent_again(self):
        self.row(0)
        self.screen.key("ctrl+r")
        wait_for(lambda: len(self.first.seen) == 2, 10, "the request comes again")
        expect_equal(self.first.seen[1].json(), BODY, "its body")
        self.side_by_side("r1-sent-again")
        self.row(1)

    def edited_to_another(self):
        self.row(0)
        self.screen.key("ctrl+shift+r")
        self.press("combo box", "Through|as the routes")
        self.screen.key("End", "Return")
        self.press("text", "^Body$")
        self.screen.key("ctrl+a")
        self.screen.x("xdotool", "type", "--delay", "1", json.dumps(EDITED))
        self.picture("r2-edited")
        self.press("push button", "^Send")
        wait_for(lambda: self.second.seen, 10, "the request comes to the other upstream")
        expect_equal(self.second.seen[0].json(), EDITED, "its body")
        self.side_by_side()

    def compared(self):
        self.row(1)
        self.row(2, "Control_L")
        self.screen.key("ctrl+d")
        self.side_by_side("r3-compared")

    def bundled(self):
        path = self.desktop.folder.work / "ticket.har"
        self.row(0)
        self.screen.key("Menu")
        self.choose("^Bundle for a ticket")
        self.find("dialog", "Bundle", "the dialog of the file")
        self.screen.key("ctrl+a")
        self.screen.x("xdotool", "type", "--delay", "1", str(path))
        self.screen.key("Return")
        # The doctor runs first; some of its questions wait for their time-outs.
        wait_for(path.exists, 60, "the file")
        text = path.read_text()
        log = json.loads(text)["log"]
        expect_equal(log["version"], "1.2", "version")
        expect(log["creator"]["name"] and log["creator"]["version"], "the creator")
        expect_equal(len(log["entries"]), 1, "entries")
        valid(log["entries"][0])
        expect_in("redacted", text, "marks in the bundle")
        stream = log["entries"][0]["response"]["content"].get("text", "")
        said = "".join(re.findall(r'"text":\s*"((?:[^"\\]|\\.)*)"', stream))
        expect(said.startswith("Your key") and said.endswith("I think."), f"the bundle says {said!r}")
        for place in (text, said):
            expect(KEY not in place, "the upstream's key stands in the bundle")
            expect(OTHER not in place, "a key of the contents stands in the bundle")

    def close(self):
        self.desktop.close()
        for origin in (self.first, self.second):
            origin.__exit__()


def valid(entry):
    """The members that HAR 1.2 requires of an entry, with their types."""
    shape = {"startedDateTime": str, "time": (int, float), "cache": dict,
             "request": {"method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list,
                         "queryString": list, "headersSize": int, "bodySize": int},
             "response": {"status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list,
                          "content": {"size": int, "mimeType": str}, "redirectURL": str, "headersSize": int,
                          "bodySize": int},
             "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)}}

    def check(value, wanted, path):
        if not isinstance(wanted, dict):
            return expect(isinstance(value, wanted), f"{path} is {value!r}")
        for name, each in wanted.items():
            expect(name in value, f"{path} has no {name}")
            check(value[name], each, f"{path}.{name}")
    check(entry, shape, "entry")


def checks(rows):
    return [("Ctrl+R sends a request of the log again", rows.sent_again),
            ("an edited request goes to another upstream", rows.edited_to_another),
            ("two responses stand side by side", rows.compared),
            ("a bundle for a ticket is a HAR without keys", rows.bundled)]
