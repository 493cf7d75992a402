# SPDX-License-Identifier: MIT
"""`/metrics` and what is packaged for it, held against Prometheus itself."""

import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import urllib.parse

import web
from harness import Folder, Served, Unmet, expect, expect_equal, expect_in, free_port, \
    origin_routes, run, wait_for
from origin import Origin

PACKAGING = pathlib.Path(__file__).resolve().parents[3] / "packaging" / "prometheus"


def program(name):
    found = shutil.which(name)
    if not found:
        raise Unmet(f"{name} is not here; Debian has it in the package prometheus")
    return found


def samples(text):
    """Name with labels to value."""
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")
    return {name: float(value) for name, value in pairs}


def total(found, prefix):
    return sum(value for name, value in found.items() if name.startswith(prefix))


class Scraper:
    """A Prometheus with the packaged alerts that scrapes one port each second."""

    def __init__(self, folder, port):
        shutil.copy(PACKAGING / "alerts.yml", folder.work)
        configuration = (PACKAGING / "scrape.yml").read_text()
        (folder.work / "scrape.yml").write_text(
            "global: {evaluation_interval: 1s}\n"
            + configuration.replace("127.0.0.1:8899", f"127.0.0.1:{port}")
            .replace("scrape_interval: 15s", "scrape_interval: 1s"))
        self.port = free_port()
        self._process = subprocess.Popen(
            [program("prometheus"), "--config.file=scrape.yml", "--storage.tsdb.path=tsdb",
             f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error"],
            cwd=folder.work, env=folder.environment(), stdin=subprocess.DEVNULL)

    def ask(self, path, **parameters):
        try:
            response = web.request(self.port,
                                   target=f"/api/v1/{path}?{urllib.parse.urlencode(parameters)}")
        except OSError:
            return None
        return response.json() if response.status in (200, 400) else None

    def value(self, query):
        answer = self.ask("query", query=query)
        result = answer and answer.get("data", {}).get("result")
        return float(result[0]["value"][1]) if result else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(15)


def checks(options):
    executable = options.sallyport

    def served(folder):
        return Served(executable, folder, "--listen", "127.0.0.1:0")

    def respond(exchange, seen):
        if seen.target.startswith("/broken"):
            exchange.reply(500)
        else:
            exchange.reply(200, b"x" * 100)

    def promtool_is_content():
        with Origin(respond) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport:
            for target in ("/a", "/broken", "/healthz"):
                web.request(sallyport.port, target=target)
            response = web.request(sallyport.port, target="/metrics")
            expect_equal(response.field("Content-Type"),
                         "text/plain; version=0.0.4; charset=utf-8", "its type")
            checked = subprocess.run([program("promtool"), "check", "metrics"],
                                     input=response.content, capture_output=True, check=False)
            expect_equal((checked.returncode, checked.stderr), (0, b""), "promtool check metrics")

    def packaged_files_are_right():
        with Folder() as folder:
            for name in ("alerts.yml", "scrape.yml"):
                shutil.copy(PACKAGING / name, folder.work)
            for what, name in (("rules", "alerts.yml"), ("config", "scrape.yml")):
                checked = run([program("promtool"), "check", what, name], folder)
                expect_equal(checked.returncode, 0, f"promtool check {what}: {checked.stderr}")

    def figures_are_right_under_load():
        requests, at_once = 2000, 8
        with Origin(respond) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport:
            def some(_):
                for _ in range(requests // at_once // 10):
                    for number in range(10):
                        method = "POST" if number % 2 else "GET"
                        web.request(sallyport.port, method, "/broken" if number == 0 else "/a",
                                    content=b"12345" if number % 2 else None)
                    web.request(sallyport.port, target="/metrics")

            with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
                list(pool.map(some, range(at_once)))
            found = samples(web.request(sallyport.port, target="/metrics").content.decode())
            sent = requests // at_once // 10 * 10 * at_once
            expect_equal(total(found, 'sallyport_requests_total{route="all"'), sent, "requests")
            expect_equal(total(found, 'sallyport_requests_total{route="all",method="GET",'
                                      'status="500"}'), sent / 10, "errors")
            expect_equal(found['sallyport_request_duration_seconds_count{route="all"}'], sent,
                         "durations")
            expect_equal(found['sallyport_request_bytes_total{route="all"}'], sent / 2 * 5,
                         "bytes from clients")
            expect_equal(found['sallyport_response_bytes_total{route="all"}'], sent * 0.9 * 100,
                         "bytes to clients")
            expect_equal(found["sallyport_inflight_requests"], 1, "only this scrape is under way")

    def names_stay_bounded():
        routes = ("upstreams:\n  - {name: s, sandbox: true}\nroutes:\n"
                  + "".join(f"  - {{name: r{i}, match: {{path: /r{i}}}, access: open, "
                            "respond: {status: 200}}\n" for i in range(300)))
        with Folder().write(routes=routes) as folder, served(folder) as sallyport:
            for i in range(300):
                web.request(sallyport.port, target=f"/r{i}")
                web.request(sallyport.port, method=f"M{i}", target=f"/r{i}")
            text = web.request(sallyport.port, target="/metrics").content.decode()
            named = set(re.findall(r'sallyport_requests_total\{route="([^"]*)"', text))
            expect_equal(len(named - {"other", "none"}), 200, "routes by name")
            expect_in('route="other",method="other",status="200"} 100', text, "the others")

    def prometheus_scrapes_it():
        with Origin(respond) as origin, Folder().write(routes=origin_routes(origin.url)) as folder, \
                served(folder) as sallyport:
            for target in ["/a"] * 5 + ["/broken"] * 2:
                web.request(sallyport.port, target=target)
            with Scraper(folder, sallyport.port) as scraper:
                wait_for(lambda: scraper.value('up{job="sallyport"}') == 1, 30, "it is scraped")
                expect_equal(scraper.value('sum(sallyport_requests_total{route="all"})'), 7,
                             "requests, as Prometheus has them")
                expect_equal(scraper.value("sallyport_upstream_up"), 1, "the target is up")
                targets = scraper.ask("targets")["data"]["activeTargets"]
                expect_equal(targets[0]["lastError"], "", "the last scrape")
                dashboard_is_answered(scraper)
                wait_for(lambda: rules_are_well(scraper), 30, "all alert rules evaluated")

    def dashboard_is_answered(scraper):
        known = set(scraper.ask("metadata")["data"])
        dashboard = json.loads((PACKAGING / "grafana-dashboard.json").read_text())
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                query = (target["expr"].replace("$__rate_interval", "1m")
                         .replace("$job", ".*").replace("$instance", ".*"))
                answer = scraper.ask("query", query=query)
                expect(answer and answer["status"] == "success",
                       f"panel “{panel['title']}”: {answer}")
                for name in re.findall(r"\b((?:sallyport|process)_\w+)", query):
                    family = {name, name.removesuffix("_bucket"), name.removesuffix("_total")}
                    expect(family & known, f"panel “{panel['title']}”: no metric {name}")

    def rules_are_well(scraper):
        groups = scraper.ask("rules")["data"]["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        bad = [rule["name"] for rule in rules if rule["health"] == "err"]
        expect(rules and not bad, f"rules with errors: {bad}")
        return all(rule["health"] == "ok" for rule in rules)

    def version():
        with Folder() as folder, served(folder) as sallyport:
            told = web.request(sallyport.port, target="/_sallyport/version").json()
            expect_equal(told["name"], "sallyport", "name")
            shown = run([executable, "--version"], folder).stdout.split()
            expect_equal(told["version"], shown[1], "version")
            expect(re.fullmatch(r"[0-9a-f]{7,40}|unknown", told["commit"]), "commit")

    return [
        ("promtool has nothing to say of the metrics", promtool_is_content),
        ("promtool takes the packaged alerts and the scrape configuration",
         packaged_files_are_right),
        ("the figures are right under load", figures_are_right_under_load),
        ("names in labels stay bounded", names_stay_bounded),
        ("a real Prometheus scrapes it, the dashboard's queries and the alert rules work",
         prometheus_scrapes_it),
        ("the version is told as JSON", version),
    ]
