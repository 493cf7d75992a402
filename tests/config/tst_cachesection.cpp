// SPDX-License-Identifier: MIT
#include "core/config/cachesection.h"
#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {

const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");

Result<RoutesFile, ConfigError> withRoute(const QByteArray& lines) {
    return parseRoutes("routes:\n  - name: r\n    " + lines + "\n", kFile);
}

} // namespace

class TestCacheSection : public QObject {
    Q_OBJECT
private slots:
    void isRead() {
        const auto file = withRoute("upstream: sandbox\n    cache: {ttl: 5m, max_entries: 100, "
                                    "max_size: 1MiB, disk: true}");
        QVERIFY(file.isOk());
        RouteCache wanted;
        wanted.ttl = std::chrono::seconds(300);
        wanted.maxEntries = 100;
        wanted.maxSize = 1024 * 1024;
        wanted.isOnDisk = true;
        QVERIFY(file->routes.back().cache == wanted);
    }
    void anEmptyOneFollowsTheResponses() {
        const auto file = withRoute("upstream: sandbox\n    cache: {}");
        QVERIFY(file.isOk());
        QVERIFY(file->routes.back().cache == RouteCache{});
    }
    void withoutOneNothingIsStored() {
        const auto file = withRoute("upstream: sandbox");
        QVERIFY(file.isOk());
        QVERIFY(!file->routes.back().cache);
    }
    void isRefused_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("message"); ///< its beginning, with line and column
        const auto row = [](const char* tag, const char* cache, const char* message) {
            QTest::newRow(tag) << "upstream: sandbox\n    cache: " + QByteArray(cache)
                               << QString::fromUtf8(message);
        };
        row("no time", "{ttl: 0s}", "4:18: ttl: ");
        row("half a second", "{ttl: 1500ms}",
            "4:18: ttl: HTTP counts the age of a response in whole seconds");
        row("no entries", "{max_entries: 0}", "4:26: max_entries: ");
        row("too many entries", "{max_entries: 1000001}", "4:26: max_entries: ");
        row("too few bytes", "{max_size: 1KiB}", "4:23: max_size: a cache has at least 64KiB");
        row("a size on disk", "{disk: 1GiB}", "4:19: disk: ");
        row("another key", "{size: 1MiB}", "4:13: \"size\" is not a key of");
        row("a number", "5", "4:12: ");
        QTest::newRow("a route without an upstream")
            << QByteArray("block: true\n    cache: {}")
            << QStringLiteral("4:12: cache: only what an upstream sends is stored");
    }
    void isRefused() {
        QFETCH(QByteArray, lines);
        QFETCH(QString, message);
        const auto file = withRoute(lines);
        QVERIFY(!file.isOk());
        const QString wanted = kFile + QLatin1Char(':') + message;
        QCOMPARE(file.error().toString().left(wanted.size()), wanted);
    }
};

QTEST_APPLESS_MAIN(TestCacheSection)
#include "tst_cachesection.moc"
