// SPDX-License-Identifier: MIT
#include "core/authority/authorityfolder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

CaCertificate authorityFor(const HostList& hosts) {
    return CaCertificate::make(hosts, QDateTime::currentDateTimeUtc()).value();
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll();
}

struct Fixture {
    [[nodiscard]] QString path(const char* name) const {
        return dir.filePath(QStringLiteral("ca/") + QLatin1String(name));
    }
    QTemporaryDir dir;
    AuthorityFolder folder{dir.path()};
    CaCertificate current = authorityFor({"a.test", "b.test"});
    CaCertificate previous = authorityFor({"a.test"});
    bool isStored = folder.store({current, previous}).isOk();
};

} // namespace

class TestAuthorityFolder : public QObject {
    Q_OBJECT
private slots:
    void whatIsStoredIsLoaded() {
        const Fixture f;
        QVERIFY(f.isStored);
        const auto loaded = f.folder.load();
        QVERIFY(loaded.isOk());
        QCOMPARE(loaded->current->fingerprint(), f.current.fingerprint());
        QCOMPARE(loaded->previous->fingerprint(), f.previous.fingerprint());
        QCOMPARE(contentOf(f.folder.bundlePath()),
                 f.current.certificatePem() + f.previous.certificatePem());
        QVERIFY(QDir::isAbsolutePath(f.folder.bundlePath()));
    }

    void nothingIsNoError() {
        const QTemporaryDir dir;
        const AuthorityFolder folder(dir.path());
        const auto loaded = folder.load();
        QVERIFY(loaded.isOk());
        QVERIFY(!loaded->current && !loaded->previous);
        QVERIFY(QDir(dir.path()).isEmpty());
        QCOMPARE(folder.remove().value(), false);
    }

    void onlyTheUserCanReadIt() {
        const Fixture f;
        constexpr auto kOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                QFileDevice::ReadUser | QFileDevice::WriteUser;
        for (const char* name : {"current.pem", "previous.pem", "ca.pem"})
            QCOMPARE(QFile::permissions(f.path(name)), kOwner);
        QVERIFY(!(QFile::permissions(f.dir.filePath(QStringLiteral("ca"))) &
                  (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeOther)));
    }

    void aKeyStandsInItsFileAlone() {
        const Fixture f;
        // A line of its base64, which no certificate holds.
        const QByteArray line = f.current.toPem().split('\n').at(1);
        QVERIFY(line.size() > 40);
        QVERIFY(contentOf(f.path("current.pem")).contains(line));
        QVERIFY(!contentOf(f.path("previous.pem")).contains(line));
        QVERIFY(!contentOf(f.path("ca.pem")).contains(line));
        QVERIFY(!contentOf(f.path("ca.pem")).contains("PRIVATE"));
        QCOMPARE(
            QDir(f.dir.filePath(QStringLiteral("ca"))).entryList(QDir::Files | QDir::Hidden).size(),
            3);
    }

    void aKeyThatOthersCanReadIsRefused() {
        const Fixture f;
        QFile::setPermissions(f.path("current.pem"), QFileDevice::ReadOwner |
                                                         QFileDevice::WriteOwner |
                                                         QFileDevice::ReadGroup);
        const auto loaded = f.folder.load();
        QVERIFY(!loaded.isOk());
        QVERIFY2(loaded.error().contains(u"other users"), qPrintable(loaded.error()));
        QVERIFY(loaded.error().contains(u"current.pem"));
    }

    void aFolderThatOthersCanWriteInIsRefused() {
        const Fixture f;
        const QString folder = f.dir.filePath(QStringLiteral("ca"));
        QFile::setPermissions(folder, QFile::permissions(folder) | QFileDevice::WriteOther);
        const auto loaded = f.folder.load();
        QVERIFY(!loaded.isOk());
        QVERIFY2(loaded.error().contains(folder), qPrintable(loaded.error()));
        QVERIFY(loaded.error().contains(u"chmod 700"));
    }

    void aDamagedFileIsNamed() {
        const Fixture f;
        QFile file(f.path("previous.pem"));
        QVERIFY(file.resize(100));
        const auto loaded = f.folder.load();
        QVERIFY(!loaded.isOk());
        QVERIFY(loaded.error().contains(u"previous.pem"));
        QVERIFY(loaded.error().contains(u"ca remove"));
    }

    void aCrashBetweenTheWritesLeavesTheOldOne() {
        const Fixture f;
        QFile::remove(f.path("previous.pem"));
        QVERIFY(QFile::copy(f.path("current.pem"), f.path("previous.pem")));
        const auto loaded = f.folder.load();
        QVERIFY(loaded->current && !loaded->previous);
    }

    void anOldOneThatIsNotKeptGoes() {
        const Fixture f;
        QVERIFY(f.folder.store({f.current, std::nullopt}).isOk());
        QVERIFY(!QFile::exists(f.path("previous.pem")));
        QCOMPARE(contentOf(f.folder.bundlePath()), f.current.certificatePem());
    }

    void removingLeavesNothing() {
        const Fixture f;
        QCOMPARE(f.folder.remove().value(), true);
        QVERIFY(QDir(f.dir.path()).isEmpty());
        QCOMPARE(f.folder.remove().value(), false);
    }

    void aFolderThatCannotBeMadeIsNamed() {
        const QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("ca")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto stored =
            AuthorityFolder(dir.path()).store({authorityFor({"a.test"}), std::nullopt});
        QVERIFY(!stored.isOk());
        QVERIFY(stored.error().contains(dir.path()));
    }
};

QTEST_GUILESS_MAIN(TestAuthorityFolder)
#include "tst_authorityfolder.moc"
