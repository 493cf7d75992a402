// SPDX-License-Identifier: MIT
#include "core/support/processusage.h"

#include <QFile>
#include <QTest>

using namespace sallyport;

class TestProcessUsage : public QObject {
    Q_OBJECT
private slots:
    void tellsWhatThisProcessUses() {
#ifndef Q_OS_LINUX
        QSKIP("not told here");
#endif
        const ProcessUsage before = processUsage();
        QVERIFY(before.residentBytes.value_or(0) > 1024 * 1024);
        QVERIFY(before.openDescriptors.value_or(0) >= 3);
        QFile file(QStringLiteral("/dev/null"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(processUsage().openDescriptors, *before.openDescriptors + 1);
        // Work until the clock of the process has moved.
        QTRY_VERIFY(processUsage().cpuSeconds > before.cpuSeconds);
    }
};

QTEST_GUILESS_MAIN(TestProcessUsage)
#include "tst_processusage.moc"
