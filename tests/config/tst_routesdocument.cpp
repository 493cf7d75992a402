// SPDX-License-Identifier: MIT
#include "core/config/routesdocument.h"

#include "core/config/routesedit.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

TextEdit switching(bool on) {
    return [on](const QByteArray& yaml, const QString& path) {
        return withRouteEnabled(yaml, path, QStringLiteral("claude"), on);
    };
}

} // namespace

class RoutesDocumentTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aFileIsMadeByTheFirstChangeAndTakenAwayByItsUndo() {
        RoutesDocument document(m_dir->path());
        QVERIFY(!document.hasFile() && !document.problem());
        QCOMPARE(document.routes(), defaultRoutes());
        QVERIFY(document.apply(switching(false)).isOk());
        QVERIFY(read().contains("enabled: false"));
        QVERIFY(document.undo().isOk());
        QVERIFY(!QFile::exists(path()));
        QVERIFY(document.redo().isOk());
        QVERIFY(read().contains("enabled: false"));
    }
    void anotherWriterIsNotOverwritten() {
        write("routes: [{name: claude, upstream: sandbox}]\n");
        RoutesDocument document(m_dir->path());
        QVERIFY(document.apply(switching(false)).isOk());
        const QByteArray theirs = "# theirs\nroutes: [{name: claude, upstream: sandbox}]\n";
        write(theirs);
        for (const auto& done : {document.apply(switching(true)), document.undo()}) {
            QVERIFY(!done);
            QVERIFY2(done.error().contains(QLatin1String("another program")),
                     qPrintable(done.error()));
        }
        QCOMPARE(read(), theirs);
        QVERIFY(document.refresh());
        QVERIFY(!document.canUndo());
        QVERIFY(document.apply(switching(false)).isOk());
        QVERIFY(read().startsWith("# theirs\n"));
    }
    void aBrokenFileIsShownAndNotEdited() {
        write("routes: [{name: claude, upstream: sandbox}]\n");
        RoutesDocument document(m_dir->path());
        const QByteArray broken = "routes:\n  - {name: claude, upstrea: sandbox}\n";
        write(broken);
        QVERIFY(document.refresh());
        QVERIFY(document.problem() && document.problem()->line == 2);
        QCOMPARE(document.routes().routes.size(), std::size_t{1});
        QVERIFY(!document.apply(switching(false)));
        QVERIFY(!document.preview(switching(false)));
        QCOMPARE(read(), broken);
        write("routes: [{name: claude, upstream: sandbox}]\n");
        QVERIFY(document.refresh() && !document.problem());
        QVERIFY(!document.refresh());
    }
    void aChangeThatCannotBeMadeWritesNothing() {
        const QByteArray text = "routes: [{name: a, block: true}]\n";
        write(text);
        RoutesDocument document(m_dir->path());
        const auto done = document.apply(switching(false));
        QVERIFY(!done && done.error().contains(QLatin1String("there is no route")));
        QCOMPARE(read(), text);
        QVERIFY(!document.canUndo());
    }

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(QStringLiteral("routes.yaml")); }
    [[nodiscard]] QByteArray read() const {
        QFile file(path());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray& text) const {
        QFile file(path());
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write(text);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_APPLESS_MAIN(RoutesDocumentTest)
#include "tst_routesdocument.moc"
