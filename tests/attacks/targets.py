# SPDX-License-Identifier: MIT
"""Path spellings that leave their route or reach another (RFC 3986 5.2.4, 6.2.2)."""

from scene import KEY, expect, expect_equal, table


def get(target):
    return b"GET " + target + b" HTTP/1.1\r\nHost: @H@\r\n\r\n"


def held(*statuses):
    """Refused; nothing of it at the origin."""
    def check(scene, payload):
        scene.origin.clear()
        got = scene.ask(payload)
        seen = scene.settle()
        expect(not seen, f"the origin saw {seen[0].target if seen else ''} with status {got.status}")
        expect(got.status in statuses, f"status {got.status}")
    return check


def passes(goes):
    def check(scene, payload):
        scene.origin.clear()
        got = scene.ask(payload)
        expect_equal(got.status, 200, "status")
        expect_equal([s.target for s in scene.settle()], [goes], "target at the origin")
    return check


CLIMBS, HIDDEN, KEYED = held(400), held(400, 403), held(400, 401, 403)


def climb(name, rest, source="RFC 3986 5.2.4"):
    """Out of a route that is rewritten below a base path, with a key put in."""
    return name, source, get(b"/based" + rest), CLIMBS


TOMCAT = "Tsai 2018, Breaking Parser Logic"
ENVOY = "CVE-2019-9901 (Envoy)"
ROWS = table([
    climb("dots do not climb out of a route", b"/../x", ENVOY),
    climb("encoded dots do not climb out", b"/%2e%2e/x", ENVOY),
    climb("half encoded dots do not climb out", b"/.%2E/x"),
    climb("an encoded slash after dots does not climb out", b"/..%2fx", "CVE-2021-29492 (Envoy)"),
    climb("an encoded backslash after dots does not climb out", b"/..%5cx",
        "CVE-2021-29492 (Envoy)"),
    climb("a backslash after dots does not climb out", b"/..\\x", "CVE-2021-29492 (Envoy)"),
    climb("dots with a parameter do not climb out", b"/..;/x", TOMCAT),
    climb("dots with a parameter of a value do not climb out", b"/..;a=b/x", TOMCAT),
    climb("a segment of a parameter alone does not hide a climb", b"/;/../x", TOMCAT),
    climb("a segment of a parameter with a value does not hide a climb", b"/;a=b/../x", TOMCAT),
    climb("two such segments do not hide a climb", b"/;/;/../../x", TOMCAT),
    climb("an empty segment does not hide a climb", b"//../../x"),
    climb("an inner segment and a parameter do not hide a climb", b"/a/;/../../x", TOMCAT),
    climb("an encoded semicolon does not hide a climb", b"/..%3b/x", TOMCAT),
    climb("dots that are encoded twice do not climb out", b"/%252e%252e/x", "CWE-174"),
    climb("a slash that is encoded twice does not climb out", b"/..%252fx", "CWE-174"),
    climb("overlong dots of two bytes do not climb out", b"/%c0%ae%c0%ae/x",
        "CVE-2008-2938 (Tomcat)"),
    climb("an overlong slash does not climb out", b"/..%c0%afx", "CVE-2000-0884 (IIS)"),
    climb("overlong dots of three bytes do not climb out", b"/%e0%80%ae%e0%80%ae/x", "RFC 3629 10"),
    climb("full-width dots do not climb out", b"/%ef%bc%8e%ef%bc%8e/x", "UTS 46; IIS best fit"),
    climb("a full-width slash does not climb out", b"/..%ef%bc%8fx", "UTS 46; IIS best fit"),
    climb("dots by %u do not climb out", b"/%u002e%u002e/x", "IIS %u encoding"),
    climb("a slash by %u does not climb out", b"/..%u2215x", "IIS %u encoding"),
    climb("a NUL after dots does not climb out", b"/..%00/x", "CVE-2013-4547 (nginx)"),
    climb("more dots than there are segments do not climb out", b"/a/../../../x"),
    climb("a climb out and in again is refused", b"/../based/x", "RFC 3986 5.2.4"),
    ("a climb above the root is refused", "CVE-2021-41773 (Apache)",
     get(b"/x/.%2e/.%2e/.%2e/etc/passwd"),
     CLIMBS),
    ("a climb in absolute form is refused", ENVOY, get(b"http://@L@/based/../x"), CLIMBS),
    ("a climb behind a rewrite is refused", ENVOY, get(b"/old/..;/../x"), CLIMBS),
    ("a blocked path is blocked", "the configuration", get(b"/admin"), HIDDEN),
    ("a blocked path with two slashes is blocked", ENVOY, get(b"//admin"), HIDDEN),
    ("a blocked path with a dot is blocked", ENVOY, get(b"/./admin/x"), HIDDEN),
    ("a blocked path behind dots is blocked", ENVOY, get(b"/x/../admin"), HIDDEN),
    ("a blocked path with an encoded letter is blocked", "RFC 3986 6.2.2.2",
     get(b"/%61dmin"), HIDDEN),
    ("a blocked path behind a parameter alone is blocked", TOMCAT, get(b"/;/admin"), HIDDEN),
    ("a blocked path behind a parameter with a value is blocked", TOMCAT, get(b"/;a=b/admin/x"),
     HIDDEN),
    ("a blocked path with a parameter is blocked", TOMCAT, get(b"/admin;x=1/y"), HIDDEN),
    ("a blocked path with an empty parameter is blocked", TOMCAT, get(b"/admin;/y"), HIDDEN),
    ("a blocked path behind dots with a parameter is blocked", TOMCAT,
     get(b"/x/..;/admin"), HIDDEN),
    ("a blocked path behind an encoded slash is blocked", "CVE-2021-29492 (Envoy)",
     get(b"/%2fadmin"), HIDDEN),
    ("a blocked path before an encoded slash is blocked", "CVE-2021-29492 (Envoy)",
     get(b"/admin%2fy"), HIDDEN),
    ("a blocked path behind a backslash is blocked", "CVE-2021-29492 (Envoy)",
     get(b"/x\\..\\admin"),
     HIDDEN),
    ("a blocked path with a NUL is blocked", "CVE-2013-4547 (nginx)", get(b"/admin%00/y"), HIDDEN),
    ("a blocked path in absolute form is blocked", "RFC 9112 3.2.2",
     get(b"http://@L@/admin"), HIDDEN),
    ("a blocked path in an overlong letter is blocked", "RFC 3629 10", get(b"/%c1%a1dmin"), HIDDEN),
    ("a path with a parameter asks for the token as its route does", TOMCAT, get(b"/keyed;x=1/y"),
     KEYED),
    ("a path behind a parameter asks for the token as its route does", TOMCAT, get(b"/;/keyed/y"),
     KEYED),
    ("a path of ours by another spelling gets no key", ENVOY,
     get(b"/_sallyport/../keyed/x"), KEYED),
    ("a line end in an encoded path stays encoded", "CVE-2019-11043 (nginx)",
     get(b"/x%0d%0aX:%20y"),
     passes("/x%0d%0aX:%20y")),
    ("a unix socket in a query is no upstream", "CVE-2021-40438 (Apache)",
     get(b"/x?unix:" + b"A" * 5000 + b"|http://evil.example/"),
     passes("/x?unix:" + "A" * 5000 + "|http://evil.example/")),
    ("an inner encoded slash passes as it came", "RFC 3986 2.2", get(b"/files/a%2Fb"),
     passes("/files/a%2Fb")),
    ("an inner parameter passes as it came", "RFC 3986 3.3", get(b"/files;v=1/b;w"),
     passes("/files;v=1/b;w")),
    ("empty segments and dots that stay inside pass as they came", "RFC 9110 7.7",
     get(b"/files//./a/../b"), passes("/files//./a/../b")),
    ("a URI in a query is no target", "CVE-2022-2880 (Go)", get(b"/x?u=http://evil/;a=%zz"),
     passes("/x?u=http://evil/;a=%zz")),
    ("a path that looks like a host stays a path", "RFC 3986 4.2", get(b"//evil.example/x"),
     passes("//evil.example/x")),
    ("a rewritten path never begins with two slashes", "RFC 3986 4.2",
     get(b"/based//evil.example/x"),
     lambda scene, payload: _below_base(scene, payload)),
    ("a suffix of a file changes nothing of what is kept", "Gil 2017, Web Cache Deception",
     b"", lambda scene, payload: _nothing_is_kept(scene)),
])


def _below_base(scene, payload):
    scene.origin.clear()
    got = scene.ask(payload)
    seen = scene.settle()
    expect(got.status == 400 or seen, f"status {got.status}")
    for one in seen:
        expect(one.target.startswith("/base/"), f"target {one.target}")
        expect_equal(one.field("Authorization"), f"Bearer {KEY}", "credential")


def _nothing_is_kept(scene):
    scene.origin.clear()
    for delimiter in (".css", ";.css", "%0a.css", "%00.css", "/.css", "?.css"):
        for cookie in ("one", "two"):
            got = scene.get(f"/profile{delimiter}", f"Cookie: {cookie}\r\n")
            expect(got.status in (200, 400), f"status {got.status}")
    seen = [s.field("Cookie") for s in scene.settle()]
    expect_equal(seen.count("one"), seen.count("two"), "each asked the origin itself")
