// SPDX-License-Identifier: MIT
#include "core/authority/constrainedhosts.h"

#include <QTest>

using namespace sallyport;

namespace {

HostList list(const char* words) {
    HostList hosts;
    for (const QByteArray& word : QByteArray(words).split(' '))
        if (!word.isEmpty()) hosts.push_back(word);
    return hosts;
}

} // namespace

class TestConstrainedHosts : public QObject {
    Q_OBJECT
private slots:
    void aHostIsAmongOthers_data() {
        QTest::addColumn<QByteArray>("hosts");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("is");
        const auto row = [](const char* tag, const char* hosts, const char* host, bool is) {
            QTest::newRow(tag) << QByteArray(hosts) << QByteArray(host) << is;
        };
        row("itself", "a.test b.test", "b.test", true);
        row("below it", "a.test", "x.a.test", false);
        row("above it", "x.a.test", "a.test", false);
        row("below a suffix", "*.a.test", "x.a.test", true);
        row("two below a suffix", "*.a.test", "x.y.a.test", true);
        row("the suffix itself", "*.a.test", "a.test", false);
        row("a name that ends like it", "*.a.test", "xa.test", false);
        row("a dot alone before it", "*.a.test", ".a.test", false);
        row("an address", "10.0.0.1", "10.0.0.1", true);
        row("another address", "10.0.0.1", "10.0.0.2", false);
        row("none", "", "a.test", false);
    }
    void aHostIsAmongOthers() {
        QFETCH(QByteArray, hosts);
        QFETCH(QByteArray, host);
        QTEST(isAmong(list(hosts.constData()), host), "is");
    }

    void hostsComeOutOfTheListOnce() {
        InterceptList intercepted;
        intercepted.entries = {{"b.test", 443}, {"a.test", 443}, {"b.test", 8443}};
        QCOMPARE(hostsOf(intercepted), list("a.test b.test"));
    }

    void constraintsHoldTheHosts_data() {
        QTest::addColumn<QByteArray>("hosts");
        QTest::addColumn<int>("excluded");
        QTest::newRow("names exclude both families of addresses")
            << QByteArray("a.test b.test") << 2;
        QTest::newRow("a suffix") << QByteArray("*.a.test") << 2;
        QTest::newRow("addresses exclude names") << QByteArray("10.0.0.1 ::1") << 1;
        QTest::newRow("names and addresses") << QByteArray("127.0.0.1 a.test") << 0;
    }
    void constraintsHoldTheHosts() {
        QFETCH(QByteArray, hosts);
        const PrivateKeyPtr key = makeKey();
        CertificateBuilder builder(*key, QDateTime::currentDateTimeUtc(),
                                   QDateTime::currentDateTimeUtc().addDays(1));
        const NameConstraintsPtr made = constraintsFor(list(hosts.constData()));
        QTEST(std::max(0, sk_GENERAL_SUBTREE_num(made->excludedSubtrees)), "excluded");
        builder.addExtensionValue(NID_name_constraints, made.get(), true);
        const X509Ptr certificate = builder.sign(nullptr, *key);
        QCOMPARE(hostsOf(*certificate), list(hosts.constData()));
    }

    void aCertificateWithoutConstraintsHasNoHosts() {
        const PrivateKeyPtr key = makeKey();
        CertificateBuilder builder(*key, QDateTime::currentDateTimeUtc(),
                                   QDateTime::currentDateTimeUtc().addDays(1));
        QVERIFY(hostsOf(*builder.sign(nullptr, *key)).empty());
    }

    void aStepThatFailsGivesNoCertificate() {
        const PrivateKeyPtr key = makeKey();
        CertificateBuilder builder(*key, QDateTime::currentDateTimeUtc(),
                                   QDateTime::currentDateTimeUtc().addDays(1));
        builder.addExtension(NID_basic_constraints, "critical,NONSENSE");
        QVERIFY(!builder.sign(nullptr, *key));
    }
};

QTEST_GUILESS_MAIN(TestConstrainedHosts)
#include "tst_constrainedhosts.moc"
