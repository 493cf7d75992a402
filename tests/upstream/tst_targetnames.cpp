// SPDX-License-Identifier: MIT
#include "core/upstream/targetnames.h"

#include <QTest>

using namespace sallyport;

namespace {

UpstreamTarget target(const char* host, quint16 port, const char* basePath, int weight = 1) {
    UpstreamTarget out;
    out.host = host;
    out.port = port;
    out.basePath = basePath;
    out.weight = weight;
    return out;
}

} // namespace

class TestTargetNames : public QObject {
    Q_OBJECT
private slots:
    void namesAreHostAndPort() {
        const auto specs = targetSpecs({target("a.test", 443, "/llm", 3), target("::1", 80, "")});
        QCOMPARE(specs[0].name, QStringLiteral("a.test:443"));
        QCOMPARE(specs[0].weight, 3);
        QCOMPARE(specs[1].name, QStringLiteral("[::1]:80"));
    }
    void twoOnOneServerAreToldApartByTheirPath() {
        const auto specs = targetSpecs({target("a.test", 443, "/one"), target("a.test", 443, ""),
                                        target("b.test", 443, "/one")});
        QCOMPARE(specs[0].name, QStringLiteral("a.test:443/one"));
        QCOMPARE(specs[1].name, QStringLiteral("a.test:443"));
        QCOMPARE(specs[2].name, QStringLiteral("b.test:443"));
    }
};

QTEST_GUILESS_MAIN(TestTargetNames)
#include "tst_targetnames.moc"
