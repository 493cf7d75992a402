// SPDX-License-Identifier: MIT
#include "core/config/loader.h"

#include <QTest>

using namespace sallyport;

class TestLoading : public QObject {
    Q_OBJECT
private slots:
    void x() {
        auto r = parseRoutes(            "upstreams:\n"
            "  - name: origin\n"
            "    targets: [{url: \"http://127.0.0.1:19080\"}]\n"
            "    credential: none\n"
            "    timeouts: {connect: 2s, first_byte: 5s, idle: 60s}\n"
            "routes:\n"
            "  - name: everything\n"
            "    match: {path: /}\n"
            "    upstream: origin\n"
            "    access: open\n"
            "    keepalive_comment: 0s\n"
            "forward: {enabled: true, ports: [1-65535]}\n", QStringLiteral("/tmp/r.yaml"));
        if (!r) qDebug() << r.error().toString();
        QVERIFY(r.isOk());
        for (const char* t : {"listen: 127.0.0.1:19200\naccess: {token: none}\nlog: {level: debug}\nlimits: {header_timeout: 5s}\n", "a: b\n\tc: d\n", "lisen: 4\n", "listen: 8899\n", "access: {allow_remote: true, token: none}", "listen: 0.0.0.0:1", "", "listen: [a\n", "drain: 5\nlog: {level: inf}", "a: b: c", "- a\nb", "history: {enabled: true}", "history: {enabled: false}", "x: \x04", "drain: 1s\ndrain: 2s", "---\na: b\n---\n c: d\n"}) {
            auto s = parseSettings(t, QStringLiteral("/tmp/s.yaml"));
            qDebug() << t << "->" << (s ? QStringLiteral("ok") : s.error().toString());
        }
    }
};
QTEST_GUILESS_MAIN(TestLoading)
#include "tst_loading.moc"
