// SPDX-License-Identifier: MIT
#include "core/route/placequeue.h"

#include <QTest>

#include <map>

using namespace sallyport;
using namespace Qt::StringLiterals;

namespace {

using Answer = PlaceQueue::Answer;

/// Plays a line such as "a1 a2 b3 -1": flow a asks with ticket 1 …, ticket 1 leaves. Returns what
/// came of each step: `+` granted, `.` waits, `x` full, `>3` got a place now, `!2` displaced.
QString play(PlaceQueue& queue, const QString& steps) {
    QStringList out;
    for (const QString& step : steps.split(u' ')) {
        if (step.startsWith(u'-')) {
            QString granted;
            for (const auto ticket : queue.leave(step.mid(1).toULongLong()))
                granted += u'>' + QString::number(ticket);
            out << (granted.isEmpty() ? u"-"_s : granted);
            continue;
        }
        const auto asked = queue.ask(step.mid(1).toULongLong(), step.left(1).toLatin1());
        QString said = asked.answer == Answer::Granted ? u"+"_s
                       : asked.answer == Answer::Waits ? u"."_s
                                                       : u"x"_s;
        if (asked.displaced) said += u'!' + QString::number(*asked.displaced);
        out << said;
    }
    return out.join(u' ');
}

} // namespace

class TestPlaceQueue : public QObject {
    Q_OBJECT
private slots:
    void inTurn_data() {
        QTest::addColumn<int>("places");
        QTest::addColumn<int>("queue");
        QTest::addColumn<QString>("steps");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* tag, int places, int queue, const char* steps,
                            const char* said) {
            QTest::newRow(tag) << places << queue << QString::fromLatin1(steps)
                               << QString::fromLatin1(said);
        };
        row("places while there are some", 2, 4, "a1 a2 a3", "+ + .");
        row("in order within a flow", 1, 4, "a1 a2 a3 -1 -2", "+ . . >2 >3");
        row("a full queue refuses", 1, 2, "a1 a2 a3 a4", "+ . . x");
        row("no queue at all", 1, 0, "a1 a2", "+ x");
        row("another flow goes before the second of the first", 1, 8, "a1 a2 a3 b4 -1 -4 -2",
            "+ . . . >4 >2 >3");
        row("the flow with the fewest places", 3, 8, "a1 a2 b3 a4 b5 c6 -1 -2 -3",
            "+ + + . . . >6 >4 >5");
        row("flows take turns", 1, 8, "z0 a1 a2 b3 b4 -0 -1 -3 -2", "+ . . . . >1 >3 >2 >4");
        row("who stops waiting gets nothing", 1, 8, "a1 b2 c3 -2 -1", "+ . . - >3");
        row("an unknown ticket is nothing", 1, 8, "a1 -9 b2 -1", "+ - . >2");
        row("the longest flow gives way in a full queue", 1, 3, "a1 a2 a3 a4 b5 -1",
            "+ . . . .!4 >5");
        row("one that waits no less than it is refused", 1, 2, "a1 a2 b3 b4", "+ . . x");
    }
    void inTurn() {
        QFETCH(const int, places);
        QFETCH(const int, queue);
        QFETCH(const QString, steps);
        QFETCH(const QString, said);
        PlaceQueue waiting({places, queue, {}});
        QCOMPARE(play(waiting, steps), said);
    }

    void anotherLimit() {
        PlaceQueue queue({1, 4, {}});
        QCOMPARE(play(queue, u"a1 a2 b3"_s), u"+ . ."_s);
        QCOMPARE(queue.setLimit({3, 4, {}}), (std::vector<PlaceQueue::Ticket>{3, 2}));
        QVERIFY(queue.setLimit({1, 4, {}}).empty());
        QCOMPARE(queue.inFlight(), 3);
        QCOMPARE(play(queue, u"c4 -1 -2 -3"_s), u". - - >4"_s);
    }

    /// Many requests of one flow and few of others, with places that come free in any order.
    void isFairAndLosesNobody() {
        PlaceQueue queue({4, 1000, {}});
        std::map<PlaceQueue::Ticket, QByteArray> flowOf;
        std::deque<PlaceQueue::Ticket> running;
        PlaceQueue::Ticket next = 0;
        const auto ask = [&](const QByteArray& flow) {
            flowOf[++next] = flow;
            if (queue.ask(next, flow).answer == Answer::Granted) running.push_back(next);
        };
        for (int i = 0; i < 600; ++i)
            ask("many");
        for (int i = 0; i < 40; ++i)
            ask("few");
        std::map<QByteArray, int> served;
        int ended = 0;
        while (!running.empty()) {
            const auto ticket = running.front();
            running.pop_front();
            if (++ended <= 80) ++served[flowOf[ticket]];
            for (const auto granted : queue.leave(ticket))
                running.push_back(granted);
        }
        QCOMPARE(ended, 640);
        QCOMPARE(queue.inFlight(), 0);
        QCOMPARE(queue.waiting(), 0);
        // The four that were there first, then one of each in turn.
        QVERIFY2(served["few"] >= 37, qPrintable(QString::number(served["few"])));
    }
};

QTEST_GUILESS_MAIN(TestPlaceQueue)
#include "tst_placequeue.moc"
