// SPDX-License-Identifier: MIT
#include "core/doctor/programsearch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

void put(const QString& file, const QByteArray& content) {
    QVERIFY(QDir().mkpath(QFileInfo(file).absolutePath()));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(content);
    out.close();
    QVERIFY(out.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

} // namespace

class ProgramSearchTest : public QObject {
    Q_OBJECT
private slots:
    void theVersionIsFoundBesideTheProgram_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("version");
        const auto row = [](const char* tag, const char* program, const char* file,
                            const char* content, const char* version) {
            QTest::newRow(tag) << QString::fromUtf8(program) << QString::fromUtf8(file)
                               << QByteArray(content) << QString::fromUtf8(version);
        };
        row("npm", "lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe",
            "lib/node_modules/@anthropic-ai/claude-code/package.json",
            R"({"name": "@anthropic-ai/claude-code", "version": "2.1.329"})", "2.1.329");
        row("npm's native program", "lib/claude-code-linux-x64/claude",
            "lib/claude-code-linux-x64/package.json",
            R"({"name": "@anthropic-ai/claude-code-linux-x64", "version": "2.1.197"})", "2.1.197");
        row("the native installer", "share/claude/versions/2.1.300", "share/claude/x", "",
            "2.1.300");
        row("another package", "lib/other/claude", "lib/other/package.json",
            R"({"name": "other", "version": "9.9.9"})", "");
        row("a package file that is no JSON", "lib/other/claude", "lib/other/package.json", "{",
            "");
    }
    void theVersionIsFoundBesideTheProgram() {
        QFETCH(QString, program);
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, version);
        const QTemporaryDir dir;
        // One that says so when it is run.
        put(dir.filePath(program), "#!/bin/sh\ntouch \"$0.was-run\"\n");
        put(dir.filePath(file), content);
        QVERIFY(QDir().mkpath(dir.filePath(QStringLiteral("bin"))));
        QVERIFY(QFile::link(dir.filePath(program), dir.filePath(QStringLiteral("bin/claude"))));
        const ProgramReading found = findPrograms(
            QString(QStringLiteral("/nonexistent:") + dir.filePath(QStringLiteral("bin"))));
        QCOMPARE(found.claude, QFileInfo(dir.filePath(program)).canonicalFilePath());
        QCOMPARE(found.claudeVersion, version);
        QVERIFY(!QFile::exists(dir.filePath(program) + QStringLiteral(".was-run")));
    }

    void nodeIsKnownByItsHeaderOrItsFolder() {
        const QTemporaryDir dir;
        put(dir.filePath(QStringLiteral("a/bin/node")), "");
        put(dir.filePath(QStringLiteral("a/include/node/node_version.h")),
            "#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 11\n"
            "#define NODE_PATCH_VERSION 1\n");
        put(dir.filePath(QStringLiteral("versions/node/v22.3.0/bin/node")), "");
        QCOMPARE(findPrograms(dir.filePath(QStringLiteral("a/bin"))).nodeVersion,
                 QStringLiteral("20.11.1"));
        QCOMPARE(
            findPrograms(dir.filePath(QStringLiteral("versions/node/v22.3.0/bin"))).nodeVersion,
            QStringLiteral("22.3.0"));
    }

    void withoutPathNothingIsFound() {
        QVERIFY(findPrograms({}).node.isEmpty());
        QVERIFY(findPrograms({}).claude.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProgramSearchTest)
#include "tst_programsearch.moc"
