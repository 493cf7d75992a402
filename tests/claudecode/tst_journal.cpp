// SPDX-License-Identifier: MIT
#include "core/claudecode/journal.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestJournal : public QObject {
    Q_OBJECT
private slots:
    void aJournalComesBackAsItWas();
    void whatIsNotAJournalIsRefused_data();
    void whatIsNotAJournalIsRefused();
    void aMissingFileIsNoJournal();
    void eachSettingsFileHasItsOwn();
};

static Journal journalOfAllSteps() {
    using Kind = EditStep::Kind;
    Journal journal;
    journal.file = QStringLiteral("/home/é/settings.json");
    journal.isFileMadeByUs = true;
    journal.madeFolders = {QStringLiteral("/a"), QStringLiteral("/a/b")};
    for (const Kind kind : {Kind::Root, Kind::Env, Kind::Insert, Kind::Replace}) {
        EditStep step;
        step.kind = kind;
        step.name = "NAME";
        step.isInEnv = kind != Kind::Root;
        step.lead = ",\n  ";
        step.value = "\"é\"";
        step.tail = "\n";
        step.before = "\xff not UTF-8";
        step.former = QByteArray("\0", 1);
        journal.steps.push_back(step);
    }
    return journal;
}

void TestJournal::aJournalComesBackAsItWas() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("journal/x.json"));
    QVERIFY(writeJournal(path, journalOfAllSteps()).isOk());
    const auto back = readJournal(path);
    QVERIFY(back.isOk());
    QVERIFY(back->has_value());
    QVERIFY(**back == journalOfAllSteps());
}

void TestJournal::whatIsNotAJournalIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    const QByteArray deep = QByteArray(100000, '[') + QByteArray(100000, ']');
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("a version of later") << QByteArray(R"({"version":2})");
    QTest::newRow("a kind of step that is unknown")
        << QByteArray(R"({"version":1,"steps":[{"kind":"x"}]})");
    QTest::newRow("a hundred thousand levels") << deep;
    QTest::newRow("steps a hundred thousand levels deep")
        << QByteArray(R"({"version":1,"steps":)" + deep + '}');
}

void TestJournal::whatIsNotAJournalIsRefused() {
    QFETCH(QByteArray, text);
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("x.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const auto journal = readJournal(path);
    QVERIFY(!journal.isOk());
    QVERIFY(journal.error().contains(path));
}

void TestJournal::aMissingFileIsNoJournal() {
    const QTemporaryDir dir;
    const auto journal = readJournal(dir.filePath(QStringLiteral("x.json")));
    QVERIFY(journal.isOk());
    QVERIFY(!journal->has_value());
}

void TestJournal::eachSettingsFileHasItsOwn() {
    const QString state = QStringLiteral("/state");
    const QString one = journalFile(state, QStringLiteral("/a/settings.json"));
    QVERIFY(one.startsWith(QLatin1String("/state/journal/")));
    QCOMPARE(journalFile(state, QStringLiteral("/a/settings.json")), one);
    QVERIFY(journalFile(state, QStringLiteral("/b/settings.json")) != one);
}

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"
