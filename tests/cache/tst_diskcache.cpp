// SPDX-License-Identifier: MIT
#include "core/cache/diskcache.h"
#include "core/cache/storedfile.h"
#include "tests/cache/fields.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QByteArray kDigest = "00aa";

StoredPtr responseOf(const QByteArray& content, const QByteArrayList& fields = {}) {
    return std::make_shared<const StoredResponse>(storedOf(fields, content));
}

/// A store with its folder, as one start of the program has it.
struct Run {
    explicit Run(const QTemporaryDir& folder, const QByteArray& digest = kDigest,
                 const CacheRules& rules = {})
        : store(rules)
        , disk(std::make_unique<DiskCache>(store, folder.filePath(QStringLiteral("route")),
                                           digest)) {
        store.setMirror(disk.get());
    }
    ~Run() {
        store.setMirror(nullptr);
        disk.reset();
        [[maybe_unused]] const bool isOver =
            until([] { return QThreadPool::globalInstance()->activeThreadCount() == 0; });
    }
    template <typename Predicate>
    static bool until(Predicate isDone) {
        return QTest::qWaitFor(isDone, 10'000);
    }
    [[nodiscard]] bool isLoaded() const {
        return until([this] { return disk->isLoaded() && disk->isWritten(); });
    }
    [[nodiscard]] bool isWritten() const {
        return until([this] { return disk->isWritten(); });
    }
    CacheStore store;
    std::unique_ptr<DiskCache> disk;
};

QString fileOf(const QTemporaryDir& folder, const QByteArray& key,
               const QByteArray& digest = kDigest) {
    return folder.filePath(QStringLiteral("route/") + QString::fromLatin1(digest) + u'/' +
                           storedFileName(key, *responseOf({})));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QStringList filesIn(const QString& folder) { return QDir(folder).entryList(QDir::Files); }

} // namespace

class TestDiskCache : public QObject {
    Q_OBJECT
private slots:
    void whatIsStoredIsThereAgain() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("first"));
            run.store.put("a", responseOf("second"));
            run.store.put("b", responseOf("other"));
            run.store.remove("b");
        }
        Run run(folder);
        QVERIFY(run.isLoaded());
        QVERIFY(run.store.find("a", {}));
        QCOMPARE(run.store.find("a", {})->content, QByteArray("second"));
        QVERIFY(!run.store.find("b", {}));
        QCOMPARE(QFile::permissions(fileOf(folder, "a")) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
    }
    void otherRulesBeginAnew() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("first"));
        }
        {
            Run run(folder, "11bb");
            QVERIFY(run.isLoaded());
            QCOMPARE(run.store.entries(), 0);
        }
        QVERIFY(!QFile::exists(fileOf(folder, "a")));
    }
    void whatOthersKeepThereStays() {
        const QTemporaryDir folder;
        QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("route/11bb"))));
        QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("route/precious"))));
        Run run(folder);
        QVERIFY(run.isLoaded());
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("route/11bb"))));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("route/precious"))));
    }
    void whatTakesThePlaceOfAnotherBeginsAnew() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("first"));
        }
        CacheStore store{CacheRules{}};
        const DiskCache disk(store, folder.filePath(QStringLiteral("route")), kDigest,
                             DiskCache::Start::Empty);
        QVERIFY(Run::until([&] { return disk.isLoaded(); }));
        QCOMPARE(store.entries(), 0);
        QVERIFY(!QFile::exists(fileOf(folder, "a")));
    }
    void rulesThatChangedElsewhereDoNot() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            QVERIFY(run.isLoaded());
            run.store.put("a", responseOf("first"));
            run.disk->setDigest("11bb");
            run.store.put("b", responseOf("second"));
        }
        Run run(folder, "11bb");
        QVERIFY(run.isLoaded());
        QCOMPARE(run.store.entries(), 2);
    }
    void aDamagedFileIsSetAside() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("first"));
            run.store.put("b", responseOf("second"));
        }
        QFile file(fileOf(folder, "a"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() - 1));
        file.write("X");
        file.close();
        Run run(folder);
        QVERIFY(run.isLoaded());
        QVERIFY(!run.store.find("a", {}));
        QVERIFY(run.store.find("b", {}));
        QCOMPARE(filesIn(folder.filePath(QStringLiteral("route/damaged"))).size(), 1);
        QVERIFY(!QFile::exists(fileOf(folder, "a")));
    }
    void damagedFilesAreBounded() {
        const QTemporaryDir folder;
        const QDir place(folder.filePath(QStringLiteral("route/00aa")));
        QVERIFY(QDir().mkpath(place.path()));
        for (int i = 0; i < 3 * DiskCache::kMaxDamaged; ++i) {
            QFile file(place.filePath(QString::number(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("something else");
        }
        Run run(folder);
        QVERIFY(run.isLoaded());
        QCOMPARE(filesIn(place.path()).size(), 0);
        QCOMPARE(filesIn(folder.filePath(QStringLiteral("route/damaged"))).size(),
                 DiskCache::kMaxDamaged);
    }
    void aFileOfAnotherNameIsNotUsed() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("first"));
        }
        QVERIFY(QFile::rename(fileOf(folder, "a"), fileOf(folder, "b")));
        Run run(folder);
        QVERIFY(run.isLoaded());
        QCOMPARE(run.store.entries(), 0);
    }
    void theFolderIsBoundedAsTheStoreIs() {
        const QTemporaryDir folder;
        CacheRules rules;
        rules.maxSize = 100'000;
        {
            Run run(folder, kDigest, rules);
            for (int i = 0; i < 50; ++i)
                run.store.put(QByteArray::number(i), responseOf(QByteArray(10'000, 'x')));
            QVERIFY(run.isWritten());
            QCOMPARE(filesIn(folder.filePath(QStringLiteral("route/00aa"))).size(),
                     run.store.entries());
        }
        rules.maxEntries = 3;
        Run run(folder, kDigest, rules);
        QVERIFY(run.isLoaded());
        QCOMPARE(run.store.entries(), 3);
        QVERIFY(Run::until(
            [&] { return filesIn(folder.filePath(QStringLiteral("route/00aa"))).size() == 3; }));
    }
    void whatHasChangedMeanwhileGoesBefore() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("old"));
            run.store.put("b", responseOf("old"));
        }
        Run run(folder);
        run.store.put("a", responseOf("new")); // before one file can have been told of
        run.store.remove("b");
        QVERIFY(run.isLoaded());
        QCOMPARE(run.store.find("a", {})->content, QByteArray("new"));
        QVERIFY(!run.store.find("b", {}));
        QVERIFY(Run::until([&] { return !QFile::exists(fileOf(folder, "b")); }));
    }
    void whatIsForgottenStaysSoAfterAKill() {
        const QTemporaryDir folder;
        const QString journal = folder.filePath(QStringLiteral("route/forgotten"));
        QByteArray file;
        QByteArray noted;
        {
            Run run(folder);
            QVERIFY(run.isLoaded());
            run.store.put("a", responseOf("old"));
            run.store.put("b", responseOf("old"));
            QVERIFY(run.isWritten());
            file = contentOf(fileOf(folder, "a"));
            run.store.remove("a");
            noted = contentOf(journal); // before the event loop has another turn
            QVERIFY(run.isWritten());
            QCOMPARE(contentOf(journal), QByteArray()); // the file is gone
        }
        write(fileOf(folder, "a"), file);
        write(journal, noted);
        Run run(folder);
        QVERIFY(run.isLoaded());
        QVERIFY(!run.store.find("a", {}));
        QVERIFY(run.store.find("b", {}));
        QVERIFY(!QFile::exists(fileOf(folder, "a")));
    }
    void whatIsForgottenBeforeItWasReadStaysSo() {
        const QTemporaryDir folder;
        {
            Run run(folder);
            run.store.put("a", responseOf("old"));
        }
        const QByteArray file = contentOf(fileOf(folder, "a"));
        Run run(folder);
        run.store.remove("a");
        const QByteArray noted = contentOf(folder.filePath(QStringLiteral("route/forgotten")));
        const QTemporaryDir after;
        QVERIFY(QDir().mkpath(after.filePath(QStringLiteral("route/00aa"))));
        write(fileOf(after, "a"), file);
        write(after.filePath(QStringLiteral("route/forgotten")), noted);
        Run next(after);
        QVERIFY(next.isLoaded());
        QCOMPARE(next.store.entries(), 0);
    }
    void aCredentialIsNotWritten() {
        const QTemporaryDir folder;
        Run run(folder);
        QVERIFY(run.isLoaded());
        run.store.put("a", responseOf("first"));
        QVERIFY(run.isWritten());
        QVERIFY(QFile::exists(fileOf(folder, "a")));
        run.store.put("a", responseOf("second", {"X-Session-Token: planted"}));
        QVERIFY(run.isWritten());
        QVERIFY(!QFile::exists(fileOf(folder, "a")));
        QVERIFY(run.store.find("a", {}));
    }
};

QTEST_GUILESS_MAIN(TestDiskCache)
#include "tst_diskcache.moc"
