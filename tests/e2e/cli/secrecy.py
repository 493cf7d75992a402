# SPDX-License-Identifier: MIT
"""Secrets planted wherever one can come in, then looked for in everything that we write."""

import re

import web
from harness import Folder, Served, expect, free_port, origin_routes, run
from origin import Origin

PLANTED = {
    "upstream key": "planted-upstream-key-AAAA1111",
    "client bearer": "planted-client-bearer-BBBB2222",
    "client key": "planted-client-key-CCCC3333",
    "cookie": "planted-cookie-DDDD4444",
    "set-cookie": "planted-set-cookie-EEEE5555",
    "query key": "planted-query-key-FFFF6666",
    "user information": "planted-password-GGGG7777",
    "proxy password": "planted-proxy-HHHH8888",
    "custom field": "planted-custom-IIII9999",
}


def checks(options):
    executable = options.sallyport

    def send(port, target):
        web.request(port, "POST", target, content=web.small_turn(), fields={
            "Authorization": f"Bearer {PLANTED['client bearer']}",
            "x-api-key": PLANTED["client key"],
            "Cookie": f"session={PLANTED['cookie']}",
            "Proxy-Authorization": f"Basic {PLANTED['proxy password']}",
            "X-Custom-Secret": PLANTED["custom field"]})

    def never_written():
        def response(exchange, _):
            exchange.reply(200, b"{}", Set_Cookie=f"s={PLANTED['set-cookie']}")

        with Origin(response) as origin:
            routes = origin_routes(origin.url, upstream_extra="    credential: env:CORP_KEY\n")
            routes = routes.replace("path: /}", "path: /v1}")
            dead = f"http://user:{PLANTED['user information']}@127.0.0.1:{free_port()}"
            settings = "log: {level: trace}\n"
            with Folder().write(routes=routes, settings=settings) as folder:
                environment = folder.environment(CORP_KEY=PLANTED["upstream key"])
                with Served(executable, folder, "--listen", "127.0.0.1:0",
                            environment=environment) as sallyport:
                    target = f"/v1/messages?key={PLANTED['query key']}"
                    send(sallyport.port, target)
                    send(sallyport.port, f"{dead}{target}")  # absolute-form, and it fails
                    web.request(sallyport.port, target=f"/nowhere?token={PLANTED['query key']}")
                    web.request(sallyport.port, target=f"/x?token={PLANTED['query key']}",
                                fields={"Host": "evil.example"})
                    sallyport.stop()
                    _nothing_in(_everything_written(folder, sallyport))
                    log = sallyport.log()
                expect("/v1/messages" in log, "the log says nothing of the request")
                expect("no enabled route takes GET /nowhere" in log, "nor of the one without a route")
                expect("sallyport" in log.lower() or "=" in log, "no log at all")

    def nor_by_env():
        routes = origin_routes("http://127.0.0.1:1", upstream_extra="    credential: env:CORP_KEY\n")
        with Folder().write(routes=routes) as folder:
            environment = folder.environment(CORP_KEY=PLANTED["upstream key"])
            said = ""
            for command in (["plan"], ["status"], ["status", "--json"], ["apply"], ["plan"],
                            ["undo"]):
                done = run([executable, "env", *command], folder, environment)
                said += done.stdout + done.stderr
            _nothing_in({"env": said})
            token = re.search(r"ANTHROPIC_AUTH_TOKEN=['\"]?([^'\"\n]+)",
                              run([executable, "env", "print", "--shell", "bash"], folder,
                                  environment).stdout).group(1)
            expect(token not in said, "plan, status, apply or undo show the local token")

    return [
        ("no planted secret is in the log, the state or the output", never_written),
        ("env plan, status, apply and undo show no secret", nor_by_env),
    ]


def _everything_written(folder, sallyport):
    texts = {"standard error": sallyport.log(), "standard output": sallyport.output()}
    for top in (folder.state, folder.home, folder.work):
        for path in top.rglob("*"):
            if path.is_file():
                texts[str(path.relative_to(folder.root))] = path.read_bytes().decode("latin-1")
    return texts


def _nothing_in(texts):
    for where, text in texts.items():
        for name, secret in PLANTED.items():
            expect(secret not in text, f"the {name} is in {where}")
