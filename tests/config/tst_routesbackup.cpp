// SPDX-License-Identifier: MIT
#include "core/config/routesbackup.h"

#include "core/config/defaultfiles.h"
#include "core/config/intranetpreset.h"
#include "core/support/atomicfile.h"
#include "tests/support/pipe.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QDateTime kNow(QDate(2026, 11, 21), QTime(17, 22));

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class RoutesBackupTest : public QObject {
    Q_OBJECT
private slots:
    /// To go back is to copy the copy: it has the bytes of before.
    void theCopyHasTheBytesOfBefore() {
        const QTemporaryDir dir;
        const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
        const QByteArray before =
            "\xEF\xBB\xBF# mine\r\nroutes:   # odd\r\n     - {name: a, block: true}";
        QVERIFY(writeFileAtomically(routes, before).isOk());
        const auto preset = withIntranetPreset(before, routes);
        QVERIFY(preset.isOk());
        const auto copy = replaceRoutes(dir.path(), preset->text, RoutesChange::Preset, kNow);
        QVERIFY(copy.isOk());
        QCOMPARE(*copy, QString(routes + QStringLiteral(".before-preset-20261121-1722")));
        QCOMPARE(content(*copy), before);
        QCOMPARE(content(routes), preset->text);
    }
    void aSecondTimeWritesNothing() {
        const QTemporaryDir dir;
        const QByteArray text = sandboxRoutesText();
        const auto first = replaceRoutes(dir.path(), text, RoutesChange::Preset, kNow);
        QVERIFY(first.isOk() && first->isEmpty());
        const auto second = replaceRoutes(dir.path(), text, RoutesChange::Preset, kNow);
        QVERIFY(second.isOk() && second->isEmpty());
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files),
                 QStringList{QStringLiteral("routes.yaml")});
    }
    void aCopyIsNeverOverwritten() {
        const QTemporaryDir dir;
        for (const char* text : {"a", "b", "c"})
            QVERIFY(replaceRoutes(dir.path(), text, RoutesChange::Setup, kNow).isOk());
        const QString copy = dir.filePath(QStringLiteral("routes.yaml.before-setup-20261121-1722"));
        QCOMPARE(content(copy), QByteArray("a"));
        QCOMPARE(content(copy + QStringLiteral("-2")), QByteArray("b"));
    }
    void aPipeIsLeftAlone() {
        const QTemporaryDir dir;
        const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
        if (!test::makePipe(routes)) QSKIP("no pipes here");
        const auto done = replaceRoutes(dir.path(), "a", RoutesChange::Preset, kNow);
        QVERIFY(!done.isOk() && done.error().contains(QStringLiteral("it is a pipe")));
    }
};

QTEST_GUILESS_MAIN(RoutesBackupTest)
#include "tst_routesbackup.moc"
