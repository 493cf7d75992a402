// SPDX-License-Identifier: MIT
#include "app/cli/cacommand.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;
using namespace sallyport::cli;

namespace {

AuthorityStatus good() {
    AuthorityStatus status;
    status.exists = true;
    status.bundlePath = QStringLiteral("/s/ca/ca.pem");
    status.name = QStringLiteral("Sallyport local authority 1234abcd");
    status.fingerprint = QStringLiteral("AA:BB");
    status.hosts = QStringList{QStringLiteral("a.test"), QStringLiteral("b.test")};
    status.notBefore = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    status.notAfter = QDateTime(QDate(2028, 3, 1), QTime(12, 0), Qt::UTC);
    return status;
}

} // namespace

class TestCaCommand : public QObject {
    Q_OBJECT
private slots:
    void statusForPeople() {
        QCOMPARE(caStatusText(good()), QStringLiteral("  file         /s/ca/ca.pem\n"
                                                      "  name         Sallyport local authority "
                                                      "1234abcd\n"
                                                      "  good for     a.test, b.test\n"
                                                      "  until        2028-03-01\n"
                                                      "  fingerprint  SHA-256 AA:BB\n"));
        AuthorityStatus renewed = good();
        renewed.previousUntil = QDateTime(QDate(2026, 3, 20), QTime(12, 0), Qt::UTC);
        QVERIFY(caStatusText(renewed).contains(u"the one before, until 2026-03-20"));
    }

    void whatIsWrongIsASentence() {
        AuthorityStatus status = good();
        status.warning = QStringLiteral("the local authority ends soon");
        QVERIFY(caStatusText(status).endsWith(u"\nThe local authority ends soon.\n"));
        status.problem = QStringLiteral("the local authority has ended");
        QVERIFY(caStatusText(status).endsWith(u"\nThe local authority has ended.\n"));
        QVERIFY(!caStatusText(status).contains(u"soon"));
        QVERIFY(caStatusText({}).startsWith(u"There is no local authority"));
    }

    void statusForPrograms() {
        AuthorityStatus status = good();
        status.problem = QStringLiteral("why");
        const QJsonObject root = QJsonDocument::fromJson(caStatusJson(status)).object();
        QCOMPARE(root[QLatin1String("exists")].toBool(), true);
        QCOMPARE(root[QLatin1String("file")].toString(), QStringLiteral("/s/ca/ca.pem"));
        QCOMPARE(root[QLatin1String("hosts")].toArray().size(), 2);
        QCOMPARE(root[QLatin1String("not_after")].toString(),
                 QStringLiteral("2028-03-01T12:00:00Z"));
        QCOMPARE(root[QLatin1String("problem")].toString(), QStringLiteral("why"));
        QVERIFY(!root.contains(QLatin1String("warning")));
        const QJsonObject none = QJsonDocument::fromJson(caStatusJson({})).object();
        QCOMPARE(none.keys(), (QStringList{QStringLiteral("exists"), QStringLiteral("file")}));
    }

    void theCommandForTheSystemIsQuoted() {
        const QString path = QStringLiteral("/home/a b/it's/ca.pem");
        const QString quoted = QStringLiteral("'/home/a b/it'\\''s/ca.pem'");
        QVERIFY(systemStoreCommand(SystemStore::Debian, path).contains(quoted));
        QVERIFY(systemStoreCommand(SystemStore::Debian, path).contains(u"update-ca-certificates"));
        QVERIFY(systemStoreCommand(SystemStore::Fedora, path).contains(u"update-ca-trust"));
        QVERIFY(systemStoreCommand(SystemStore::MacOs, path).contains(quoted));
        QVERIFY(systemStoreCommand(SystemStore::Windows, QStringLiteral("C:\\a b\\ca.pem"))
                    .endsWith(u"\"C:\\a b\\ca.pem\""));
    }
};

QTEST_APPLESS_MAIN(TestCaCommand)
#include "tst_cacommand.moc"
