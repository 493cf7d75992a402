// SPDX-License-Identifier: MIT
#include "core/credential/credentialvault.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

CredentialSource variable(const char* name) {
    CredentialSource source;
    source.kind = CredentialSource::Kind::Environment;
    source.name = QString::fromLatin1(name);
    return source;
}

CredentialSource command(const QString& script) {
    CredentialSource source;
    source.kind = CredentialSource::Kind::Command;
    source.command = {u"sh"_s, u"-c"_s, script};
    source.ttl = 600s;
    source.timeout = 5s;
    return source;
}

QByteArray chosen(CredentialSupply& supply) {
    const CredentialChoice choice = supply.choose();
    if (const auto* key = std::get_if<CredentialKey>(&choice)) return key->secret;
    return std::holds_alternative<SecretPending>(choice) ? "…" : "none";
}

using Next = CredentialSupply::Next;

Next nextAfter(CredentialSupply& supply, const std::vector<CredentialKey>& refused) {
    CredentialRetry tries;
    for (const CredentialKey& key : refused)
        tries.refused(key);
    return supply.nextAfter(tries);
}

class Waiting final : public DeferredTask {
public:
    int runs = 0;

private:
    void runDeferred() override { ++runs; }
};

} // namespace

class TestCredentialVault : public QObject {
    Q_OBJECT
private slots:
    void init() {
        qputenv("SALLYPORT_KEY_A", "aaa");
        qputenv("SALLYPORT_KEY_B", "bbb");
        qunsetenv("SALLYPORT_KEY_C");
    }

    void noSourcesNoSupply() { QVERIFY(!m_vault.supplyFor({})); }

    void anotherKeyAfterA429() {
        const auto supply =
            m_vault.supplyFor({variable("SALLYPORT_KEY_A"), variable("SALLYPORT_KEY_B")});
        const CredentialKey first{0, "aaa"};
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
        QCOMPARE(nextAfter(*supply, {first}), Next::None);
        supply->limited(first, 30s);
        QCOMPARE(nextAfter(*supply, {first}), Next::Another);
        QCOMPARE(chosen(*supply), QByteArray("bbb"));
        supply->limited({1, "bbb"}, std::nullopt);
        QCOMPARE(nextAfter(*supply, {{1, "bbb"}}), Next::None);
        m_clock.advance(30s);
        QCOMPARE(nextAfter(*supply, {{1, "bbb"}}), Next::Another);
        QCOMPARE(nextAfter(*supply, {{1, "bbb"}, first}), Next::None);
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
    }

    void anotherKeyAfterA401AndForOneThatIsNotThere() {
        const auto supply =
            m_vault.supplyFor({variable("SALLYPORT_KEY_C"), variable("SALLYPORT_KEY_A"),
                               variable("SALLYPORT_KEY_B")});
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
        supply->refused({1, "aaa"});
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
        supply->refused({0, ""});
        supply->refused({1, "aaa"});
        QCOMPARE(chosen(*supply), QByteArray("bbb"));
    }

    void aSingleKeyDoesNotRest() {
        const auto supply = m_vault.supplyFor({variable("SALLYPORT_KEY_A")});
        supply->limited({0, "aaa"}, 30s);
        QCOMPARE(nextAfter(*supply, {{0, "aaa"}}), Next::None);
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
    }

    void saysWhyThereIsNone() {
        const auto supply = m_vault.supplyFor({variable("SALLYPORT_KEY_C")});
        QCOMPARE(supply->problem(), u"the environment variable SALLYPORT_KEY_C is not set"_s);
        qputenv("SALLYPORT_KEY_C", "ccc");
        QCOMPARE(chosen(*supply), QByteArray("ccc"));
        QVERIFY(supply->problem().isEmpty());
    }

    void theSameSourcesGiveTheSameSupply() {
        const auto supply = m_vault.supplyFor({variable("SALLYPORT_KEY_A")});
        QCOMPARE(m_vault.supplyFor({variable("SALLYPORT_KEY_A")}).get(), supply.get());
        QVERIFY(m_vault.supplyFor({variable("SALLYPORT_KEY_B")}) != supply);
    }

