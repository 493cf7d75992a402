// SPDX-License-Identifier: MIT
#include "core/support/homevariable.h"

#include <QDir>
#include <QScopeGuard>
#include <QTest>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace sallyport;

class TestHomeVariable : public QObject {
    Q_OBJECT
private slots:
#ifdef Q_OS_UNIX
    void theFolderOfTheUserIsTakenWhereThereIsNone() {
        const QByteArray before = qgetenv("HOME");
        const auto restore = qScopeGuard([&] { qputenv("HOME", before); });
        const passwd* const user = ::getpwuid(::geteuid());
        if (!user) QSKIP("the system does not know this user");
        const QString folder = QDir::cleanPath(QString::fromLocal8Bit(user->pw_dir));
        qunsetenv("HOME");
        setHomeVariable();
        QCOMPARE(QDir::homePath(), folder);
        qputenv("HOME", "");
        setHomeVariable();
        QCOMPARE(QDir::homePath(), folder);
        qputenv("HOME", "/somewhere/else");
        setHomeVariable();
        QCOMPARE(QDir::homePath(), QStringLiteral("/somewhere/else"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestHomeVariable)
#include "tst_homevariable.moc"
