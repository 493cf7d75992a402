// SPDX-License-Identifier: MIT
#include "core/cache/forgottenkeys.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestForgottenKeys : public QObject {
    Q_OBJECT
private slots:
    void whatIsAddedIsThere() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("deep/forgotten"));
        QVERIFY(!ForgottenKeys::read(path)("a"));
        ForgottenKeys keys(path);
        keys.add("a");
        keys.add("b");
        const auto has = ForgottenKeys::read(path);
        QVERIFY(has("a"));
        QVERIFY(has("b"));
        QVERIFY(!has("c"));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        keys.clear();
        QVERIFY(!ForgottenKeys::read(path)("a"));
        keys.add("c");
        QVERIFY(ForgottenKeys::read(path)("c"));
        QVERIFY(!ForgottenKeys::read(path)("a"));
    }
    void itGoesOnWhereAnotherEnded() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("forgotten"));
        ForgottenKeys(path).add("a");
        ForgottenKeys keys(path);
        keys.add("b");
        QVERIFY(ForgottenKeys::read(path)("a"));
        keys.clear();
        QVERIFY(!ForgottenKeys::read(path)("a"));
    }
    void beyondTheBoundAllAreForgotten() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("forgotten"));
        ForgottenKeys keys(path);
        for (qint64 i = 0; i < 2 * ForgottenKeys::kMost; ++i)
            keys.add(QByteArray::number(i));
        QVERIFY(QFile(path).size() <= 32 * (ForgottenKeys::kMost + 1));
        QVERIFY(ForgottenKeys::read(path)("another"));
    }
    void aDamagedFileHasAll_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("cut") << QByteArray(40, 'x');
        QTest::newRow("zeros after a loss of power") << QByteArray(64, '\0');
        QTest::newRow("too large") << QByteArray(32 * (ForgottenKeys::kMost + 2), 'x');
    }
    void aDamagedFileHasAll() {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("forgotten"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(ForgottenKeys::read(path)("a"));
    }
    void whereItCannotBeWrittenNothingHappens() {
        ForgottenKeys keys(QStringLiteral("/dev/null/forgotten"));
        keys.add("a");
        keys.clear();
    }
};

QTEST_GUILESS_MAIN(TestForgottenKeys)
#include "tst_forgottenkeys.moc"
