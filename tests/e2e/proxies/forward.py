# SPDX-License-Identifier: MIT
"""`forward.via`: CONNECT and absolute-form of clients that Sallyport is the proxy of go on by the
company's proxy."""

import http.client
import re
import socket
import ssl

import kerberos
import squid
import web
from harness import Served, expect, expect_equal, expect_in, free_port, wait_for
from origin import Origin


class Client:
    """Behind Sallyport, as HTTPS_PROXY and HTTP_PROXY have it."""

    def __init__(self, sallyport, place):
        self._port, self._place = sallyport.port, place

    def through_tunnel(self, method, target, content=None):
        """A request inside TLS to the origin, of which Sallyport sees nothing."""
        trust = ssl.create_default_context(cafile=str(self._place.ca))
        trust.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, timeout=15, context=trust)
        connection.set_tunnel("127.0.0.1", self._place.origin.port)
        return self._response(connection, method, target, content)

    def absolute(self, method, target, content=None):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
        return self._response(connection, method,
                              f"http://127.0.0.1:{self._place.origin.port}{target}", content)

    def connect(self, authority):
        """The whole response to a CONNECT that is refused."""
        with socket.create_connection(("127.0.0.1", self._port), timeout=15) as stream:
            stream.sendall(f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n".encode())
            file = stream.makefile("rb")
            head = web.read_head(file).decode()
            length = re.search(r"(?i)content-length: (\d+)", head)
            return head, file.read(int(length.group(1))).decode() if length else ""

    @staticmethod
    def _response(connection, method, target, content):
        try:
            connection.request(method, target, body=content)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


def routes(via, more=""):
    return f"forward:\n  via: \"{via}\"\n{more}"


def serve(place, via, more="", **environment):
    place.folder.write(routes=routes(via, more))
    return Served(place.executable, place.folder, "--listen", "127.0.0.1:0",
                  environment=place.folder.environment(**environment))


def checks(new_place, user, password):
    variable = "  via_credential: env:PROXY_PASSWORD\n"

    def exchanges(place, client, names, way):
        """Small and large, both ways; then what squid and the record say."""
        for ask in names:
            for content in (None, b"x", b"y" * 700_000):
                status, text = getattr(client, ask)("POST" if content else "GET", "/v1/x", content)
                expect_equal(status, 200, f"status ({text[:600]!r})")
                expect_in(str(len(content or b"")), text, "what the origin got")
        for seen in place.origin.seen:
            expect_equal(seen.field("Proxy-Authorization"), None, "at the origin")
        ways = wait_for(lambda: {each["way"] for each in place.records()}, 10, "records")
        expect_equal(ways, {way}, "the way in the records")

    def passes(scheme, is_tls=True):
        with new_place(is_tls) as place:
            logins, environment = {
                "": ("", {}), "Basic": (squid.basic(place.folder, user, password), {}),
                "Digest": (squid.digest(place.folder, user, password), {}),
                "NTLM": squid.ntlm(place.folder, "CORP", user, password)}[scheme]
            name = {"": "", "NTLM": f"CORP%5C{user}@"}.get(scheme, f"{user}@")
            with squid.Squid(place.folder, logins=logins, environment=environment) as proxy:
                with serve(place, f"http://{name}{proxy.authority}", variable if name else "",
                           PROXY_PASSWORD=password) as sallyport:
                    exchanges(place, Client(sallyport, place),
                              ("through_tunnel",) if is_tls else ("absolute",),
                              proxy.authority + (f", {scheme}" if scheme else ""))
                    sallyport.stop()
                wanted = f" CONNECT 127.0.0.1:{place.origin.port} " if is_tls \
                    else f" POST http://127.0.0.1:{place.origin.port}/v1/x "
                wait_for(lambda: wanted in proxy.log(), 10, "the request in the log of squid")
                expect(password not in place.said(), "the password stands somewhere")

    def ticket():
        with new_place(True) as place, kerberos.Kdc(place.folder) as kdc:
            kdc.kinit()
            with squid.Squid(place.folder, logins=kdc.login(), environment=kdc.environment) as \
                    proxy, serve(place, f"http://localhost:{proxy.port}",
                                 **kdc.environment) as sallyport:
                exchanges(place, Client(sallyport, place), ("through_tunnel",),
                          f"localhost:{proxy.port}, Negotiate")

    def refusals():
        """What a client is told in place of a tunnel, by a wrong password and by a rule."""
        with new_place(True) as place:
            there = f"127.0.0.1:{place.origin.port}"
            with squid.Squid(place.folder, logins=squid.basic(place.folder, user, "another")) as \
                    proxy, serve(place, f"http://{user}@{proxy.authority}", variable,
                                 PROXY_PASSWORD=password) as sallyport:
                for _ in range(3):
                    head, text = Client(sallyport, place).connect(there)
                    expect(head.startswith("HTTP/1.1 502 "), head)
                    expect_in("X-Sallyport-Error: proxy_login", head, "the head")
                    expect_in("x-should-retry: false", head, "the head")
                    expect_in(f"the proxy {proxy.authority} ", text, "the text")
                    expect_in("mend via or via_credential in routes.yaml", text, "the text")
                sent = re.compile(rf" TCP_DENIED/407 \d+ \S+ \S+ {user} ")
                wait_for(lambda: sent.search(proxy.log()), 10, "the login in the log of squid")
                expect_equal(len(sent.findall(proxy.log())), 1, "how often it was sent")
                sallyport.stop()
                expect(password not in place.said(), "the password stands somewhere")
            with squid.Squid(place.folder, "strict", rules="http_access deny all\n") as proxy, \
                    serve(place, f"http://{proxy.authority}") as sallyport:
                head, text = Client(sallyport, place).connect(there)
                expect(head.startswith("HTTP/1.1 502 "), head)
                expect_in("X-Sallyport-Error: proxy_refused", head, "the head")
                expect_in(f"the proxy {proxy.authority} will not connect to {there} (403 ", text,
                          "the text")
            expect_equal(place.origin.seen, [], "requests at the origin")

    def by_the_system():
        """NO_PROXY, and a PAC script of whose two proxies one is dead."""
        with new_place(True) as place, squid.Squid(place.folder) as proxy:
            with serve(place, "system", HTTPS_PROXY=f"http://{proxy.authority}",
                       NO_PROXY="127.0.0.0/8") as sallyport:
                expect_equal(Client(sallyport, place).through_tunnel("GET", "/x")[0], 200, "past it")
                sallyport.stop()
            text = ("function FindProxyForURL(url, host) { return "
                    f'"PROXY 127.0.0.1:{free_port()}; PROXY {proxy.authority}"; }}').encode()
            with Origin(lambda exchange, seen: exchange.reply(
                    200, text, Content_Type="application/x-ns-proxy-autoconfig")) as pac, \
                    serve(place, "system", http_proxy=f"pac+{pac.url}/proxy.pac") as sallyport:
                expect_equal(Client(sallyport, place).through_tunnel("GET", "/x")[0], 200, "by PAC")
                sallyport.stop()
            expect_equal(sorted(each["way"] for each in place.records()),
                         ["system, PAC: " + proxy.authority, "system: direct"], "the ways")

    def itself():
        """The system names Sallyport, as after `env apply --mode intercept` for the session."""
        with new_place(True) as place:
            port = free_port()
            place.folder.write(routes=routes("system"))
            with Served(place.executable, place.folder, "--listen", f"127.0.0.1:{port}",
                        environment=place.folder.environment(
                            HTTPS_PROXY=f"http://127.0.0.1:{port}")) as sallyport:
                head, text = Client(sallyport, place).connect("far.test:443")
                expect(head.startswith("HTTP/1.1 508 "), head)
                expect_in("is Sallyport itself or leads back to it", text, "the text")

    rows = [(f"forward: a blind tunnel by squid, {scheme or 'no login'}",
             lambda s=scheme: passes(s)) for scheme in ("", "Basic", "Digest", "NTLM")]
    return rows + [("forward: a blind tunnel by squid, Negotiate", ticket),
                   ("forward: absolute-form by squid, Digest", lambda: passes("Digest", False)),
                   ("forward: what a client is told where squid refuses", refusals),
                   ("forward: NO_PROXY, and a PAC script with a dead proxy", by_the_system),
                   ("forward: the system names Sallyport itself", itself)]
