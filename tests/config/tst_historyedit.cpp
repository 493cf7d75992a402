// SPDX-License-Identifier: MIT
#include "core/config/historyedit.h"

#include "core/config/settingsfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {
const QString kFile = QStringLiteral("/etc/sallyport/settings.yaml");
} // namespace

class TestHistoryEdit : public QObject {
    Q_OBJECT
private slots:
    void switchedOff_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* tag, const QByteArray& before, const QByteArray& after) {
            QTest::newRow(tag) << before << after;
        };
        row("an empty file gets the key", "", "history:\n  enabled: false\n");
        row("a file of comments gets it at its end", "# mine\n",
            "# mine\nhistory:\n  enabled: false\n");
        row("a last line without an end gets one", "drain: 5s",
            "drain: 5s\nhistory:\n  enabled: false\n");
        row("line ends of Windows stay", "drain: 5s\r\n",
            "drain: 5s\r\nhistory:\r\n  enabled: false\r\n");
        row("the line that holds it", "history:\n  enabled: true # yes\n  bodies: 12h\n",
            "history:\n  enabled: false # yes\n  bodies: 12h\n");
        row("a section without it", "history:\n  bodies: 12h\ndrain: 5s\n",
            "history:\n  enabled: false\n  bodies: 12h\ndrain: 5s\n");
        row("braces", "history: {enabled: true, bodies: 12h}\n",
            "history: {enabled: false, bodies: 12h}\n");
        row("already off", "history: {enabled: false}\n", "history: {enabled: false}\n");
    }
    void switchedOff() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto edited = withHistoryEnabled(before, kFile, false);
        QVERIFY2(edited.isOk(), edited ? "" : qPrintable(edited.error().toString()));
        QCOMPARE(*edited, after);
        QVERIFY(!parseSettings(*edited, kFile)->history.isEnabled);
    }
    void whatCannotBeEditedIsRefused() {
        QVERIFY(!withHistoryEnabled("{drain: 5s}\n", kFile, false));
        QVERIFY(!withHistoryEnabled("nonsense: 1\n", kFile, false));
    }
    void aFileThatIsNotThereIsMade() {
        const QTemporaryDir dir;
        QVERIFY(switchHistory(dir.path(), false).isOk());
        QVERIFY(switchHistory(dir.path(), true).isOk());
        QFile file(dir.filePath(QStringLiteral("settings.yaml")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("history:\n  enabled: true\n"));
    }
};

QTEST_GUILESS_MAIN(TestHistoryEdit)
#include "tst_historyedit.moc"
