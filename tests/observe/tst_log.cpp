// SPDX-License-Identifier: MIT
#include "core/observe/log.h"
#include "core/observe/logline.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

class TestLog : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void pairs_data();
    void pairs();
    void timestamps();
    void aLineHasTimeLevelEventAndPairs();
    void linesBelowTheLevelAreNotWritten();
    void theLevelCanBeChanged();
    void theFileIsPrivate();
    void anExistingFileIsMadePrivate();
    void warningsAreInTheFileAtOnce();
    void fullFilesAreRotated();
    void withoutAnyPlaceNothingIsEnabled();

private:
    [[nodiscard]] QString path() const {
        return m_dir->filePath(QStringLiteral("s/sallyport.log"));
    }
    [[nodiscard]] QByteArray written() const;
    void configure(log::Level level);
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestLog::init() { m_dir = std::make_unique<QTemporaryDir>(); }

void TestLog::cleanup() { log::configure({log::Level::Info, false, {}}); }

QByteArray TestLog::written() const {
    log::flush();
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestLog::configure(log::Level level) { log::configure({level, false, path()}); }

void TestLog::pairs_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a word stands as it is") << QByteArray("POST") << QByteArray(" k=POST");
    QTest::newRow("a blank asks for quotes") << QByteArray("a b") << QByteArray(" k=\"a b\"");
    QTest::newRow("an empty value is seen") << QByteArray() << QByteArray(" k=\"\"");
    QTest::newRow("quotes and backslashes are escaped")
        << QByteArray(R"(a"b\)") << QByteArray(R"( k="a\"b\\")");
    QTest::newRow("a forged line stays one line")
        << QByteArray("a\r\n2026 info x") << QByteArray(R"( k="a\r\n2026 info x")");
    QTest::newRow("terminal controls are escaped")
        << QByteArray("\x1b[2J\t\x7f") << QByteArray(R"( k="\u001b[2J\t\u007f")");
    QTest::newRow("a NUL is escaped") << QByteArray("a\0b", 3) << QByteArray(R"( k="a\u0000b")");
    QTest::newRow("C1 controls in UTF-8 are escaped") << QByteArray("\xc2\x9b"
                                                                    "2J")
                                                      << QByteArray(R"( k="\u009b2J")");
    QTest::newRow("direction marks are escaped")
        << QByteArray("a\xe2\x80\xae") << QByteArray(R"( k="a\u202e")");
    QTest::newRow("separators of lines are escaped")
        << QByteArray("a\xe2\x80\xa8\xe2\x80\xa9") << QByteArray(R"( k="a\u2028\u2029")");
    QTest::newRow("text in UTF-8 stays") << QByteArray("…é中😀") << QByteArray(" k=\"…é中😀\"");
    QTest::newRow("bytes that are no UTF-8 are replaced")
        << QByteArray("a\xff") << QByteArray(" k=\"a\xef\xbf\xbd\"");
}

void TestLog::pairs() {
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, line);
    QByteArray out;
    log::appendPair(out, "k", QByteArrayView(value));
    QCOMPARE(out, line);
}

void TestLog::timestamps() {
    const auto at = [](qint64 millis) {
        QByteArray out;
        log::appendTimestamp(out, WallTime(std::chrono::milliseconds(millis)));
        return out;
    };
    QCOMPARE(at(0), "1970-01-01T00:00:00.000Z");
    QCOMPARE(at(1'795'176'000'123), "2026-11-20T12:00:00.123Z");
    QCOMPARE(at(1'795'176'000'999), "2026-11-20T12:00:00.999Z");
    QCOMPARE(at(1'709'251'199'001), "2024-02-29T23:59:59.001Z");
}

void TestLog::aLineHasTimeLevelEventAndPairs() {
    configure(log::Level::Info);
    log::write(log::Level::Info, "started",
               {{"port", 8899}, {"file", QStringLiteral("/a b")}, {"word", QByteArray("x")}});
    const QByteArray line = written();
    QVERIFY2(line.endsWith("Z info started port=8899 file=\"/a b\" word=x\n"), line.constData());
    QCOMPARE(line.indexOf('Z'), 23);
    QCOMPARE(line.count('\n'), 1);
}

void TestLog::linesBelowTheLevelAreNotWritten() {
    configure(log::Level::Warn);
    QVERIFY(!log::isEnabled(log::Level::Info));
    log::write(log::Level::Info, "quiet");
    log::write(log::Level::Warn, "loud");
    log::write(log::Level::Error, "louder");
    QVERIFY(!written().contains("quiet"));
    QVERIFY(written().contains("warn loud\n"));
    QVERIFY(written().contains("error louder\n"));
}

void TestLog::theLevelCanBeChanged() {
    configure(log::Level::Error);
    log::setLevel(log::Level::Trace);
    log::write(log::Level::Trace, "fine");
    QVERIFY(written().contains("trace fine\n"));
}

void TestLog::theFileIsPrivate() {
    configure(log::Level::Info);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(QFileInfo::exists(path()));
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestLog::anExistingFileIsMadePrivate() {
    configure(log::Level::Info);
    log::configure({log::Level::Info, false, {}});
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    configure(log::Level::Info);
    QVERIFY(!(QFile::permissions(path()) & QFile::ReadOther));
}

void TestLog::warningsAreInTheFileAtOnce() {
    configure(log::Level::Info);
    log::write(log::Level::Info, "before");
    log::write(log::Level::Warn, "now");
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 2);
}

void TestLog::fullFilesAreRotated() {
    configure(log::Level::Info);
    const QByteArray filler(64 * 1024, 'x');
    for (int i = 0; i < 320; ++i)
        log::write(log::Level::Info, "fill", {{"x", filler}});
    log::flush();
    const QFileInfoList files = QFileInfo(path()).dir().entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 3);
    for (const QFileInfo& file : files) {
        QVERIFY(file.size() <= 5 * 1024 * 1024);
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    }
}

void TestLog::withoutAnyPlaceNothingIsEnabled() {
    log::configure({log::Level::Trace, false, {}});
    QVERIFY(!log::isEnabled(log::Level::Error));
    log::write(log::Level::Error, "nowhere");
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
