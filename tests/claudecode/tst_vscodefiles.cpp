// SPDX-License-Identifier: MIT
#include "core/claudecode/vscodefiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestVsCodeFiles : public QObject {
    Q_OBJECT
private slots:
    void whichFilesAreChanged_data() {
        QTest::addColumn<QStringList>("folders");
        QTest::addColumn<QStringList>("files");
        const auto row = [](const char* tag, const QStringList& folders, const QStringList& files) {
            QTest::newRow(tag) << folders << files;
        };
        const QString code = QStringLiteral("config/Code/User");
        const QString cursor = QStringLiteral("config/Cursor/User");
        const QString server = QStringLiteral(".vscode-server/data/Machine");
        row("none is installed: that of VS Code", {}, {code});
        row("VS Code alone", {code}, {code});
        row("its kin alone", {cursor}, {cursor});
        row("all that are there, the server of WSL too", {server, cursor, code},
            {code, cursor, server});
        row("another editor is none", {QStringLiteral("config/Other/User")}, {code});
    }
    void whichFilesAreChanged() {
        QFETCH(QStringList, folders);
        QFETCH(QStringList, files);
        const QTemporaryDir home;
        for (const QString& folder : folders)
            QVERIFY(QDir(home.path()).mkpath(folder));
        for (QString& file : files)
            file = home.filePath(file + QLatin1String("/settings.json"));
        QCOMPARE(vsCodeFiles(home.filePath(QStringLiteral("config")), home.path()), files);
    }
};

QTEST_APPLESS_MAIN(TestVsCodeFiles)
#include "tst_vscodefiles.moc"
