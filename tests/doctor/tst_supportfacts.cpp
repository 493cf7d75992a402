// SPDX-License-Identifier: MIT
#include "core/doctor/supportfacts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestSupportFacts : public QObject {
    Q_OBJECT
private slots:
    void theyHaveWhatATicketNeeds();
    void aMissingFileIsSaid();
};

void TestSupportFacts::theyHaveWhatATicketNeeds() {
    const QTemporaryDir dir;
    QFile routes(dir.filePath(QStringLiteral("routes.yaml")));
    QVERIFY(routes.open(QIODevice::WriteOnly));
    routes.write("upstreams:\n  - {name: corp, credential: PLANTED-0123456789} # PLANTED\n");
    routes.close();
    CheckResult result;
    result.state = CheckState::Fault;
    result.sentence = QStringLiteral("It does not listen.");
    const QJsonObject facts = supportFacts(dir.path(), {result});
    const QByteArray text = QJsonDocument(facts).toJson();
    for (const char* part : {"It does not listen.", "name: corp", "\"version\"", "\"system\""})
        QVERIFY2(text.contains(part), part);
    QVERIFY(!text.contains("PLANTED"));
}

void TestSupportFacts::aMissingFileIsSaid() {
    const QTemporaryDir dir;
    const QJsonArray lines = supportFacts(dir.path(), {}).value(QLatin1String("routes")).toArray();
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines.first().toString().contains(QStringLiteral("no such file")));
}

QTEST_GUILESS_MAIN(TestSupportFacts)
#include "tst_supportfacts.moc"
