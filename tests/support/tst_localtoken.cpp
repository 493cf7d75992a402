// SPDX-License-Identifier: MIT
#include "core/support/localtoken.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class LocalTokenTest : public QObject {
    Q_OBJECT

    static void put(const QString& path, const QByteArray& content,
                    QFileDevice::Permissions mode = QFile::ReadOwner | QFile::WriteOwner) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(file.setPermissions(mode));
    }

private slots:
    void firstReadingMakesOneAndKeepsIt() {
        QTemporaryDir dir;
        const QString state = dir.filePath(QStringLiteral("deep/state"));
        QVERIFY(!readLocalToken(state).isOk());
        QVERIFY(!QFileInfo::exists(state));

        const auto made = readOrMakeLocalToken(state);
        QVERIFY2(made.isOk(), made.isOk() ? "" : qPrintable(made.error()));
        QVERIFY(made->startsWith("sp-"));
        QCOMPARE(made->size(), 35);
        QCOMPARE(*readLocalToken(state), *made);
        QCOMPARE(*readOrMakeLocalToken(state), *made);

        const QFileDevice::Permissions group = QFile::ReadGroup | QFile::WriteGroup |
                                               QFile::ExeGroup | QFile::ReadOther |
                                               QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFileInfo(localTokenFile(state)).permissions() & group));
        QVERIFY(!(QFileInfo(state).permissions() & group));
        QCOMPARE(QDir(state).entryList(QDir::Files | QDir::Hidden),
                 QStringList{QStringLiteral("token")});
    }

    void twoTokensDiffer() {
        QTemporaryDir a;
        QTemporaryDir b;
        QVERIFY(*readOrMakeLocalToken(a.path()) != *readOrMakeLocalToken(b.path()));
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("says");
        const QByteArray good = "sp-0123456789abcdefghijABCDEFGHIJ_-\n";
        const int own = QFile::ReadOwner | QFile::WriteOwner;
        QTest::newRow("a token that the group can read is refused")
            << good << (own | QFile::ReadGroup) << QStringLiteral("chmod 600");
        QTest::newRow("a token that everybody can read is refused")
            << good << (own | QFile::ReadOther) << QStringLiteral("chmod 600");
        QTest::newRow("an empty file is refused")
            << QByteArray() << own << QStringLiteral("does not hold a token");
        QTest::newRow("a short word is refused")
            << QByteArray("secret") << own << QStringLiteral("does not hold a token");
        QTest::newRow("a line break inside is refused")
            << QByteArray("sp-0123456789\n0123456789") << own
            << QStringLiteral("does not hold a token");
    }
    void refused() {
        QFETCH(QByteArray, content);
        QFETCH(int, mode);
        QFETCH(QString, says);
        QTemporaryDir dir;
        put(localTokenFile(dir.path()), content, QFileDevice::Permissions(mode));
        for (const auto& outcome : {readLocalToken(dir.path()), readOrMakeLocalToken(dir.path())}) {
            QVERIFY(!outcome.isOk());
            QVERIFY2(outcome.error().contains(says), qPrintable(outcome.error()));
            QVERIFY(outcome.error().contains(localTokenFile(dir.path())));
        }
    }

    void aLinkIsNotFollowed() {
        QTemporaryDir dir;
        const QString real = dir.filePath(QStringLiteral("elsewhere"));
        put(real, "sp-0123456789abcdefghijABCDEFGHIJ_-\n");
        QVERIFY(QFile::link(real, localTokenFile(dir.path())));
        const auto outcome = readOrMakeLocalToken(dir.path());
        QVERIFY(!outcome.isOk());
        QVERIFY(outcome.error().contains(QStringLiteral("symbolic link")));
    }

    void aFolderInTheWayIsNamed() {
        QTemporaryDir dir;
        QVERIFY(QDir().mkdir(localTokenFile(dir.path())));
        QVERIFY(!readOrMakeLocalToken(dir.path()).isOk());
    }
};

QTEST_GUILESS_MAIN(LocalTokenTest)
#include "tst_localtoken.moc"
