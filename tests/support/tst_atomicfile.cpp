// SPDX-License-Identifier: MIT
#include "core/support/atomicfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

constexpr QFileDevice::Permissions kOwnerBits = QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                QFileDevice::ReadOther | QFileDevice::WriteOther;

void put(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What stat() calls the mode, without what Qt adds for "the user".
QFileDevice::Permissions modeOf(const QString& path) {
    return QFile::permissions(path) & kOwnerBits;
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] QString path(const char* name) const {
        return m_folder.filePath(QLatin1String(name));
    }
    /// Names in the folder: nothing temporary may stay behind.
    [[nodiscard]] QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files); }

private slots:
    void whatAnotherProgramWroteMeanwhileStays_data() {
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("there");
        QTest::addColumn<bool>("isReplaced");
        QTest::newRow("as expected") << QByteArray("a") << QByteArray("a") << true;
        QTest::newRow("written by another") << QByteArray("a") << QByteArray("b") << false;
        QTest::newRow("none, as expected") << QByteArray() << QByteArray() << true;
        QTest::newRow("made by another") << QByteArray() << QByteArray("b") << false;
        QTest::newRow("removed by another") << QByteArray("a") << QByteArray() << false;
    }
    void whatAnotherProgramWroteMeanwhileStays() {
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, there);
        QFETCH(bool, isReplaced);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("f"));
        if (!there.isNull()) put(file, there);
        const auto before = expected.isNull() ? std::optional<QByteArray>() : expected;
        const auto outcome = replaceFileAtomically(file, before, "new");
        QVERIFY(outcome.isOk());
        QCOMPARE(*outcome == FileReplacement::Replaced, isReplaced);
        QCOMPARE(contentOf(file), isReplaced ? QByteArray("new") : there);
        const int files = isReplaced || !there.isNull() ? 1 : 0;
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), files);
    }

    void init() {
        for (const QString& name : names())
            QFile::remove(m_folder.filePath(name));
    }

    void aNewFileIsPrivate() {
        QVERIFY(writeFileAtomically(path("new"), "content"));
        QCOMPARE(contentOf(path("new")), QByteArray("content"));
        QCOMPARE(modeOf(path("new")), kPrivateFile);
        QCOMPARE(names(), QStringList(QStringLiteral("new")));
    }

    void anOldFileKeepsItsMode() {
        put(path("old"), "before, and longer than after");
        const auto mode = kPrivateFile | QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QFile::setPermissions(path("old"), mode);
        QVERIFY(writeFileAtomically(path("old"), "after"));
        QCOMPARE(contentOf(path("old")), QByteArray("after"));
        QCOMPARE(modeOf(path("old")), mode);
    }

    void aModeThatIsAskedForWins() {
        put(path("old"), "before");
        QFile::setPermissions(path("old"), kOwnerBits);
        QVERIFY(writeFileAtomically(path("old"), "after", kPrivateFile));
        QCOMPARE(modeOf(path("old")), kPrivateFile);
    }

    void aLinkIsWrittenThrough() {
        put(path("target"), "before");
        QVERIFY(QFile::link(path("target"), path("link")));
        QVERIFY(writeFileAtomically(path("link"), "after"));
        QVERIFY(QFileInfo(path("link")).isSymLink());
        QCOMPARE(contentOf(path("target")), QByteArray("after"));
    }

    void aLinkToNothingMakesItsTarget() {
        QVERIFY(QFile::link(path("later"), path("dangling")));
        QVERIFY(writeFileAtomically(path("dangling"), "content"));
        QVERIFY(QFileInfo(path("dangling")).isSymLink());
        QCOMPARE(contentOf(path("later")), QByteArray("content"));
    }

    void aChainOfLinksIsKept() {
        QVERIFY(QFile::link(path("last"), path("second")));
        QVERIFY(QFile::link(path("second"), path("first")));
        QVERIFY(writeFileAtomically(path("first"), "content"));
        QVERIFY(QFileInfo(path("first")).isSymLink());
        QVERIFY(QFileInfo(path("second")).isSymLink());
        QCOMPARE(contentOf(path("last")), QByteArray("content"));
    }

    void aReadOnlyFileIsRefused() {
        put(path("fixed"), "before");
        QFile::setPermissions(path("fixed"), QFileDevice::ReadOwner);
        const auto refused = writeFileAtomically(path("fixed"), "after");
        QVERIFY(!refused);
        QVERIFY(refused.error().contains(path("fixed")));
        QCOMPARE(contentOf(path("fixed")), QByteArray("before"));
        QCOMPARE(names(), QStringList(QStringLiteral("fixed")));
    }

    void aFolderThatIsMissingIsNamed() {
        const auto refused = writeFileAtomically(path("no/such/folder"), "content");
        QVERIFY(!refused);
        QVERIFY(refused.error().contains(path("no/such/folder")));
    }
};

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomicfile.moc"
