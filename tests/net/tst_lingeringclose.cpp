// SPDX-License-Identifier: MIT
#include "core/net/lingeringclose.h"

#include <QByteArrayList>
#include <QTest>

using namespace sallyport;

namespace {

QByteArray words(const ClosingActions& actions) {
    QByteArrayList list;
    if (actions.sendsEnd) list.append("end");
    if (actions.timer) list.append(QByteArray::number(qlonglong{actions.timer->count()}));
    if (actions.closes) list.append("close");
    return list.isEmpty() ? "-" : list.join('+');
}

/// Plays one word: an input, after ':' whether bytes are pending after it.
ClosingActions play(LingeringClose& state, const QByteArray& word) {
    const bool isPending = word.endsWith(":pending");
    if (word.startsWith("finish")) return state.finish(isPending);
    if (word.startsWith("linger")) return state.linger(isPending);
    if (word.startsWith("wrote")) return state.wrote(isPending);
    if (word == "peer") return state.peerFinished();
    if (word == "failed") return state.failed();
    if (word == "timer") return state.timerExpired();
    state.closed();
    return {};
}

} // namespace

class TestLingeringClose : public QObject {
    Q_OBJECT
private slots:
    void whatIsToBeDone_data() {
        QTest::addColumn<QByteArray>("inputs");
        QTest::addColumn<QByteArray>("actions");
        const auto row = [](const char* tag, const char* inputs, const char* actions) {
            QTest::newRow(tag) << QByteArray(inputs) << QByteArray(actions);
        };
        row("nothing by itself", "wrote:pending wrote peer failed", "- - - -");
        row("a half-close at once", "finish", "end");
        row("a half-close after what is pending", "finish:pending wrote:pending wrote", "- - end");
        row("our end is sent once", "finish finish wrote linger", "end - - 1000");
        row("after a half-close the peer may end, and nothing closes", "finish peer", "end -");
        row("a lingering close ends with the peer", "linger peer", "end+1000 close");
        row("after 1 s without the peer's end", "linger timer", "end+1000 close");
        row("what is pending goes first, each step within 30 s",
            "linger:pending wrote:pending wrote peer", "30000 30000 end+1000 close");
        row("a peer that takes nothing is left", "linger:pending timer", "30000 close");
        row("a peer that ended first gets what is pending", "peer linger:pending wrote",
            "- 30000 end+close");
        row("a peer that ends while something is pending gets the rest",
            "linger:pending peer wrote:pending wrote", "30000 - 30000 end+close");
        row("with nothing pending there is nothing to wait for", "peer linger", "- end+close");
        row("a half-close by both sides, then a lingering one", "finish peer linger",
            "end - close");
        row("a half-close under way becomes a lingering one", "finish:pending linger:pending wrote",
            "- 30000 end+1000");
        row("a failure ends a lingering close", "linger:pending failed", "30000 close");
        row("a second lingering close changes nothing", "linger linger", "end+1000 -");
        row("after the close nothing is said", "linger peer wrote peer failed timer linger finish",
            "end+1000 close - - - - - -");
        row("closed for another reason", "linger:pending closed wrote peer timer", "30000 - - - -");
    }
    void whatIsToBeDone() {
        QFETCH(const QByteArray, inputs);
        LingeringClose state;
        QByteArrayList actions;
        for (const QByteArray& word : inputs.split(' '))
            actions.append(words(play(state, word)));
        QTEST(actions.join(' '), "actions");
    }

    void writingEndsWithTheFirstOfThem() {
        LingeringClose finished;
        QVERIFY(finished.mayWrite());
        QVERIFY(finished.finish(true) == ClosingActions());
        QVERIFY(!finished.mayWrite());
        QVERIFY(!finished.isLingering());
        LingeringClose lingering;
        QVERIFY(lingering.linger(true).timer.has_value());
        QVERIFY(!lingering.mayWrite());
        QVERIFY(lingering.isLingering());
    }
};

QTEST_GUILESS_MAIN(TestLingeringClose)
#include "tst_lingeringclose.moc"
