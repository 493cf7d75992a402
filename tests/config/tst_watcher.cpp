// SPDX-License-Identifier: MIT
#include "core/config/watcher.h"

#include "core/support/atomicfile.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

/// Longer than the watcher waits for quiet.
constexpr int kSoon = 400;

} // namespace

class TestWatcher : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    [[nodiscard]] QString path(const char* name) const {
        return m_dir->filePath(QString::fromLatin1(name));
    }
private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aFileThatComesChangesAndGoesIsTold() {
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        write(path("routes.yaml"), "a");
        QVERIFY(spy.wait());
        write(path("routes.yaml"), "b");
        QVERIFY(spy.wait());
        QVERIFY(QFile::remove(path("routes.yaml")));
        QVERIFY(spy.wait());
        write(path("settings.yaml"), "c");
        QVERIFY(spy.wait());
        QCOMPARE(spy.count(), 4);
    }

    void aFileThatIsRenamedIntoPlaceIsToldEachTime() {
        write(path("routes.yaml"), "0");
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(writeFileAtomically(path("routes.yaml"), QByteArray::number(i)).isOk());
            QVERIFY(spy.wait());
            QCOMPARE(spy.count(), i);
        }
    }

    void aBurstIsToldOnce() {
        write(path("routes.yaml"), "0");
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        for (int i = 1; i <= 20; ++i)
            write(path("routes.yaml"), QByteArray::number(i));
        write(path("settings.yaml"), "x");
        QVERIFY(spy.wait());
        QVERIFY(!spy.wait(kSoon));
        QCOMPARE(spy.count(), 1);
    }

    void theSameBytesAreNoChange() {
        write(path("routes.yaml"), "same");
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        QVERIFY(writeFileAtomically(path("routes.yaml"), "same").isOk());
        write(path("routes.yaml.swp"), "noise");
        QVERIFY(!spy.wait(kSoon));
        // And the new file of the same bytes is the one that is watched.
        write(path("routes.yaml"), "other");
        QVERIFY(spy.wait());
    }

    void whatWasAcknowledgedIsNotTold() {
        write(path("routes.yaml"), "0");
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        QVERIFY(writeFileAtomically(path("routes.yaml"), "1").isOk());
        watcher.acknowledge();
        QVERIFY(!spy.wait(kSoon));
        write(path("routes.yaml"), "2");
        QVERIFY(spy.wait());
    }

    void aFolderThatComesLaterIsWatched() {
        const QString dir = path("a/b");
        ConfigWatcher watcher(dir);
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        QVERIFY(QDir().mkpath(dir));
        QVERIFY(!spy.wait(kSoon));
        write(dir + QStringLiteral("/routes.yaml"), "x");
        QVERIFY(spy.wait());
    }

    void aPipeInItsPlaceIsToldAndHoldsNobodyUp() {
        write(path("routes.yaml"), "1");
        ConfigWatcher watcher(m_dir->path());
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        QVERIFY(QFile::remove(path("routes.yaml")));
        if (!test::makePipe(path("routes.yaml"))) QSKIP("no pipes here");
        QVERIFY(spy.wait());
        QVERIFY(QFile::remove(path("routes.yaml")));
        write(path("routes.yaml"), "1");
        QVERIFY(spy.wait());
    }

    void aLinkedFileIsWatchedWhereItIs() {
        const QString elsewhere = path("elsewhere.yaml");
        QVERIFY(QDir().mkpath(path("config")));
        write(elsewhere, "1");
        QVERIFY(QFile::link(elsewhere, path("config/routes.yaml")));
        ConfigWatcher watcher(path("config"));
        QSignalSpy spy(&watcher, &ConfigWatcher::changed);
        write(elsewhere, "2");
        QVERIFY(spy.wait());
    }
};

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
