// SPDX-License-Identifier: MIT
// The race of the addresses (RFC 8305), without a network: time, names and dials are what the
// test says.
#include "core/net/happyeyeballs.h"
#include "core/support/deadline.h"

#include <QHostInfo>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

/// Keeps each dial's observer; a dial that is let go leaves the list.
class FakeDialler final : public Dialler {
public:
    struct Entry {
        QString address;
        Dial* dial = nullptr; ///< null once let go
        Dial::Observer* observer = nullptr;
    };

    std::unique_ptr<Dial> dial(const Endpoint& to, Dial::Observer& observer) override {
        auto made = std::make_unique<FakeDial>(*this, entries.size());
        entries.push_back({to.address.toString(), made.get(), &observer});
        return made;
    }
    /// Those under way.
    [[nodiscard]] QString underWay() const {
        QStringList all;
        for (const Entry& entry : entries)
            if (entry.dial) all.append(entry.address);
        return all.join(u' ');
    }
    [[nodiscard]] Entry& find(const char* address) {
        for (Entry& entry : entries)
            if (entry.dial && entry.address == QLatin1String(address)) return entry;
        qFatal("no dial to %s", address);
    }
    void connects(const char* address) {
        const Entry entry = find(address);
        entry.observer->dialConnected(*entry.dial);
    }
    void fails(const char* address, StreamFault fault) {
        const Entry entry = find(address);
        entry.observer->dialFailed(*entry.dial, {fault, QLatin1String(address)});
    }

    std::vector<Entry> entries;

private:
    class FakeDial final : public Dial {
    public:
        FakeDial(FakeDialler& dialler, std::size_t index)
            : m_dialler(dialler)
            , m_index(index) {}
        ~FakeDial() override { m_dialler.entries[m_index].dial = nullptr; }
        void proceed() override { m_dialler.entries[m_index].observer->dialReady({}); }

    private:
        FakeDialler& m_dialler;
        std::size_t m_index;
    };
};

struct Outcome final : ConnectObserver {
    void connected(StreamPtr) override { ++made; }
    void connectFailed(const StreamError& e) override {
        ++failed;
        error = e;
    }
    int made = 0;
    int failed = 0;
    StreamError error;
};

struct Bench {
    /// A name that leads to these addresses.
    explicit Bench(const char* addresses) {
        ConnectTarget target;
        target.host = "name.test";
        target.port = 80;
        target.timeout = 5s;
        const HappyEyeballs::Context around{dialler, deferredTasks, deadlines, lookups};
        run = std::make_unique<HappyEyeballs>(target, around, outcome);
        deferredTasks.run();
        QHostInfo response;
        QList<QHostAddress> list;
        for (const QString& text : QString::fromLatin1(addresses).split(u' '))
            list.append(QHostAddress(text));
        response.setAddresses(list);
        found(response);
    }
    void passTime(std::chrono::milliseconds by) {
        clock.advance(by);
        deadlines.expireDue();
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    DeferredTaskQueue deferredTasks;
    FakeDialler dialler;
    Outcome outcome;
    HostLookups::Found found;
    HostLookups lookups{[this](const QString&, HostLookups::Answers, HostLookups::Found callback) {
        found = std::move(callback);
    }};
    std::unique_ptr<HappyEyeballs> run;
};

} // namespace

class TestHappyEyeballs : public QObject {
    Q_OBJECT

private slots:
    void whatWantsTlsNeverGoesOutPlain() {
        ManualClock clock;
        DeadlineQueue deadlines{clock};
        DeferredTaskQueue deferredTasks;
        FakeDialler dialler;
        HostLookups lookups{[](const QString&, HostLookups::Answers, HostLookups::Found) {}};
        Outcome outcome;
        ConnectTarget target;
        target.host = "127.0.0.1";
        target.port = 443;
        target.tls = std::make_shared<TlsClientOptions>();
        const HappyEyeballs::Context around{dialler, deferredTasks, deadlines, lookups};
        const HappyEyeballs run(target, around, outcome);
        deferredTasks.run();
        QCOMPARE(outcome.failed, 1);
        QCOMPARE(outcome.error.fault, StreamFault::TlsFailed);
        QVERIFY(dialler.entries.empty());
    }

    void aSilentFamilyIsOvertakenAfterItsHeadStart() {
        Bench b("2001:db8::1 192.0.2.1");
        QCOMPARE(b.dialler.underWay(), QStringLiteral("2001:db8::1"));
        b.passTime(249ms);
        QCOMPARE(b.dialler.underWay(), QStringLiteral("2001:db8::1"));
        b.passTime(2ms);
        QCOMPARE(b.dialler.underWay(), QStringLiteral("2001:db8::1 192.0.2.1"));
        b.dialler.connects("192.0.2.1");
        QCOMPARE(b.outcome.made, 1);
        QCOMPARE(b.dialler.entries[0].dial, nullptr); // the loser is let go
        b.passTime(10s);
        QCOMPARE(b.outcome.made + b.outcome.failed, 1);
    }

    void aBrokenFamilyIsLeftAtOnce() {
        Bench b("2001:db8::1 192.0.2.1");
        b.dialler.fails("2001:db8::1", StreamFault::Refused);
        QCOMPARE(b.dialler.underWay(), QStringLiteral("192.0.2.1"));
        b.dialler.connects("192.0.2.1");
        QCOMPARE(b.outcome.made, 1);
    }

    void theFirstMayStillWinAfterItsHeadStart() {
        Bench b("2001:db8::1 192.0.2.1");
        b.passTime(300ms);
        b.dialler.connects("2001:db8::1");
        QCOMPARE(b.outcome.made, 1);
        QCOMPARE(b.dialler.entries[1].dial, nullptr);
    }

    void theFamiliesTakeTurns() {
        Bench b("2001:db8::1 2001:db8::2 192.0.2.1 192.0.2.2");
        for (int i = 0; i < 3; ++i)
            b.passTime(251ms);
        QCOMPARE(b.dialler.underWay(),
                 QStringLiteral("2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2"));
        b.dialler.connects("2001:db8::2");
        QCOMPARE(b.dialler.underWay(), QStringLiteral("2001:db8::2"));
    }

    void aFailureDoesNotStopTheOthers() {
        Bench b("2001:db8::1 192.0.2.1");
        b.passTime(251ms);
        b.dialler.fails("192.0.2.1", StreamFault::Refused);
        QCOMPARE(b.outcome.failed, 0);
        b.dialler.connects("2001:db8::1");
        QCOMPARE(b.outcome.made, 1);
    }

    void whereAllFailTheLastIsNamed() {
        Bench b("2001:db8::1 192.0.2.1");
        b.dialler.fails("2001:db8::1", StreamFault::Refused);
        b.dialler.fails("192.0.2.1", StreamFault::TimedOut);
        QCOMPARE(b.outcome.failed, 1);
        QCOMPARE(b.outcome.error.fault, StreamFault::TimedOut);
        QCOMPARE(b.outcome.error.detail, QStringLiteral("name.test:80: 192.0.2.1"));
        QCOMPARE(b.dialler.entries.size(), 2U);
    }

    void allTogetherHaveOneTime() {
        Bench b("2001:db8::1 192.0.2.1");
        b.passTime(251ms);
        b.passTime(5s);
        QCOMPARE(b.outcome.failed, 1);
        QCOMPARE(b.outcome.error.fault, StreamFault::TimedOut);
        QCOMPARE(b.dialler.underWay(), QString());
    }
};

QTEST_GUILESS_MAIN(TestHappyEyeballs)
#include "tst_happyeyeballs.moc"
