// SPDX-License-Identifier: MIT
#include "core/authority/localauthority.h"
#include "tests/tls/opensslclient.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <vector>
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace sallyport;
using namespace sallyport::test;

namespace {

const HostList kHosts{"*.c.test", "127.0.0.1", "a.test"};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll();
}

/// The machine's clock, which the client's verifier goes by, and some days more.
class MovedClock final : public Clock {
public:
    [[nodiscard]] Monotonic now() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] WallTime wallNow() const override {
        return std::chrono::system_clock::now() + moved;
    }
    std::chrono::hours moved{0};
};

void shakeHands(TlsEngine& server, OpenSslClient& client) {
    client.take();
    for (int i = 0; i < 5 && !client.hasFailed; ++i) {
        const QByteArray bytes = client.give();
        server.setInput(bytes);
        server.handshake();
        server.keepRest();
        client.take(server.takeOutput());
    }
}

struct Fixture {
    void create(const HostList& hosts = kHosts) {
        const QDateTime now = QDateTime::currentDateTimeUtc().addSecs(clock.moved.count() * 3600);
        QVERIFY(updateAuthority(dir.path(), hosts, now, AuthorityWish::Create).isOk());
    }
    /// Whether a client that trusts `root` alone, and starts the clock on that day, accepts it.
    bool isTrusted(const QByteArray& host, const QByteArray& root) {
        auto engine = authority.engineFor(host);
        if (!engine) return false;
        OpenSslClientOptions options;
        options.root = root;
        const bool isAddress = host[0] >= '0' && host[0] <= '9';
        (isAddress ? options.address : options.serverName) = host;
        options.tune = [this](SSL_CTX* context) {
            X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(context),
                                       std::chrono::system_clock::to_time_t(clock.wallNow()));
        };
        OpenSslClient client(options);
        shakeHands(**engine, client);
        return client.isEstablished() && !client.hasFailed;
    }
    [[nodiscard]] QByteArray bundle() const { return contentOf(authority.status().bundlePath); }

    QTemporaryDir dir;
    MovedClock clock;
    LocalAuthority authority{dir.path(), clock};
};

} // namespace

