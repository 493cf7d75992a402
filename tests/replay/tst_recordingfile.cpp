// SPDX-License-Identifier: MIT
#include "core/replay/recordingfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

QByteArray lineOf(const char* path) {
    return QByteArray(R"({"method":"GET","path":")") + path +
           R"(","status":200,"response":{"headers":[],"pieces":[]}})" + '\n';
}

} // namespace

class TestRecordingFile : public QObject {
    Q_OBJECT
private slots:
    void isReadAgainWhenItChanges() {
        write(lineOf("/a"));
        RecordingFile file(path(), m_clock);
        const auto first = file.playlist();
        QVERIFY(has(first, "/a"));
        m_clock.advance(1s);
        QCOMPARE(file.playlist(), first);
        write(lineOf("/bcd"));
        QCOMPARE(file.playlist(), first);
        m_clock.advance(1s);
        QVERIFY(has(file.playlist(), "/bcd"));
        // What was given out stays.
        QVERIFY(has(first, "/a"));
    }
    void oneThatIsBeingWrittenKeepsTheFormer() {
        write(lineOf("/a"));
        RecordingFile file(path(), m_clock);
        write(lineOf("/a").first(20));
        m_clock.advance(1s);
        QVERIFY(has(file.playlist(), "/a"));
        QVERIFY(file.problem().isEmpty());
        m_clock.advance(1s);
        QVERIFY(!file.playlist());
        QVERIFY2(file.problem().contains(QLatin1String("no JSON at line 1, column ")),
                 qPrintable(file.problem()));
        write(lineOf("/a"));
        m_clock.advance(1s);
        QVERIFY(has(file.playlist(), "/a"));
        QVERIFY(file.problem().isEmpty());
    }
    void problems_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("problem");
        QTest::newRow("none there")
            << QStringLiteral("none.jsonl") << QStringLiteral("put it there");
        QTest::newRow("a folder") << QStringLiteral(".") << QStringLiteral("name another file");
    }
    void problems() {
        QFETCH(const QString, name);
        QFETCH(const QString, problem);
        RecordingFile file(m_dir.filePath(name), m_clock);
        QVERIFY(!file.playlist());
        QVERIFY2(file.problem().startsWith(m_dir.path()), qPrintable(file.problem()));
        QVERIFY2(file.problem().contains(problem), qPrintable(file.problem()));
    }

private:
    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("r.jsonl")); }
    void write(const QByteArray& bytes) const {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static bool has(const std::shared_ptr<Playlist>& playlist, const char* path) {
        return playlist && playlist->next("GET", path, {}) != nullptr;
    }

    QTemporaryDir m_dir;
    ManualClock m_clock;
};

QTEST_APPLESS_MAIN(TestRecordingFile)
#include "tst_recordingfile.moc"
