// SPDX-License-Identifier: MIT
#include "core/support/regularfile.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace sallyport;

class TestRegularFile : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    [[nodiscard]] QString path(const char* name) const {
        return m_dir.filePath(QString::fromLatin1(name));
    }
    void write(const char* name, const QByteArray& content) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

private slots:
    void readsUpToTheLimit_data() {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<qsizetype>("limit");
        QTest::addColumn<QString>("fault"); ///< its beginning; empty: none
        const auto row = [](const char* tag, qsizetype size, qsizetype limit, const char* fault) {
            QTest::newRow(tag) << size << limit << QString::fromLatin1(fault);
        };
        row("an empty file is read", 0, 10, "");
        row("a file of the limit is read", 10, 10, "");
        row("a file of one byte more is refused", 11, 10, "it is larger than 10 B;");
        row("a limit in KiB is told in KiB", 65537, 65536, "it is larger than 64 KiB;");
        row("a limit in MiB is told in MiB", 1048577, 1048576, "it is larger than 1 MiB;");
    }
    void readsUpToTheLimit() {
        QFETCH(const qsizetype, size);
        QFETCH(const qsizetype, limit);
        QFETCH(const QString, fault);
        write("file", QByteArray(size, 'x'));
        const auto whole = readRegularFile(path("file"), limit);
        QCOMPARE(whole.isOk(), fault.isEmpty());
        if (whole)
            QCOMPARE(*whole, QByteArray(size, 'x'));
        else
            QVERIFY2(whole.error().startsWith(fault), qPrintable(whole.error()));
        const auto start = readRegularFileStart(path("file"), limit);
        QVERIFY(start.isOk());
        QCOMPARE(*start, QByteArray(std::min(size, limit), 'x'));
    }

    void aLinkIsFollowed() {
        write("target", "content");
        QVERIFY(QFile::link(path("target"), path("link")));
        const auto content = readRegularFile(path("link"), 100);
        QVERIFY(content.isOk());
        QCOMPARE(*content, QByteArray("content"));
    }

    /// Of each of these, an open or a read in the usual way waits, goes on for ever or is an error.
    void whatIsNoRegularFileIsRefused_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("fault");
        const auto row = [this](const char* tag, const char* name, const char* fault) {
            QTest::newRow(tag) << path(name) << QString::fromLatin1(fault);
        };
        row("nothing", "none", "No such file or directory");
        row("a dangling link", "dangling", "No such file or directory");
        row("a folder", "folder", "file to open is a directory");
        QVERIFY(QFile::link(path("none"), path("dangling")));
        QVERIFY(QDir().mkpath(path("folder")));
#ifdef Q_OS_UNIX
        const QString special =
            QStringLiteral("it is a pipe, a socket or a device; name a regular");
        QVERIFY(test::makePipe(path("pipe")));
        QTest::newRow("a pipe that nobody writes to") << path("pipe") << special;
        QTest::newRow("a device without an end") << QStringLiteral("/dev/zero") << special;
        QVERIFY(QFile::link(path("pipe"), path("link to a pipe")));
        QTest::newRow("a link to a pipe") << path("link to a pipe") << special;
        QTest::newRow("a name with NUL in it")
            << QString(path("folder") + QChar(0) + u'x') << QStringLiteral("Invalid argument");
#endif
    }
    void whatIsNoRegularFileIsRefused() {
        QFETCH(const QString, file);
        QFETCH(const QString, fault);
        const auto content = readRegularFile(file, 1024);
        QVERIFY(!content.isOk());
        QVERIFY2(content.error().startsWith(fault), qPrintable(content.error()));
    }

#ifdef Q_OS_UNIX
    void noDescriptorIsLeftOpen() {
        const auto lowestFree = [] {
            const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
            ::close(fd);
            return fd;
        };
        write("file", "content");
        const int before = lowestFree();
        for (const char* name : {"file", "none", "."})
            (void)readRegularFile(path(name), 3);
        QCOMPARE(lowestFree(), before);
    }
#endif
};

QTEST_GUILESS_MAIN(TestRegularFile)
#include "tst_regularfile.moc"