class TestLocalAuthority : public QObject {
    Q_OBJECT
private slots:
    void aClientThatTrustsItIsServed_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("a name") << QByteArray("a.test");
        QTest::newRow("below a suffix") << QByteArray("x.c.test");
        QTest::newRow("an address") << QByteArray("127.0.0.1");
    }
    void aClientThatTrustsItIsServed() {
        QFETCH(QByteArray, host);
        Fixture f;
        f.create();
        QCOMPARE(f.authority.follow(kHosts), QString());
        QCOMPARE(f.authority.problemFor(host), QString());
        QVERIFY(f.isTrusted(host, f.bundle()));
    }

    void withoutOneTheWayOutIsTold() {
        Fixture f;
        QCOMPARE(f.authority.follow(kHosts), QString());
        QVERIFY(f.authority.problemFor("a.test").contains(u"sallyport ca create"));
        const auto engine = f.authority.engineFor("a.test");
        QVERIFY(!engine.isOk());
        QCOMPARE(engine.error(), f.authority.problemFor("a.test"));
    }

    void anotherHostHasNoCertificate() {
        Fixture f;
        f.create();
        QVERIFY(f.authority.follow(kHosts).isEmpty());
        QVERIFY(f.authority.problemFor("bank.example").contains(u"bank.example"));
        QVERIFY(!f.authority.engineFor("bank.example").isOk());
    }

    void whatTheCommandLineDoesCountsAtOnce() {
        Fixture f;
        QVERIFY(f.authority.follow(kHosts).isEmpty());
        QVERIFY(!f.authority.problemFor("a.test").isEmpty());
        f.create();
        QCOMPARE(f.authority.problemFor("a.test"), QString());
        QVERIFY(AuthorityFolder(f.dir.path()).remove().value());
        QVERIFY(!f.authority.problemFor("a.test").isEmpty());
        QVERIFY(!f.authority.engineFor("a.test").isOk()); // the leaf that was kept is gone too
    }

    void aRenewalIsNotNoticedByWhatRuns() {
        Fixture f;
        f.create();
        QVERIFY(f.authority.follow(kHosts).isEmpty());
        const QByteArray old = f.bundle();
        f.clock.moved = std::chrono::hours(24 * 705);
        QVERIFY(f.authority.follow(kHosts).contains(u"near its end"));
        const QByteArray both = f.bundle();
        QVERIFY(both.endsWith(old) && both != old);
        QVERIFY(f.isTrusted("a.test", old));
        QVERIFY(f.isTrusted("a.test", both));
        // On its last day the new one signs.
        f.clock.moved = std::chrono::hours(24 * 730);
        QVERIFY(f.authority.follow(kHosts).isEmpty());
        QVERIFY(!f.isTrusted("a.test", old));
        QVERIFY(f.isTrusted("a.test", both));
    }

    void aHostMoreIsNotNoticedByWhatRuns() {
        Fixture f;
        f.create({"a.test"});
        QVERIFY(f.authority.follow({"a.test"}).isEmpty());
        const QByteArray old = f.bundle();
        QVERIFY(f.authority.follow({"a.test", "b.test"}).contains(u"has changed"));
        QVERIFY(f.isTrusted("a.test", old));
        QVERIFY(!f.isTrusted("b.test", old));
        QVERIFY(f.isTrusted("b.test", f.bundle()));
    }

    void leavesAreKeptAndMadeAnewInTime() {
        Fixture f;
        f.create();
        QVERIFY(f.authority.follow(kHosts).isEmpty());
        QVERIFY(f.isTrusted("a.test", f.bundle()));
        f.clock.moved = std::chrono::hours(CaCertificate::kLeafHours + 1);
        QVERIFY(f.isTrusted("a.test", f.bundle()));
    }

    /// With one connection each that stands.
    void aHostCostsLessThanAMebibyte() {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
        Fixture f;
        f.create({"*.c.test"});
        QVERIFY(f.authority.follow({"*.c.test"}).isEmpty());
        QVERIFY(f.isTrusted("first.c.test", f.bundle()));
        constexpr int kCount = 100;
        const std::size_t before = mallinfo2().uordblks;
        std::vector<std::unique_ptr<TlsEngine>> engines;
        for (int i = 0; i < kCount; ++i) {
            auto engine = f.authority.engineFor(QByteArray::number(i) + ".c.test");
            QVERIFY(engine.isOk());
            OpenSslClient client({});
            shakeHands(**engine, client);
            QVERIFY(client.isEstablished());
            engines.push_back(std::move(engine).value());
        }
        const double each = double(mallinfo2().uordblks - before) / 1024 / kCount;
        qInfo("a host with a connection takes %.1f KiB", each);
        QVERIFY(each < 1024);
#else
        QSKIP("the allocator does not tell what it gave");
#endif
    }

    void aLeafIsMintedInLessThanTwoMilliseconds() {
        Fixture f;
        f.create({"*.c.test"});
        const auto loaded = AuthorityFolder(f.dir.path()).load();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        constexpr int kLeaves = 200;
        const std::clock_t begin = std::clock(); // CPU time: other processes count for nothing
        for (int i = 0; i < kLeaves; ++i)
            QVERIFY(loaded->current->mintLeaf(QByteArray::number(i) + ".c.test", now).isOk());
        const double each = 1e3 * double(std::clock() - begin) / CLOCKS_PER_SEC / kLeaves;
        qInfo("a leaf takes %.3f ms", each);
#ifdef NDEBUG // sanitizers and debug builds are slower
        QVERIFY(each < 2.0);
#endif
    }
};

QTEST_GUILESS_MAIN(TestLocalAuthority)
#include "tst_localauthority.moc"
