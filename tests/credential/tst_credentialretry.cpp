// SPDX-License-Identifier: MIT
#include "core/credential/credentialretry.h"

#include <QTest>

using namespace sallyport;

namespace {

/// `0:abc` is the secret abc of the first source.
CredentialKey keyOf(const QByteArray& text) {
    const qsizetype colon = text.indexOf(':');
    return {static_cast<std::size_t>(text.first(colon).toInt()), text.sliced(colon + 1)};
}

} // namespace

class TestCredentialRetry : public QObject {
    Q_OBJECT
private slots:
    void goesAgain_data() {
        QTest::addColumn<QByteArrayList>("refused");
        QTest::addColumn<QByteArray>("next");
        QTest::addColumn<bool>("mayTry");
        QTest::addColumn<bool>("mayWait");
        const auto row = [](const char* tag, const QByteArrayList& refused, const char* next,
                            bool mayTry, bool mayWait) {
            QTest::newRow(tag) << refused << QByteArray(next) << mayTry << mayWait;
        };
        row("another key", {"0:a"}, "1:b", true, true);
        row("the same source with another secret", {"0:a"}, "0:b", true, true);
        row("the same secret again", {"0:a"}, "0:a", false, true);
        row("the same secret from another source", {"0:a"}, "1:a", false, true);
        row("a second renewal", {"0:a", "0:b"}, "0:c", false, false);
        row("a second renewal, of another source", {"0:a", "0:b", "1:c"}, "1:d", false, false);
        row("another key after a renewal", {"0:a", "0:b"}, "1:c", true, false);
        row("the first one again after the others", {"0:a", "1:b"}, "0:a", false, true);
        row("eight were tried", {"0:a", "1:b", "2:c", "3:d", "4:e", "5:f", "6:g", "7:h"}, "8:i",
            false, false);
    }
    void goesAgain() {
        QFETCH(const QByteArrayList, refused);
        QFETCH(const QByteArray, next);
        CredentialRetry tries;
        for (const QByteArray& each : refused)
            tries.refused(keyOf(each));
        QTEST(tries.mayTry(keyOf(next)), "mayTry");
        QTEST(tries.mayWait(), "mayWait");
    }
};

QTEST_APPLESS_MAIN(TestCredentialRetry)
#include "tst_credentialretry.moc"
