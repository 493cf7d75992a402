// SPDX-License-Identifier: MIT
#include "core/support/ascii.h"
#include "core/support/deferred.h"
#include "core/support/descriptorlimit.h"
#include "core/support/heaptrim.h"
#include "core/support/hostport.h"
#include "core/support/paths.h"
#include "core/support/result.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/resource.h>
#include <vector>

using namespace sallyport;

namespace {

void setOrUnset(const char* name, const QByteArray& value) {
    if (value.isNull())
        qunsetenv(name);
    else
        qputenv(name, value);
}

} // namespace

class TestSupport : public QObject {
    Q_OBJECT

private slots:
    void aResultIsOneOfTwo() {
        const Result<int, QString> good = 7;
        QVERIFY(good);
        QCOMPARE(*good, 7);
        const Result<int, QString> bad = Failure{QStringLiteral("why")};
        QVERIFY(!bad);
        QCOMPARE(bad.error(), QStringLiteral("why"));
        // Value and error of one type are told apart.
        const Result<QString, QString> same = Failure{QStringLiteral("why")};
        QVERIFY(!same.isOk());
    }

    void aResultCarriesWhatCanOnlyBeMoved() {
        Result<std::unique_ptr<int>, QString> result = std::make_unique<int>(5);
        const std::unique_ptr<int> value = std::move(result).value();
        QCOMPARE(*value, 5);
    }

    void whatIsFreeGoesBack() {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
        constexpr std::size_t kPieces = 16'384;
        constexpr qsizetype kPiece = 4096;
        const auto residentKib = [] {
            QFile status(QStringLiteral("/proc/self/status"));
            if (!status.open(QIODevice::ReadOnly)) return qint64{-1};
            const QByteArray text = status.readAll();
            const qsizetype at = text.indexOf("RssAnon:");
            return text.sliced(at + 8, text.indexOf("kB", at) - at - 8).trimmed().toLongLong();
        };
        std::vector<QByteArray> pieces;
        for (std::size_t i = 0; i < kPieces; ++i)
            pieces.emplace_back(kPiece, 'x');
        const QByteArray last(kPiece, 'y'); // lies above them, and keeps the heap where it is
        pieces.clear();
        pieces.shrink_to_fit();
        const qint64 before = residentKib();
        returnFreeMemory();
        QVERIFY(before > 0);
        QVERIFY2(residentKib() < before - 32 * 1024, qPrintable(QString::number(before)));
        QCOMPARE(last.size(), kPiece);
#else
        QSKIP("another C library, or another allocator, does as it likes");
#endif
    }

    void anAddressStandsAsInAnAuthority() {
        QCOMPARE(hostPort(QStringLiteral("::1"), 8899), QStringLiteral("[::1]:8899"));
        QCOMPARE(hostPort(QStringLiteral("127.0.0.1"), 80), QStringLiteral("127.0.0.1:80"));
        QCOMPARE(hostPort(QStringLiteral("gw.example"), 0), QStringLiteral("gw.example:0"));
    }

    void deferredDeletionWaitsForTheLoop() {
        QPointer<QObject> object = new QObject;
        { const Deferred<QObject> owner(object.data()); }
        QVERIFY(object);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!object);
    }

    void asciiKnowsNoOtherLetters() {
        QVERIFY(ascii::equalsIgnoreCase("Content-LENGTH", "content-length"));
        QVERIFY(!ascii::equalsIgnoreCase("content-length", "content-lengt"));
        QVERIFY(!ascii::equalsIgnoreCase("[", "{")); // differ by the bit that tells case
        QVERIFY(!ascii::equalsIgnoreCase("\xc4", "\xe4"));
        QCOMPARE(ascii::lowered("AbC-1\xc4"), QByteArray("abc-1\xc4"));
        QCOMPARE(ascii::trimmedOws(" \t a b \t").toByteArray(), QByteArray("a b"));
        QCOMPARE(ascii::trimmedOws(" \t ").size(), 0);
        QCOMPARE(ascii::hexValue('f'), 15);
        QCOMPARE(ascii::hexValue('A'), 10);
    }

    void foldersComeFromTheEnvironment_data() {
        QTest::addColumn<QByteArray>("own");
        QTest::addColumn<QByteArray>("xdg");
        QTest::addColumn<QString>("folder");
        const QString home = QDir::homePath();
        QTest::newRow("our own variable wins")
            << QByteArray("/a/./b/") << QByteArray("/x") << QStringLiteral("/a/b");
        QTest::newRow("then the one of XDG")
            << QByteArray() << QByteArray("/x") << QStringLiteral("/x/sallyport");
        QTest::newRow("else the home folder")
            << QByteArray() << QByteArray() << home + QStringLiteral("/.config/sallyport");
        QTest::newRow("a relative path of XDG is ignored")
            << QByteArray() << QByteArray("x") << home + QStringLiteral("/.config/sallyport");
        QTest::newRow("an empty one too")
            << QByteArray("") << QByteArray("") << home + QStringLiteral("/.config/sallyport");
        QTest::newRow("our own may be relative")
            << QByteArray("here") << QByteArray()
            << QDir::current().absoluteFilePath(QStringLiteral("here"));
    }
    void foldersComeFromTheEnvironment() {
        QFETCH(QByteArray, own);
        QFETCH(QByteArray, xdg);
        QFETCH(QString, folder);
        setOrUnset("SALLYPORT_CONFIG_DIR", own);
        setOrUnset("XDG_CONFIG_HOME", xdg);
        QCOMPARE(paths::configDir(), folder);
        setOrUnset("SALLYPORT_CONFIG_DIR", {});
        setOrUnset("XDG_CONFIG_HOME", {});
    }

    void aPrivateFolderIsMadeWithItsParents() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a/b/c"));
        QVERIFY(paths::ensurePrivateDir(path));
        QVERIFY(paths::ensurePrivateDir(path));
        constexpr auto kOthers = QFileDevice::ReadGroup | QFileDevice::ExeGroup |
                                 QFileDevice::ReadOther | QFileDevice::ExeOther;
        for (const char* made : {"a", "a/b", "a/b/c"})
            QVERIFY(!(QFileInfo(folder.filePath(QLatin1String(made))).permissions() & kOthers));
        QVERIFY(!paths::ensurePrivateDir(QStringLiteral("/proc/no/such")));
    }

    void asManyFilesMayBeOpenAsTheSystemAllows() {
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit low{64, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        raiseDescriptorLimit();
        rlimit after{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &after), 0);
        QCOMPARE(after.rlim_cur, before.rlim_max);
        QCOMPARE(after.rlim_max, before.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &before);
    }
};

QTEST_GUILESS_MAIN(TestSupport)
#include "tst_support.moc"
