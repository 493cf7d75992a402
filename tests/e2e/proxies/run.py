# SPDX-License-Identifier: MIT
"""The ways out of a company's network, with real proxies: squid without a login, with Basic, Digest,
NTLM and Negotiate (a real KDC), for targets in https (CONNECT) and in http (absolute-form), and for
what `forward` passes on."""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "cli")]

import forward  # noqa: E402
import harness  # noqa: E402
import http2  # noqa: E402
import kerberos  # noqa: E402
import squid  # noqa: E402
import web  # noqa: E402
from certificates import make_certificate  # noqa: E402
from harness import Folder, Served, expect, expect_equal, expect_in, free_port, origin_routes, \
    read_text, run, wait_for  # noqa: E402
from origin import Origin  # noqa: E402

USER = "alice"
PASSWORD = "planted+proxy/password~31"


def answer(exchange, seen):
    if seen.target == "/last":
        exchange.close_connection = True
    exchange.reply(200, f"{seen.method} {seen.target} {len(seen.content)}".encode())


class Place:
    """A folder, an origin in http or https, and routes.yaml with `via`."""

    def __init__(self, executable, is_tls):
        self.executable, self.is_tls = executable, is_tls
        self.folder = Folder()
        certificate = make_certificate(self.folder.root) if is_tls else None
        self.ca = certificate[2] if certificate else None
        self.origin = Origin(answer, certificate[:2] if certificate else None)

    def serve(self, via, more="", **environment):
        scheme = "https" if self.is_tls else "http"
        extra = f"    via: {via}\n{more}"
        if self.ca:
            extra += f"    tls: {{ca_file: {self.ca}}}\n"
        self.folder.write(routes=origin_routes(f"{scheme}://127.0.0.1:{self.origin.port}",
                                               upstream_extra=extra))
        return Served(self.executable, self.folder, "--listen", "127.0.0.1:0",
                      environment=self.folder.environment(**environment))

    def records(self):
        done = run([self.executable, "log", "--json"], self.folder)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def said(self):
        """All that is on disk and was printed, but the configuration."""
        return "".join(read_text(path) for path in self.folder.root.rglob("*")
                       if path.is_file() and self.folder.config not in path.parents
                       and not path.name.endswith(".users"))

    def __enter__(self):
        self.origin.__enter__()
        return self

    def __exit__(self, *_):
        self.origin.__exit__()
        self.folder.remove()


