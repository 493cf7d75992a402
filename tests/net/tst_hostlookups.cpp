// SPDX-License-Identifier: MIT
// Whose names are looked up at once; the resolver is the test.
#include "core/net/hostlookups.h"

#include <QTest>

#include <map>

using namespace sallyport;

namespace {

QString client(int number) { return QStringLiteral("c%1.test").arg(number); }

struct Bench {
    void find(const QString& host, NamedBy namedBy) {
        searches.push_back(lookups.find(host, namedBy, [this, host](const QHostInfo& answer) {
            found.append(host + u'=' + answer.addresses().value(0).toString());
        }));
    }
    /// Names that a client gave and nobody answers for.
    void fillWithClients() {
        for (int i = 0; i < HostLookups::kMaxForClients; ++i)
            find(client(i), NamedBy::Client);
    }
    void answer(const QString& host) {
        QHostInfo answer;
        answer.setAddresses({QHostAddress(QStringLiteral("192.0.2.1"))});
        const auto callback = std::exchange(asked[host], {});
        callback(answer);
    }

    QStringList started;
    bool isAnew = false; ///< of the last one
    std::map<QString, HostLookups::Found> asked;
    QStringList found;
    HostLookups lookups{
        [this](const QString& host, HostLookups::Answers answers, HostLookups::Found callback) {
            started.append(host);
            isAnew = answers == HostLookups::Answers::Anew;
            asked[host] = std::move(callback);
        }};
    std::vector<std::unique_ptr<HostLookups::Search>> searches;
};

} // namespace

class TestHostLookups : public QObject {
    Q_OBJECT
private slots:
    void aNameOfTheConfigurationNeverWaits() {
        Bench b;
        b.fillWithClients();
        b.find(QStringLiteral("late.test"), NamedBy::Client);
        b.find(QStringLiteral("up.test"), NamedBy::Configuration);
        QCOMPARE(b.started.size(), HostLookups::kMaxForClients + 1);
        QCOMPARE(b.started.last(), QStringLiteral("up.test"));
        b.answer(QStringLiteral("up.test"));
        QCOMPARE(b.found, QStringList{QStringLiteral("up.test=192.0.2.1")});
        QCOMPARE(b.started.size(), HostLookups::kMaxForClients + 1);
    }

    void onAnotherNetworkWhatWasKeptIsNoAnswer() {
        Bench b;
        b.find(QStringLiteral("up.test"), NamedBy::Configuration);
        QVERIFY(!b.isAnew);
        b.answer(QStringLiteral("up.test"));
        b.lookups.networkChanged();
        b.find(QStringLiteral("up.test"), NamedBy::Configuration);
        QVERIFY(b.isAnew);
    }

    void aNameThatIsAskedForAnewIsFound() {
        HostLookups lookups;
        lookups.networkChanged();
        QList<QHostAddress> found;
        const auto search =
            lookups.find(QStringLiteral("localhost"), NamedBy::Configuration,
                         [&found](const QHostInfo& answer) { found = answer.addresses(); });
        QTRY_VERIFY(std::any_of(found.begin(), found.end(),
                                [](const QHostAddress& each) { return each.isLoopback(); }));
    }

    void clientsWaitTheirTurn() {
        Bench b;
        b.fillWithClients();
        b.find(QStringLiteral("first.test"), NamedBy::Client);
        b.find(QStringLiteral("second.test"), NamedBy::Client);
        QVERIFY(!b.searches.front()->isQueued());
        QVERIFY(b.searches.back()->isQueued());
        b.answer(client(3));
        QCOMPARE(b.started.last(), QStringLiteral("first.test"));
        b.answer(QStringLiteral("first.test"));
        QCOMPARE(b.started.last(), QStringLiteral("second.test"));
        QVERIFY(!b.searches.back()->isQueued());
        QCOMPARE(b.found, (QStringList{QStringLiteral("c3.test=192.0.2.1"),
                                       QStringLiteral("first.test=192.0.2.1")}));
    }

    void whatWasGivenUpCountsUntilItIsAnswered() {
        Bench b;
        b.fillWithClients();
        b.searches.clear();
        b.find(QStringLiteral("next.test"), NamedBy::Client);
        QCOMPARE(b.started.size(), HostLookups::kMaxForClients);
        b.answer(client(0));
        QCOMPARE(b.started.last(), QStringLiteral("next.test"));
        QCOMPARE(b.found, QStringList());
    }

    void whatWasGivenUpInTheQueueIsNotLookedUp() {
        Bench b;
        b.fillWithClients();
        b.find(QStringLiteral("gone.test"), NamedBy::Client);
        b.searches.pop_back();
        b.answer(client(0));
        QCOMPARE(b.started.size(), HostLookups::kMaxForClients);
    }

    void oneNameIsLookedUpOnceForAll() {
        Bench b;
        b.find(QStringLiteral("same.test"), NamedBy::Client);
        b.find(QStringLiteral("same.test"), NamedBy::Configuration);
        b.find(QStringLiteral("same.test"), NamedBy::Client);
        QCOMPARE(b.started, QStringList{QStringLiteral("same.test")});
        b.answer(QStringLiteral("same.test"));
        QCOMPARE(b.found.size(), 3);
        b.find(QStringLiteral("same.test"), NamedBy::Client);
        QCOMPARE(b.started.size(), 2);
    }

    void aQueuedNameIsServedByTheConfigurationsLookUp() {
        Bench b;
        b.fillWithClients();
        b.find(QStringLiteral("up.test"), NamedBy::Client);
        b.find(QStringLiteral("up.test"), NamedBy::Configuration);
        b.answer(QStringLiteral("up.test"));
        QCOMPARE(b.found.size(), 2);
        QCOMPARE(b.started.count(QStringLiteral("up.test")), 1);
    }

    void oneAnswerMayLetGoOfTheOthersAndAskAnew() {
        Bench b;
        const QString host = QStringLiteral("same.test");
        int calls = 0;
        const auto found = [&](const QHostInfo&) {
            ++calls;
            b.searches.clear();
            b.find(host, NamedBy::Client);
        };
        b.searches.push_back(b.lookups.find(host, NamedBy::Client, found));
        b.searches.push_back(b.lookups.find(host, NamedBy::Client, found));
        b.answer(host);
        QCOMPARE(calls, 1);
        QCOMPARE(b.started, (QStringList{host, host}));
        QCOMPARE(b.searches.size(), 1U);
        b.answer(host);
        QCOMPARE(b.found.size(), 1);
    }

    void theSystemsResolverAnswers() {
        HostLookups lookups;
        bool isFound = false;
        const auto search =
            lookups.find(QStringLiteral("localhost"), NamedBy::Client,
                         [&](const QHostInfo& answer) { isFound = !answer.addresses().isEmpty(); });
        QVERIFY(!isFound);
        QTRY_VERIFY(isFound);
    }
};

QTEST_GUILESS_MAIN(TestHostLookups)
#include "tst_hostlookups.moc"
