# SPDX-License-Identifier: MIT
"""Who may come in, and with whose credential it goes on."""

import re
import stat

import web
from harness import Folder, Served, expect, expect_equal, origin_routes, run, sandbox_routes
from origin import Origin

KEY = "sk-ant-upstream-key-0123456789"


def checks(options):
    executable = options.sallyport

    def served(folder, **more):
        return Served(executable, folder, "--listen", "127.0.0.1:0",
                      environment=folder.environment(**more))

    def local_token(folder):
        shown = run([executable, "env", "print", "--shell", "bash"], folder)
        return re.search(r"ANTHROPIC_AUTH_TOKEN=['\"]?([^'\"\n]+)", shown.stdout).group(1)

    def token():
        with Folder().write(routes=sandbox_routes("token")) as folder, served(folder) as sallyport:
            def ask(**fields):
                named = {k.replace("_", "-"): v for k, v in fields.items()}
                return web.request(sallyport.port, target="/v1/models", fields=named)

            secret = local_token(folder)
            expect_equal(ask().status, 401, "without a token")
            expect_equal(ask().field("X-Sallyport-Error"), "token_required", "code")
            expect_equal(ask(Authorization="Bearer wrong").status, 401, "with a wrong one")
            expect_equal(ask(Authorization=f"Bearer {secret}").status, 200, "as Authorization")
            expect_equal(ask(x_api_key=secret).status, 200, "as x-api-key")

    def token_file():
        with Folder().write(routes=sandbox_routes("token")) as folder, served(folder):
            secret = local_token(folder)
            holders = [p for p in folder.state.rglob("*")
                       if p.is_file() and secret in p.read_text(errors="replace")]
            expect(holders, "no file of the state folder holds the token")
            for path in holders:
                expect_equal(stat.S_IMODE(path.stat().st_mode), 0o600, f"mode of {path.name}")
            with served(folder):
                expect_equal(local_token(folder), secret, "the token after another start")

    def foreign_pages():
        """No web page may use a route that has a key behind it."""
        with Folder().write(routes=sandbox_routes("token")) as folder, served(folder) as sallyport:
            secret = local_token(folder)

            def ask(**fields):
                return web.request(sallyport.port, target="/v1/models",
                                   fields={"Authorization": f"Bearer {secret}", **fields})

            foreign = ask(Origin="https://evil.example")
            expect_equal((foreign.status, foreign.field("X-Sallyport-Error")),
                         (403, "forbidden_origin"), "a foreign Origin")
            named = ask(Host="evil.example")
            expect_equal((named.status, named.field("X-Sallyport-Error")),
                         (403, "forbidden_host"), "a foreign Host")
            expect_equal(ask(Host=f"localhost:{sallyport.port}").status, 200, "Host: localhost")

    def credential():
        with Origin(lambda exchange, _: exchange.reply(200, b"ok")) as origin:
            for form, field, value in (("bearer", "Authorization", f"Bearer {KEY}"),
                                       ("x-api-key", "x-api-key", KEY)):
                origin.seen.clear()
                routes = origin_routes(origin.url, "token", upstream_extra=(
                    f"    credential: env:CORP_KEY\n    credential_as: {form}\n"))
                with Folder().write(routes=routes) as folder, \
                        served(folder, CORP_KEY=KEY) as sallyport:
                    secret = local_token(folder)
                    done = web.request(sallyport.port, target="/v1/models", fields={
                        "Authorization": f"Bearer {secret}", "x-api-key": secret})
                    expect_equal(done.status, 200, "status")
                    seen = origin.seen[0]
                    expect_equal(seen.field(field), value, field)
                    other = "x-api-key" if form == "bearer" else "Authorization"
                    expect_equal(seen.field(other), None, other)
                    expect(secret not in repr(seen.fields), "the local token left the machine")

    def pass_through():
        with Origin(lambda exchange, _: exchange.reply(200, b"ok")) as origin:
            routes = origin_routes(origin.url, upstream_extra="    credential: none\n")
            with Folder().write(routes=routes) as folder, served(folder) as sallyport:
                web.request(sallyport.port, fields={"Authorization": "Bearer own"})
                expect_equal(origin.seen[0].field("Authorization"), "Bearer own", "Authorization")

    def loopback_only():
        settings = "listen: 0.0.0.0:0\n"
        with Folder().write(routes=sandbox_routes(), settings=settings) as folder:
            done = run([executable, "serve"], folder)
            expect_equal(done.returncode, 2, "exit code")
            expect("allow_remote" in done.stderr + done.stdout, "the way out is not named")

    return [
        ("a route with access: token wants the local token", token),
        ("the token is kept 0600 and stays the same", token_file),
        ("a foreign Origin and a foreign Host are refused", foreign_pages),
        ("the client's credential is replaced by the upstream's", credential),
        ("credential: none passes the client's own on", pass_through),
        ("a listener for other machines has to be allowed", loopback_only),
    ]