    void everySecretIsToldBeforeItIsGiven() {
        CredentialVault vault(m_deadlines);
        QByteArrayList told;
        vault.setLearnedCallback([&] { told = vault.secrets(); });
        const auto supply =
            vault.supplyFor({variable("SALLYPORT_KEY_A"), variable("SALLYPORT_KEY_B")});
        QCOMPARE(told, (QByteArrayList{"aaa", "bbb"}));
        qputenv("SALLYPORT_KEY_A", "another");
        QCOMPARE(chosen(*supply), QByteArray("another"));
        QVERIFY(told.contains("another"));
    }

    void whoWaitsIsWoken() {
        CredentialVault vault(m_deadlines);
        int learned = 0;
        vault.setLearnedCallback([&] { ++learned; });
        const auto supply = vault.supplyFor({command(u"echo tok"_s)});
        QCOMPARE(chosen(*supply), QByteArray("…"));
        Waiting one;
        Waiting two;
        supply->wait(one);
        supply->wait(two);
        {
            Waiting gone;
            supply->wait(gone);
        }
        QTRY_COMPARE(one.runs + two.runs, 2);
        QCOMPARE(chosen(*supply), QByteArray("tok"));
        QCOMPARE(learned, 1);
        QCOMPARE(vault.secrets(), QByteArrayList{"tok"});
    }

    /// A configuration that is read, or taken over from somebody, runs nothing by itself.
    void aProgramRunsWhenARequestNeedsItAndNotBefore() {
        QTemporaryDir dir;
        const QString mark = dir.filePath(u"ran"_s);
        const auto sources =
            std::vector{variable("SALLYPORT_KEY_C"), command(u"touch '%1'; echo tok"_s.arg(mark))};
        const auto supply = m_vault.supplyFor(sources);
        QVERIFY(m_vault.supplyFor(sources) == supply); // as a file that is read again does
        const auto another = m_vault.supplyFor({command(u"echo later"_s)});
        QTRY_COMPARE(chosen(*another), QByteArray("later"));
        QVERIFY(!QFile::exists(mark));
        QVERIFY(supply->problem().isEmpty());
        QTRY_COMPARE(chosen(*supply), QByteArray("tok"));
        QVERIFY(QFile::exists(mark));
    }

    void whoWaitsIsWokenByAFailureToo() {
        const auto supply = m_vault.supplyFor({command(u"exit 1"_s)});
        QCOMPARE(chosen(*supply), QByteArray("…"));
        Waiting one;
        supply->wait(one);
        QTRY_COMPARE(one.runs, 1);
        QCOMPARE(chosen(*supply), QByteArray("none"));
        QVERIFY(supply->problem().contains(u"exit code 1"_s));
    }

    /// A command that prints the same token, or a second one that is refused, is not run again.
    void aRenewalIsWaitedForOnce() {
        const auto supply = m_vault.supplyFor({command(u"echo tok"_s)});
        QTRY_COMPARE(chosen(*supply), QByteArray("tok"));
        const CredentialKey key{0, "tok"};
        supply->refused(key);
        QCOMPARE(nextAfter(*supply, {key}), Next::Pending);
        QTRY_COMPARE(nextAfter(*supply, {key}), Next::None);
        QCOMPARE(nextAfter(*supply, {{0, "old"}, {0, "older"}}), Next::None);
    }

    /// One source is being read, another one is there: nobody waits.
    void aKeyThatIsThereGoesBeforeOneThatIsRead() {
        const auto supply =
            m_vault.supplyFor({command(u"sleep 5; echo tok"_s), variable("SALLYPORT_KEY_A")});
        QCOMPARE(chosen(*supply), QByteArray("aaa"));
    }

private:
    ManualClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    CredentialVault m_vault{m_deadlines};
};

QTEST_GUILESS_MAIN(TestCredentialVault)
#include "tst_credentialvault.moc"
