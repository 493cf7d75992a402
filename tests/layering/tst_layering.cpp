// SPDX-License-Identifier: MIT
#include "tests/layering/rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace sallyport::layering;

namespace {

const QByteArray kSpdx = "// SPDX-License-Identifier: MIT\n";

/// C++ sources of ours, relative to the root.
QStringList sources() {
    const QDir root(QStringLiteral(SALLYPORT_SOURCE_DIR));
    QStringList list;
    for (const char* top : {"core", "ui", "app", "tests"}) {
        QDirIterator files(root.filePath(QLatin1String(top)),
                           {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            list << root.relativeFilePath(files.next());
    }
    list.sort();
    return list;
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT
private slots:
    void everySourceObeysTheHouse_data();
    void everySourceObeysTheHouse();
    void everyArrowOfTheTableGoesDown();
    void aCircleInTheTableIsFound();
    void theCheckerFinds_data();
    void theCheckerFinds();
    void theCheckerLetsPass_data();
    void theCheckerLetsPass();
};

void TestLayering::everySourceObeysTheHouse_data() {
    QTest::addColumn<QString>("path");
    for (const QString& path : sources())
        QTest::newRow(qPrintable(path)) << path;
}

void TestLayering::everySourceObeysTheHouse() {
    QFETCH(QString, path);
    QFile file(QDir(QStringLiteral(SALLYPORT_SOURCE_DIR)).filePath(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList found = findingsIn(path, file.readAll());
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
}

void TestLayering::everyArrowOfTheTableGoesDown() {
    QCOMPARE(findingsInTable(rooms()), QStringList());
}

void TestLayering::aCircleInTheTableIsFound() {
    const std::vector<Room> circle = {
        {"core/a", 0, {QStringLiteral("core/b")}, ""},
        {"core/b", 1, {QStringLiteral("core/a"), QStringLiteral("core/gone")}, ""}};
    const QStringList expected = {
        QStringLiteral("core/a -> core/b: an arrow goes down, to a lower floor"),
        QStringLiteral("core/b -> core/gone: no such room")};
    QCOMPARE(findingsInTable(circle), expected);
}

void TestLayering::theCheckerFinds_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* tag, const char* path, const QByteArray& text, int line,
                        const char* sentence) {
        QTest::newRow(tag) << QString::fromLatin1(path) << text
                           << QStringLiteral("%1:%2: %3")
                                  .arg(QLatin1String(path))
                                  .arg(line)
                                  .arg(QString::fromUtf8(sentence));
    };
    row("an include that goes up", "core/http/a.cpp", kSpdx + "#include \"core/route/route.h\"\n",
        2, "core/http may not include core/route");
    row("an include of a neighbour", "core/route/a.cpp", kSpdx + "#include \"core/net/x.h\"\n", 2,
        "core/route may not include core/net");
    row("the window that includes the proxy", "ui/log/a.cpp",
        kSpdx + "\n#include \"core/proxy/exchange.h\"\n", 3, "ui may not include core/proxy");
    row("the window that includes the transport", "ui/tray/a.h",
        kSpdx + "#pragma once\n#include <core/upstream/transport.h>\n", 3,
        "ui may not include core/upstream");
    row("the command line that includes the window", "app/cli/main.cpp",
        kSpdx + "#include \"ui/tray/tray.h\"\n", 2, "app/cli may not include ui");
    row("an include of a folder that is no room", "core/http/a.cpp",
        kSpdx + "#include \"core/misc/x.h\"\n", 2, "core/http may not include core/misc/x.h");
    row("an include of a test", "core/http/a.cpp", kSpdx + "#include \"tests/http/x.h\"\n", 2,
        "core/http may not include tests/http/x.h");
    row("a socket class above net", "core/proxy/a.cpp", kSpdx + "QTcpSocket* s;\n", 2,
        "only core/net names a socket class; others use ByteStream and Listener");
    row("a socket header above net", "core/upstream/a.cpp", kSpdx + "#include <QSslSocket>\n", 2,
        "only core/net names a socket class; others use ByteStream and Listener");
    row("a wait that blocks", "core/net/a.cpp", kSpdx + "s->waitForReadyRead(5);\n", 2,
        "waitFor… blocks the thread's event loop");
    row("a nested loop", "ui/a.cpp", kSpdx + "QEventLoop loop;\n", 2,
        "a nested event loop re-enters whoever called");
    row("a nested loop by another name", "app/desktop/a.cpp",
        kSpdx + "QCoreApplication::processEvents();\n", 2, "processEvents is a nested event loop");
    row("sender()", "ui/a.cpp", kSpdx + "auto* x = sender();\n", 2,
        "sender() hides where a call came from");
    row("suicide", "core/net/a.cpp", kSpdx + "delete this;\n", 2,
        "an object does not delete itself; deleteLater, or its owner");
    row("a sleep", "app/cli/a.cpp", kSpdx + "QThread::msleep(3);\n", 2, "nothing sleeps");
    row("a letter that Latin-1 reads as two", "ui/a.cpp", kSpdx + "f(QLatin1String(\" · \"));\n", 2,
        "what is not ASCII comes out wrong of QLatin1String");
    row("a mark of unfinished work", "core/http/a.cpp", kSpdx + "// TODO later\n", 2,
        "unfinished work goes into an issue");
    row("no licence line", "core/http/a.cpp", "int x;\n", 1, "the first line is the SPDX line");
    row("no licence line in a test", "tests/http/a.cpp", "int x;\n", 1,
        "the first line is the SPDX line");
    row("a header that can be read twice", "core/http/a.h", kSpdx + "int x;\n", 1,
        "a header has #pragma once");
    row("a file that is too long", "core/http/a.cpp", kSpdx + QByteArray(400, '\n'), 401,
        "a file has at most 400 lines");
    row("a file in no room", "core/misc/a.cpp", kSpdx, 1, "lies in no room of the table");
}

void TestLayering::theCheckerFinds() {
    QFETCH(QString, path);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    QCOMPARE(findingsIn(path, text), QStringList{expected});
}

void TestLayering::theCheckerLetsPass_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* tag, const char* path, const QByteArray& text) {
        QTest::newRow(tag) << QString::fromLatin1(path) << kSpdx + text;
    };
    row("an include of a room below", "core/route/a.cpp", "#include \"core/http/head.h\"\n");
    row("an include of the own room", "ui/log/a.cpp", "#include \"ui/filter/filter.h\"\n");
    row("a socket class in net", "core/net/a.cpp", "QTcpSocket* s;\n");
    row("the family of an address", "core/route/a.cpp",
        "return a.protocol() == QAbstractSocket::IPv6Protocol;\n");
    row("how strictly TLS verifies", "core/upstream/a.cpp",
        "tls.setPeerVerifyMode(QSslSocket::VerifyNone);\n");
    row("a word in a comment", "core/http/a.cpp",
        "// no QEventLoop, /* and no sender() */\nint x;\n");
    row("an include in a comment", "core/http/a.cpp", "/*\n#include \"ui/x.h\"\n*/\n");
    row("a name that only looks like sender()", "core/http/a.cpp",
        "int resender();\nx.m_sender;\n");
    row("slashes in a string", "core/http/a.cpp", "auto s = \"http://x\"; int y;\n");
    row("a digit separator", "core/http/a.cpp", "int n = 1'000; // QEventLoop\n");
    row("exactly as long as allowed", "core/http/a.cpp", QByteArray(399, '\n'));
}

void TestLayering::theCheckerLetsPass() {
    QFETCH(QString, path);
    QFETCH(QByteArray, text);
    QCOMPARE(findingsIn(path, text), QStringList());
}

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_layering.moc"
