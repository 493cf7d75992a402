// SPDX-License-Identifier: MIT
#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {
const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");
}

class TestRoutesRefused : public QObject {
    Q_OBJECT
    static void row(const char* tag, const QByteArray& yaml, const char* message) {
        QTest::newRow(tag) << yaml << QString::fromUtf8(message);
    }
    static void columns() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("message"); ///< its beginning, with line and column
    }
    static void check() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, message);
        const auto file = parseRoutes(yaml, kFile);
        QVERIFY(!file.isOk());
        const QString wanted = kFile + QLatin1Char(':') + message;
        QCOMPARE(file.error().toString().left(wanted.size()), wanted);
    }
private slots:
    void upstreams_data() {
        columns();
        const auto line = [](const char* tag, const char* text, const char* message) {
            row(tag,
                "upstreams:\n  - name: u\n    targets: [{url: http://a.example}]\n    " +
                    QByteArray(text) + "\n",
                message);
        };
        line("an unknown key names the nearest", "credental: none",
             "4:5: \"credental\" is not a key of an upstream; did you mean \"credential\"?");
        line("another policy", "policy: random",
             "4:13: policy: \"random\" is none of failover, round-robin, least-active");
        line("health without a path", "health: {every: 5s}",
             "4:13: health needs the path that is asked");
        line("health with nothing", "health: {}", "4:13: health needs the path that is asked");
        line("a path without a slash", "health: {path: healthz}",
             "4:20: path: \"healthz\" is not a path; write one like /healthz");
        line("a path with a blank", "health: {path: \"/a b\"}",
             "4:20: path: \"/a b\" is not a path");
        line("probes without a pause", "health: {path: /, every: 10ms}",
             "4:30: every: \"10ms\" is too often; write 100ms or more");
        line("no failed probe", "health: {path: /, fall: 0}",
             "4:29: fall: \"0\" is not a whole number from 1 to 10000");
        line("a half good probe", "health: {path: /, rise: 1.5}",
             "4:29: rise: \"1.5\" is not a whole number");
        line("another key of health", "health: {path: /, timeout: 1s}",
             "4:23: \"timeout\" is not a key of \"health\"");
        line("health that is a word", "health: /healthz", "4:13: \"health\" is written as");
        line("a breaker without failures", "breaker: {failures: 0}",
             "4:25: failures: \"0\" is not a whole number from 1 to 10000");
        line("a rate without its sign", "breaker: {error_rate: 50}",
             "4:27: error_rate: \"50\" is not a part of a whole; write one from 1% to 100%");
        line("a rate above the whole", "breaker: {error_rate: 101%}",
             "4:27: error_rate: \"101%\" is not a part of a whole");
        line("no window", "breaker: {window: 0s}", "4:23: window: \"0s\" is no time at all");
        line("open for no time", "breaker: {open_for: 0}", "4:25: open_for: \"0\" is no time");
        line("another key of a breaker", "breaker: {errors: 5}",
             "4:15: \"errors\" is not a key of \"breaker\"");
        line("a way that is no word of ours", "via: corporate",
             "4:10: via: this is no way out: a proxy is spoken to in plain HTTP");
        line("a proxy in TLS", "via: \"https://p.example:3128\"",
             "4:10: via: this is no way out: a proxy is spoken to in plain HTTP");
        line("a SOCKS proxy", "via: socks5://p.example:1080",
             "4:10: via: this is no way out: a proxy is spoken to in plain HTTP");
        line("a proxy without a port", "via: http://p.example",
             "4:10: via: this is no way out: it needs a host and a port");
        line("a proxy at port 0", "via: http://p.example:0",
             "4:10: via: this is no way out: it needs a host and a port");
        line("a proxy without a host", "via: \"http://:3128\"",
             "4:10: via: this is no way out: it needs a host and a port");
        line("a proxy with a path", "via: http://p.example:3128/pac",
             "4:10: via: this is no way out: a proxy has no path");
        line("a proxy with a query", "via: \"http://p.example:3128?x\"",
             "4:10: via: this is no way out: a proxy has no path, query or fragment");
        line("an empty user of a proxy", "via: http://:pass@p.example:3128",
             "4:10: via: this is no way out: its user is empty");
        line("a user of a proxy with a colon", "via: http://a%3Ab:pass@p.example:3128",
             "4:10: via: this is no way out: its user is empty, or has a colon");
        line("a password of a proxy with a line break", "via: http://a:b%0Ac@p.example:3128",
             "4:10: via: this is no way out: its user is empty, or has a colon or a control");
        line("a way that is a list", "via: [direct]", "4:10: \"via\" takes a single value");
        line("a password for no user", "via_credential: env:P",
             "4:21: via_credential: a password belongs to a user; name that in via");
        line("a password, and the system names the proxies",
             "via: system\n    via_credential: env:P",
             "5:21: via_credential: a password belongs to a user");
        line("a password of another form",
             "via: http://a@p.example:3128\n    via_credential: secret", "5:21: via_credential: ");
        line("two passwords", "via: http://a:b@p.example:3128\n    via_credential: env:P",
             "5:21: via_credential: there is a password in via already");
        line("HTTP/2 by a word of its own", "http2: h2c", "4:12: http2: ");
        line("HTTP/2 in quotes", "http2: \"true\"",
             "4:12: http2: true and false are written without");
        line("HTTP/2 as a list", "http2: [true]", "4:12: \"http2\" takes a single value");
        line("no entry of the keychain", "credential: \"keychain:\"",
             "4:17: credential: what stands behind \"keychain:\" is not");
        line("none among several", "credentials: [env:A, none]",
             "4:26: credentials: none is no key");
        line("no keys", "credentials: []", "4:18: credentials: a list of 1 to 64 keys");
        line("keys that are no list", "credentials: env:A", "4:18: credentials: a list is needed");
        line("a key that is a map", "credentials: [{env: A}]",
             "4:19: credentials: each item is a single value");
        line("the secret itself among keys", "credentials: [sk-ant-1]",
             "4:19: credentials: this names no place of a secret");
        line("two ways to a credential", "credential: env:A\n    credentials: [env:B]",
             "5:18: credentials: an upstream has one of credential, credentials and");
        line("a credential beside a command",
             "credential_command: {run: [x]}\n    credential: none",
             "4:25: credential_command: an upstream has one of");
        line("a command in one word", "credential_command: {run: corp-token --print}",
             "4:31: run: a list is needed here");
        line("a command without a program", "credential_command: {ttl: 1m}",
             "4:25: run: the program and its arguments are needed here");
        line("an empty program", "credential_command: {run: [\"\"]}",
             "4:31: run: the program and its arguments");
        line("a command that is text", "credential_command: corp-token", "4:25: \"credential_comm");
        line("a command for ever", "credential_command: {run: [x], timeout: 1h}",
             "4:45: timeout: requests wait for the command; write 5m or less");
        line("a token without a time", "credential_command: {run: [x], ttl: 0s}",
             "4:41: ttl: \"0s\" is no time at all");
        line("a secret has no place here", "credential: sk-ant-1",
             "4:17: credential: this names no place of a secret");
        line("another form of credential", "credential_as: basic",
             "4:20: credential_as: \"basic\" is none of bearer, x-api-key");
        line("a time without a unit", "timeouts: {connect: 5}",
             "4:25: connect: \"5\" is not a time");
        line("no time at all", "timeouts: {idle: 0s}", "4:22: idle: \"0s\" is no time at all");
        line("another time", "timeouts: {read: 5s}", "4:16: \"read\" is not a key of \"timeouts\"");
        line("a key without its certificate", "tls: {key: me.key}",
             "4:16: key: a key belongs to a certificate; name that as cert");
        line("another key of tls", "tls: {crt: me.pem}", "4:11: \"crt\" is not a key of \"tls\"");
        line("a word that is neither", "tls: {verify: off}", "4:19: verify: \"off\" is not a s");
        line("a sandbox with targets", "sandbox: true",
             "3:14: targets: the sandbox answers on this machine");
        line("a recording with targets", "replay: a.jsonl",
             "3:14: targets: recorded exchanges are served on this machine");
        row("a recording without a file", "upstreams:\n  - name: u\n    replay: \"\"\n",
            "3:13: replay: this names a file with recorded exchanges, like replay: bug-4711.jsonl");
        row("a recording that is a list", "upstreams:\n  - name: u\n    replay: [a]\n", "3:13: ");
        row("a recording that is a sandbox",
            "upstreams:\n  - name: u\n    sandbox: true\n    replay: a.jsonl\n",
            "4:13: replay: an upstream is a sandbox or plays recorded exchanges");
        row("a speed without a recording",
            "upstreams:\n  - name: u\n    sandbox: true\n    replay_speed: 2\n",
            "4:19: replay_speed: only recorded exchanges have a speed");
        for (const char* speed : {"0", "1001", "1.5", "fast", "-1"}) {
            const QByteArray message =
                "4:19: replay_speed: \"" + QByteArray(speed) + "\" is no speed; ";
            row(QByteArray("a speed of " + QByteArray(speed)).constData(),
                "upstreams:\n  - name: u\n    replay: a.jsonl\n    replay_speed: " +
                    QByteArray(speed) + "\n",
                message.constData());
        }
        row("a weight of nothing",
            "upstreams: [{name: u, targets: [{url: http://a.example, weight: 0}]}]",
            "1:65: weight: \"0\" is not a whole number from 1 to 1000");
        row("the same target twice",
            "upstreams: [{name: u, targets: [{url: http://a.example}, {url: "
            "http://A.example:80/}]}]",
            "1:58: this target is there before");
        QByteArray many("upstreams: [{name: u, targets: [");
        for (int i = 0; i < 65; ++i)
            many += "{url: http://a.example/" + QByteArray::number(i) + "}, ";
        row("more targets than a group can have", many + "]}]",
            "1:1815: an upstream has at most 64 targets");
        row("no targets", "upstreams:\n  - name: u\n", "2:5: an upstream needs targets");
        row("a target without a url", "upstreams: [{name: u, targets: [{weight: 1}]}]",
            "1:33: a target needs a url");
        row("a target that is a word", "upstreams: [{name: u, targets: [http://a.example]}]",
            "1:33: a target is written as");
        row("targets that are no list", "upstreams: [{name: u, targets: {url: http://a.example}}]",
            "1:32: targets: a list is needed here");
        row("a url with a secret",
            "upstreams: [{name: u, targets: [{url: \"http://me:x@a.example\"}]}]",
            "1:39: url: \"http://‹redacted, 4 bytes›@a.example\" is not a base URL: it has a user "
            "name");
        row("no name", "upstreams: [{targets: [{url: http://a.example}]}]",
            "1:13: an upstream needs a name");
        row("an empty name", "upstreams: [{name: \"\", sandbox: true}]",
            "1:20: name: a name has 1 to 64");
        row("a name of two lines", "upstreams: [{name: \"a\\nb\", sandbox: true}]",
            "1:20: name: a name has 1 to 64");
        row("a name twice",
            "upstreams:\n  - {name: u, sandbox: true}\n  - {name: u, sandbox: true}\n",
            "3:5: there is a \"u\" before this one");
        row("upstreams in a map", "upstreams: {u: {}}", "1:12: upstreams: a list is needed here");
        row("an upstream that is a word", "upstreams: [u]", "1:13: an upstream is written as");
    }
    void upstreams() { check(); }

    void routes_data() {
        columns();
        const auto line = [](const char* tag, const char* text, const char* message) {
            row(tag, "routes:\n  - name: r\n    upstream: sandbox\n    " + QByteArray(text) + "\n",
                message);
        };
        line("an unknown key names the nearest", "enable: true",
             "4:5: \"enable\" is not a key of a route; did you mean \"enabled\"?");
        line("a switch in another spelling", "enabled: on",
             "4:14: enabled: \"on\" is not a switch; write true or false");
        line("a count of tokens in another word", "count_tokens: guess",
             "4:19: count_tokens: \"guess\" is none of");
        row("a count of tokens without an upstream",
            "routes: [{name: r, block: true, count_tokens: estimate}]",
            "1:47: count_tokens: only a route with an upstream");
        line("models in a list", "model: [a]", "4:12: model: names are written {");
        line("a pattern on the right", "model: {\"a*\": \"b*\"}", "4:13: \"a*\" and its value are");
        line("a model without a name", "model: {\"\": b}", "4:13: \"\" and its value are names");
        line("a model to a list", "model: {a: [b]}", "4:13: \"a\" and its value are names");
        line("an echo of nothing", "model_echo: true",
             "4:17: model_echo: without model nothing is");
        line("an echo in another word", "model: {a: b}\n    model_echo: yes",
             "5:17: model_echo: \"yes\" is not a switch");
        line("a beta that is two", "anthropic_beta: {set: [\"a, b\"]}",
             "4:28: set: \"a, b\" is not a value of anthropic-beta");
        line("a beta in another key", "anthropic_beta: {add: [a]}",
             "4:22: \"add\" is not a key of \"anthropic_beta\"");
        line("betas to remove that are no list", "anthropic_beta: {remove: a}",
             "4:30: remove: a list is needed here");
        line("forwarded as a word", "forwarded: append",
             "4:16: forwarded: \"append\" is not a switch");
        line("no content at all", "max_body: 0", "4:15: max_body: \"0\" is not from 1 to");
        line("a content without a unit that is known", "max_body: 5MB",
             "4:15: max_body: \"5MB\" is");
        line("a rate as a word", "rate: 60/m", "4:11: \"rate\" is written as");
        line("a rate without a time", "rate: {requests: 60}", "4:11: rate needs requests and per");
        line("a rate of nothing", "rate: {requests: 0, per: 1m}",
             "4:22: requests: \"0\" is not a whole number from 1 to");
        line("a rate per nothing", "rate: {requests: 1, per: 0s}",
             "4:30: per: \"0s\" is no time at all");
        line("a rate of a month", "rate: {requests: 1, per: 30d}",
             "4:30: per: a rate is of a day at most");
        line("a burst of nothing", "rate: {requests: 1, per: 1s, burst: 0}",
             "4:41: burst: \"0\" is not a whole number from 1 to");
        line("no places", "in_flight: 0", "4:16: in_flight: \"0\" is not a whole number from 1 to");
        line("places in a list", "in_flight: [4]", "4:16: \"in_flight\" is written as");
        line("a queue without places", "in_flight: {queue: 4}", "4:16: in_flight needs a number");
        line("a queue that is too long", "in_flight: {max: 1, queue: 1000000}",
             "4:32: queue: \"1000000\" is not a whole number from 0 to 10000");
        line("no time to wait", "in_flight: {max: 1, wait: 0s}",
             "4:31: wait: \"0s\" is no time at all");
        line("two actions", "block: true",
             "4:12: block: a route has exactly one of upstream, respond, redirect, block, direct");
        line("another access", "access: public", "4:13: access: \"public\" is none of token, open");
        line("a path without a slash", "match: {path: v1}",
             "4:19: path: \"v1\" is not the beginning of a path");
        line("a path that climbs", "match: {path: /a/../b}", "4:19: path: \"/a/../b\" is not");
        line("a path with a query", "match: {path: \"/a?b\"}", "4:19: path: \"/a?b\" is not");
        line("a method in small letters", "match: {methods: [GET, post]}",
             "4:28: methods: methods are written in capitals: \"POST\" instead of \"post\"");
        line("methods that are no list", "match: {methods: GET}",
             "4:22: methods: a list is needed here");
        line("a host with a port", "match: {host: \"a.example:80\"}",
             "4:19: host: \"a.example:80\" is not a host to match");
        line("a rewrite to no path", "rewrite: {prefix: v2}",
             "4:23: prefix: \"v2\" is not the beginning of a path");
        line("a rewrite of something else", "rewrite: {path: /v2}",
             "4:15: \"path\" is not a key of \"rewrite\"");
        line("a framing field set", "request_headers: {set: {content-length: 5}}",
             "4:29: \"content-length\" belongs to the connection");
        line("a framing field removed", "response_headers: {remove: [Transfer-Encoding]}",
             "4:33: remove: \"Transfer-Encoding\" belongs to the connection");
        line("Host removed", "request_headers: {remove: [Host]}",
             "4:31: remove: a request cannot go without Host");
        line("a name with a blank", "request_headers: {set: {X Team: a}}",
             "4:29: \"X Team\" is not the name of a field");
        line("a value of two lines", "request_headers: {set: {X-Team: \"a\\r\\nX: b\"}}",
             "4:29: the value of \"X-Team\" must be one line");
        line("a value that is missing", "request_headers: {set: {X-Team: }}",
             "4:29: the value of \"X-Team\" must be one line");
        line("a field twice in two spellings", "request_headers: {set: {X-Team: a, x-team: b}}",
             "4:40: \"x-team\" is here twice");
        line("fields in a list", "request_headers: {set: [X-Team]}",
             "4:28: set: fields are written {Name: value}");
        line("a trailer that decides who may do what", "request_trailers: [X-Sum, x_api_key]",
             "4:31: request_trailers: \"x_api_key\" must stand before the content");
        line("a trailer that is no name", "request_trailers: [X Sum]",
             "4:24: request_trailers: \"X Sum\" is not the name of a field");
        line("trailers that are no list", "request_trailers: X-Sum",
             "4:23: request_trailers: a list is needed here");
        line("a path with parameters", "match: {path: /a;b}", "4:19: path: \"/a;b\" is not");
        line("an upstream that is not there", "upstream: corp", "4:5: \"upstream\" is here twice");
        row("an unknown upstream names the nearest",
            "upstreams: [{name: corp, sandbox: true}]\nroutes: [{name: r, upstream: crop}]",
            "2:30: upstream: there is no upstream \"crop\" in this file; did you mean \"corp\"?");
        row("an action that is misspelt", "routes:\n  - name: r\n    upstraem: s",
            "3:5: \"upstraem\" is not a key of a route; did you mean \"upstream\"?");
        row("no action", "routes: [{name: r}]", "1:10: a route has exactly one of");
        row("a block that is off is no action", "routes: [{name: r, block: false}]",
            "1:10: a route has exactly one of");
        row("no name", "routes: [{block: true}]", "1:10: a route needs a name");
        row("a name twice", "routes:\n  - {name: r, block: true}\n  - {name: r, block: true}\n",
            "3:5: there is a \"r\" before this one");
        row("a status below 200", "routes: [{name: r, respond: {status: 100}}]",
            "1:38: status: \"100\" is not a whole number from 200 to 599");
        row("content where there is none", "routes: [{name: r, respond: {status: 204, body: x}}]",
            "1:49: body: a response with status 204 has no content");
        row("a response with its own framing",
            "routes: [{name: r, respond: {headers: {Connection: close}}}]",
            "1:40: \"Connection\" belongs to the connection");
        row("a redirect to nowhere", "routes: [{name: r, redirect: {status: 302}}]",
            "1:30: redirect: say where to");
        row("a redirect that is none", "routes: [{name: r, redirect: {status: 200, location: /a}}]",
            "1:39: status: \"200\" is none of 301, 302, 303, 307, 308");
        row("a redirect with a line end", "routes: [{name: r, redirect: \"/a\\r\\nX: b\"}]",
            "1:30: redirect: ");
        row("straight on without a host", "routes: [{name: r, direct: true}]",
            "1:28: direct: a request goes straight to the host");
    }
    void routes() { check(); }

    void theRest_data() {
        columns();
        row("an unknown section names the nearest", "route: []\n",
            "1:1: \"route\" is not a key of routes.yaml; did you mean \"routes\"?");
        row("a tunnel to a URL", "intercept: [\"https://a.example\"]\n",
            "1:13: intercept: \"https://a.example\" is not a host to open tunnels to");
        row("tunnels to every host", "intercept:\n  - a.example\n  - \"*\"\n",
            "3:5: intercept: \"*\" is not a host to open tunnels to");
        row("a tunnel to a port that is none", "intercept: [\"a.example:70000\"]",
            "1:13: intercept: \"a.example:70000\" is not a host");
        row("a tunnel to a path", "intercept: [a.example/x]", "1:13: intercept: ");
        row("a host twice in the list", "intercept: [a.example, b.example, A.Example]",
            "1:35: intercept: \"A.Example\" is here twice; keep one");
        row("the same with its usual port", "intercept: [a.example, \"a.example:443\"]",
            "1:24: intercept: \"a.example:443\" is here twice");
        row("hosts that are no list", "intercept: a.example",
            "1:12: intercept: a list is needed here");
        row("a network that is none", "forward: {deny: [169.254.0.0/16, intranet]}",
            "1:34: deny: \"intranet\" is not a network");
        row("ports that are no list", "forward: {ports: 443}",
            "1:18: ports: a list is needed here");
        row("a port that is none", "forward: {ports: [80, 70000]}",
            "1:23: ports: \"70000\" is not a port");
        row("another way out", "forward: {via: socks5://p.example:1080}", "1:16: via: ");
        row("a password for no user of forward's proxy",
            "forward: {via: http://p.example:3128, via_credential: env:P}",
            "1:55: via_credential: a password belongs to a user");
        row("a key of upstreams in forward", "forward: {credential: env:P}",
            "1:11: \"credential\" is not a key of \"forward\"");
        row("forward in a word", "forward: false", "1:10: \"forward\" is written as");
        row("a tab", "routes:\n\t- name: r\n", "2:1: YAML is indented with spaces");
        row("a key twice", "routes: []\nroutes: []\n", "2:1: \"routes\" is here twice");
        row("the first of many", "routes:\n  - name: a\n    upstreem: x\n  - name: a\nforwrd: 1\n",
            "3:5: \"upstreem\" is not a key of a route; did you mean \"upstream\"?");
    }
    void theRest() { check(); }

    void aListOfTheSameAliasIsRefusedInTime() {
        QByteArray yaml = "upstreams:\n  - &u {name: u, sandbox: true}\n";
        for (int i = 0; i < 90'000; ++i)
            yaml += "  - *u\n";
        const auto file = parseRoutes(yaml, kFile);
        QVERIFY(!file.isOk());
        QCOMPARE(file.error().line, 3);
    }
};

QTEST_APPLESS_MAIN(TestRoutesRefused)
#include "tst_routesrefused.moc"