def checks(options):
    executable = options.sallyport

    def passes(is_tls, scheme):
        """Small and large, in both directions and again on a pooled connection."""
        with Place(executable, is_tls) as place:
            logins = {"": "", "Basic": squid.basic(place.folder, USER, PASSWORD),
                      "Digest": squid.digest(place.folder, USER, PASSWORD)}[scheme]
            user = f"{USER}@" if scheme else ""
            more = "    via_credential: env:PROXY_PASSWORD\n" if scheme else ""
            with squid.Squid(place.folder, logins=logins) as proxy, \
                    place.serve(f"http://{user}{proxy.authority}", more,
                                PROXY_PASSWORD=PASSWORD) as sallyport:
                for content in (b"", b"x", b"y" * 700_000, b"z"):
                    got = web.request(sallyport.port, "POST" if content else "GET", "/v1/x",
                                      content=content)
                    expect_equal(got.status, 200, f"status ({got.content[:600]!r})")
                    expect_in(str(len(content)), got.content.decode(), "what the origin got")
                expect_equal(len(place.origin.seen), 4, "requests at the origin")
                for seen in place.origin.seen:
                    expect_equal(seen.field("Proxy-Authorization"), None, "at the origin")
                sallyport.stop()
                log = proxy.log()
                expect_in(" CONNECT " if is_tls else f" POST http://127.0.0.1:{place.origin.port}",
                          log, "the log of squid")
                way = proxy.authority + (f", {scheme}" if scheme else "")
                expect_equal({record["way"] for record in place.records()}, {way},
                             "the way in the record")
                expect(PASSWORD not in place.said(), "the password stands somewhere")

    def http2_passes(is_tls):
        """A proxy passes the bytes of HTTP/2 on, and sees none of it."""
        with Folder() as folder:
            certificate = make_certificate(folder.root) if is_tls else None
            (folder.work / "file").write_bytes(b"x" * 100_000)
            with http2.Nghttpd(folder.work, certificate) as server, \
                    squid.Squid(folder, logins=squid.basic(folder, USER, PASSWORD)) as proxy:
                extra = f"    http2: true\n    via: http://{USER}@{proxy.authority}\n" \
                        "    via_credential: env:PROXY_PASSWORD\n"
                if certificate:
                    extra += f"    tls: {{ca_file: {certificate[2]}}}\n"
                scheme = "https" if is_tls else "http"
                folder.write(routes=origin_routes(f"{scheme}://127.0.0.1:{server.port}",
                                                  upstream_extra=extra))
                with Served(executable, folder, "--listen", "127.0.0.1:0",
                            environment=folder.environment(PROXY_PASSWORD=PASSWORD)) as sallyport:
                    for _ in range(3):
                        got = web.request(sallyport.port, target="/file")
                        expect_equal((got.status, len(got.content)), (200, 100_000), "what came")
                    sallyport.stop()
                done = run([executable, "log", "--json"], folder)
                ways = {json.loads(line)["way"] for line in done.stdout.splitlines()}
                expect_equal(ways, {f"{proxy.authority}, Basic, HTTP/2"}, "the way in the record")

    def wrong_password(is_tls):
        with Place(executable, is_tls) as place:
            with squid.Squid(place.folder, logins=squid.basic(place.folder, USER, "another")) as \
                    proxy, place.serve(f"http://{USER}@{proxy.authority}",
                                       "    via_credential: env:PROXY_PASSWORD\n",
                                       PROXY_PASSWORD=PASSWORD) as sallyport:
                for _ in range(3):
                    got = web.request(sallyport.port, "POST", "/v1/messages", content=b"{}")
                    expect_equal(got.status, 502, "status")
                    expect_equal(got.field("X-Sallyport-Error"), "proxy_login", "code")
                    expect_equal(got.field("x-should-retry"), "false", "x-should-retry")
                    expect_in(proxy.authority, got.content.decode(), "the text")
                    expect_in(USER, got.content.decode(), "the text")
                sent = re.compile(r" TCP_DENIED/407 \d+ \S+ \S+ alice ")
                wait_for(lambda: sent.search(proxy.log()), 10, "the login in the log of squid")
                expect_equal(len(sent.findall(proxy.log())), 1,
                             f"how often the wrong password was sent ({proxy.log()})")
                expect_equal(len(place.origin.seen), 0, "requests at the origin")
                sallyport.stop()
                expect(PASSWORD not in place.said(), "the password stands somewhere")

    def no_user():
        with Place(executable, True) as place:
            with squid.Squid(place.folder, logins=squid.basic(place.folder, USER, PASSWORD)) as \
                    proxy, place.serve(f"http://{proxy.authority}") as sallyport:
                got = web.request(sallyport.port, target="/x")
                expect_equal(got.status, 502, "status")
                expect_in("via names no user", got.content.decode(), "the text")

    def refused_host(is_tls):
        with Place(executable, is_tls) as place:
            with squid.Squid(place.folder, rules="http_access deny all\n") as proxy, \
                    place.serve(f"http://{proxy.authority}") as sallyport:
                got = web.request(sallyport.port, target="/x")
                if is_tls:
                    expect_equal(got.status, 502, "status")
                    expect_equal(got.field("X-Sallyport-Error"), "proxy_refused", "code")
                    expect_in("403", got.content.decode(), "the text")
                    expect_in(proxy.authority, got.content.decode(), "the text")
                else:
                    expect_equal(got.status, 403, "the proxy's own page is passed on")

    def dead():
        with Place(executable, True) as place:
            port = free_port()
            with place.serve(f"http://127.0.0.1:{port}") as sallyport:
                got = web.request(sallyport.port, target="/x")
                expect_equal(got.status, 502, "status")
                expect_equal(got.field("X-Sallyport-Error"), "upstream_connect", "code")
                expect_in(f"127.0.0.1:{port}", got.content.decode(), "the text")

    def short_nonces():
        """A nonce that is good for few requests: the next ones log in again, and none is lost."""
        with Place(executable, False) as place:
            login = squid.digest(place.folder, USER, PASSWORD,
                                 "auth_param digest nonce_max_count 3\n")
            with squid.Squid(place.folder, logins=login) as proxy, \
                    place.serve(f"http://{USER}@{proxy.authority}",
                                "    via_credential: env:PROXY_PASSWORD\n",
                                PROXY_PASSWORD=PASSWORD) as sallyport:
                for number in range(20):
                    got = web.request(sallyport.port, "POST", f"/{number}", content=b"content")
                    expect_equal(got.status, 200, f"status of {number} ({got.content[:400]!r})")
                expect_equal([seen.target for seen in place.origin.seen],
                             [f"/{number}" for number in range(20)], "what came, and how often")

    def ticket(is_tls):
        """There; then none, acquired later, ended."""
        with Place(executable, is_tls) as place, kerberos.Kdc(place.folder) as kdc:
            kdc.kinit()
            with squid.Squid(place.folder, logins=kdc.login(), environment=kdc.environment) as \
                    proxy, place.serve(f"http://localhost:{proxy.port}",
                                       **kdc.environment) as sallyport:
                for content in (b"x", b"y" * 700_000):
                    got = web.request(sallyport.port, "POST", "/v1/x", content=content)
                    expect_equal(got.status, 200, f"status ({got.content[:600]!r})")
                sallyport.stop()
                expect_in("alice@CORP.TEST", proxy.log(), "the log of squid")
                expect_equal({record["way"] for record in place.records()},
                             {f"localhost:{proxy.port}, Negotiate"}, "the way in the record")

    def ticket_later():
        with Place(executable, True) as place, kerberos.Kdc(place.folder) as kdc, \
                squid.Squid(place.folder, logins=kdc.login(), environment=kdc.environment) as \
                proxy, place.serve(f"http://localhost:{proxy.port}", **kdc.environment) as sallyport:
            got = web.request(sallyport.port, target="/x")
            expect_equal(got.status, 502, "status without a ticket")
            expect_equal(got.field("X-Sallyport-Error"), "proxy_login", "code")
            expect_in("kinit", got.content.decode(), "the text")
            kdc.kinit()
            expect_equal(web.request(sallyport.port, target="/x").status, 200, "with a ticket")

    def ticket_ended():
        with Place(executable, True) as place, kerberos.Kdc(place.folder) as kdc, \
                squid.Squid(place.folder, logins=kdc.login(), environment=kdc.environment) as \
                proxy, place.serve(f"http://localhost:{proxy.port}", **kdc.environment) as sallyport:
            kdc.kinit("-l", "2s")

            def refused():
                got = web.request(sallyport.port, target="/last")
                return got if got.status == 502 else None

            got = wait_for(refused, 15, "the ticket ends")
            expect_in("xpired", got.content.decode(), "the text")
            kdc.kinit()
            expect_equal(web.request(sallyport.port, target="/x").status, 200, "with a new one")

    def ntlm(is_tls, password=PASSWORD):
        with Place(executable, is_tls) as place:
            logins, environment = squid.ntlm(place.folder, "CORP", USER, PASSWORD)
            with squid.Squid(place.folder, logins=logins, environment=environment) as proxy, \
                    place.serve(f"http://CORP%5C{USER}@{proxy.authority}",
                                "    via_credential: env:PROXY_PASSWORD\n",
                                PROXY_PASSWORD=password) as sallyport:
                if password != PASSWORD:
                    got = web.request(sallyport.port, target="/x")
                    expect_equal(got.status, 502, "status")
                    expect_equal(got.field("X-Sallyport-Error"), "proxy_login", "code")
                    expect_in("refuses the login", got.content.decode(), "the text")
                    return
                for content in (b"x", b"y" * 700_000):
                    got = web.request(sallyport.port, "POST", "/v1/x", content=content)
                    expect_equal(got.status, 200, f"status ({got.content[:600]!r})")
                sallyport.stop()
                expect_equal({record["way"] for record in place.records()},
                             {f"{proxy.authority}, NTLM"}, "the way in the record")
                expect(PASSWORD not in place.said(), "the password stands somewhere")

    def script():
        """A PAC script that names two proxies of which one is dead, and one host past them."""
        with Place(executable, True) as place, squid.Squid(place.folder) as proxy:
            dead = free_port()
            text = ('function FindProxyForURL(url, host) { if (host == "localhost") return "DIRECT"; '
                    f'return "PROXY 127.0.0.1:{dead}; PROXY {proxy.authority}"; }}').encode()
            with Origin(lambda exchange, seen: exchange.reply(
                    200, text, Content_Type="application/x-ns-proxy-autoconfig")) as pac:
                with place.serve("system", http_proxy=f"pac+{pac.url}/proxy.pac") as sallyport:
                    got = web.request(sallyport.port, "POST", "/v1/x", content=b"x")
                    expect_equal(got.status, 200, f"status ({got.content[:600]!r})")
                    sallyport.stop()
                    expect_equal([record["way"] for record in place.records()],
                                 [f"system, PAC: {proxy.authority}"], "the way in the record")
                    wait_for(lambda: f" CONNECT 127.0.0.1:{place.origin.port}" in proxy.log(), 10,
                             "the tunnel in the log of squid")

    def variables():
        """HTTPS_PROXY of the environment, and NO_PROXY."""
        with Place(executable, True) as place, squid.Squid(place.folder) as proxy:
            with place.serve("system", HTTPS_PROXY=f"http://{proxy.authority}") as sallyport:
                expect_equal(web.request(sallyport.port, target="/x").status, 200, "by the proxy")
            with place.serve("system", HTTPS_PROXY=f"http://{proxy.authority}",
                             NO_PROXY="127.0.0.0/8") as sallyport:
                expect_equal(web.request(sallyport.port, target="/x").status, 200, "past it")
                sallyport.stop()
            expect_equal(sorted(record["way"] for record in place.records()),
                         [f"system: {proxy.authority}", "system: direct"], "the ways")

    def doctor():
        """Goes by the same way as requests, and says so; a proxy that refuses is named."""
        with Place(executable, True) as place:
            def checks_by(user, password):
                place.serve(f"http://{user}@{proxy.authority}",
                            "    via_credential: env:PROXY_PASSWORD\n").stop()
                done = run([executable, "doctor", "--json"], place.folder,
                           place.folder.environment(PROXY_PASSWORD=password))
                expect(password not in done.stdout + done.stderr, "the password stands there")
                return {each["id"]: each for each in json.loads(done.stdout)["checks"]}

            with squid.Squid(place.folder, logins=squid.basic(place.folder, USER, PASSWORD)) as proxy:
                found = checks_by(USER, PASSWORD)
                for check in ("gateway-tcp", "gateway-tls"):
                    expect_equal(found[check]["state"], "ok", json.dumps(found[check]))
                for check in ("gateway-tcp", "gateway-http"):
                    expect_in(f"{proxy.authority}, Basic", json.dumps(found[check]), check)
                expect_in("/v1/models", [seen.target for seen in place.origin.seen], "asked for")
                refused = checks_by(USER, "another+planted/password")["gateway-tcp"]
                expect_equal(refused["state"], "fault", "a wrong password")
                expect_in(f"the proxy {proxy.authority} refuses the login", refused["sentence"],
                          "the sentence")

    rows = []
    for is_tls in (True, False):
        form = "CONNECT to an https target" if is_tls else "absolute-form to an http target"
        for scheme in ("", "Basic", "Digest"):
            rows.append((f"squid: {form}, {scheme or 'no login'}",
                         lambda t=is_tls, s=scheme: passes(t, s)))
        rows.append((f"squid: {form}, Negotiate with a ticket", lambda t=is_tls: ticket(t)))
        rows.append((f"squid: {form}, NTLM", lambda t=is_tls: ntlm(t)))
        rows.append((f"squid: {form}, a wrong password is sent once",
                     lambda t=is_tls: wrong_password(t)))
        rows.append((f"squid: {form}, a host that the proxy refuses",
                     lambda t=is_tls: refused_host(t)))
    return rows + [("squid: a PAC script that names two proxies, one of them dead", script),
                   ("squid: HTTPS_PROXY and NO_PROXY of the system", variables),
                   ("squid: NTLM with a wrong password", lambda: ntlm(True, "another")),
                   ("squid: Negotiate with a ticket that is acquired later", ticket_later),
                   ("squid: Negotiate with a ticket that ends", ticket_ended),
                   ("squid wants a login, and via names no user", no_user),
                   ("squid: HTTP/2 by ALPN inside CONNECT", lambda: http2_passes(True)),
                   ("squid: HTTP/2 with prior knowledge inside CONNECT", lambda: http2_passes(False)),
                   ("the proxy is not there", dead),
                   ("the doctor goes by squid as requests do", doctor),
                   ("squid ends nonces of Digest early", short_nonces)]


def main():
    options = harness.arguments(__doc__).parse_args()
    rows = harness.Checks(options.only)
    tunnels = forward.checks(lambda is_tls: Place(options.sallyport, is_tls), USER, PASSWORD)
    for name, function in checks(options) + tunnels:
        rows.run(name, function)
    return rows.report()


if __name__ == "__main__":
    sys.exit(main())
