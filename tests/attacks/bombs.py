# SPDX-License-Identifier: MIT
"""JSON and YAML that is nested deeper than a stack: from clients, upstreams and files (RFC 8259 9)."""

import json

from harness import run
from recorder import Close
from scene import Row, expect

DEPTH = 300_000
DEEP = "CVE-2020-36518 (jackson); RFC 8259 9"
LIST = b"[" * DEPTH + b"]" * DEPTH
MAP = b'{"a":' * DEPTH + b"1" + b"}" * DEPTH
OPEN = b'{"a":[' * DEPTH


def post(target, content):
    return (b"POST %b HTTP/1.1\r\nHost: @H@\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % (target, len(content)) + content)


def sandbox(template, deep=LIST):
    """`template` has DEEP where the value goes; the sandbox answers with any response."""
    def check(scene):
        body = json.dumps(template).encode().replace(b'"DEEP"', deep)
        got = scene.ask(post(b"/v1/messages", body))
        expect(got.status in (200, 400, 413, 422), f"status {got.status}")
        scene.settle()
    return check


def passed(request=b"{}", response=b"{}", content_type=b"application/json"):
    """What passes through is passed on whole, however deep; what reads along survives."""
    def check(scene):
        scene.origin.clear()
        scene.origin.play("/up/v1/messages", b"HTTP/1.1 200 OK\r\nContent-Type: " + content_type
                          + b"\r\n\r\n" + response, Close)
        got = scene.ask(post(b"/up/v1/messages", request))
        expect(got.status == 200 and got.content.replace(b": keepalive\n\n", b"") == response,
               f"status {got.status}, {len(got.content)} bytes of {len(response)}")
        seen = scene.settle()
        expect(seen[0].content == request, "the request was changed")
    return check


def tool(schema):
    return {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "use a tool"}],
            "tool_choice": {"type": "any"}, "tools": [{"name": "t", "input_schema": schema}]}


def _settings(text):
    """Claude Code's settings that we read and edit: refused, and left as they are."""
    def check(scene):
        folder = scene.folder
        place = folder.home / ".claude"
        place.mkdir(exist_ok=True)
        (place / "settings.json").write_bytes(text)
        try:
            for action in ("plan", "status", "apply", "undo"):
                done = run([scene.options.sallyport, "env", action], folder, seconds=60)
                expect(done.returncode in (0, 1, 2), f"env {action} ended with {done.returncode}")
            expect((place / "settings.json").read_bytes() == text or b'"env"' in
                   (place / "settings.json").read_bytes(), "the file was damaged")
        finally:
            (place / "settings.json").unlink()
    return check


def _yaml(text):
    """A configuration that is deep or grows: refused, in time."""
    def check(scene):
        folder = scene.folder
        other = folder.work / "deep"
        other.mkdir(exist_ok=True)
        (other / "routes.yaml").write_text(text)
        done = run([scene.options.sallyport, "config", "check", "--config", other], folder, seconds=60)
        expect(done.returncode == 2, f"ended with {done.returncode}: {done.stderr[-300:]}")
    return check


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
ROWS = [
    Row("a deep enum of a tool's schema does not end the process", DEEP,
        sandbox(tool({"type": "object", "properties": {"p": {"enum": "DEEP"}}, "required": ["p"]}))),
    Row("deep properties of a tool's schema do not end the process", DEEP,
        sandbox(tool({"type": "object", "properties": "DEEP"}), MAP)),
    Row("a deep required of a tool's schema does not end the process", DEEP,
        sandbox(tool({"type": "object", "properties": {"p": {"type": "string"}}, "required": "DEEP"}))),
    Row("deep items of a tool's schema do not end the process", DEEP,
        sandbox(tool({"type": "object", "properties": {"p": {"type": "array", "items": "DEEP"}},
                      "required": ["p"]}), MAP)),
    Row("deep content of a message does not end the process", DEEP,
        sandbox({"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "DEEP"}]})),
    Row("a deep tool result does not end the process", DEEP,
        sandbox({"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "x", "content": "DEEP"}]}]})),
    Row("a deep system prompt does not end the process", DEEP,
        sandbox({"model": "m", "max_tokens": 9, "system": "DEEP", "messages": []})),
    Row("a deep model does not end the process", DEEP,
        sandbox({"model": "DEEP", "max_tokens": 9, "messages": []}, MAP)),
    Row("deep JSON that never closes does not end the process", DEEP,
        lambda scene: (scene.ask(post(b"/v1/messages", OPEN)), scene.settle())),
    Row("a deep request passes through whole", DEEP,
        passed(request=b'{"model":"m","messages":' + LIST + b"}")),
    Row("a deep response passes through whole", DEEP,
        passed(response=b'{"type":"message","usage":' + MAP + b',"content":' + LIST + b"}")),
    Row("a deep error of an upstream passes through whole", DEEP,
        passed(response=b'{"type":"error","error":{"message":' + LIST + b"}}")),
    Row("a deep event of a stream passes through whole", DEEP,
        passed(response=b"event: message_start\ndata: {\"type\":\"message_start\",\"message\":" + MAP
               + b"}\n\n", content_type=b"text/event-stream")),
    Row("deep settings of Claude Code do not end the command", DEEP,
        _settings(b'{"a":' + LIST + b"}")),
    Row("deep variables in settings of Claude Code do not end the command", DEEP,
        _settings(b'{"env":' + MAP + b"}")),
    Row("settings of Claude Code that never close do not end the command", DEEP, _settings(OPEN)),
    Row("a deep routes.yaml is refused", "CVE-2018-20574 (yaml-cpp)", _yaml("a: " + "[" * 20000)),
    Row("a deep routes.yaml in blocks is refused", "CVE-2019-6292 (yaml-cpp)",
        _yaml("- " * 20000 + "x\n")),
    Row("a routes.yaml of maps in maps is refused", "CVE-2018-20573 (yaml-cpp)",
        _yaml("{a: " * 20000)),
    Row("aliases that grow are refused", "CVE-2003-1564, billion laughs", _yaml(LAUGHS)),
]
