// SPDX-License-Identifier: MIT
// A conversation is a line: what the proxy says, and what is done then.
#include "core/upstream/proxyhandshake.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

constexpr ProxyForm kTunnel = ProxyForm::Tunnel;
constexpr ProxyForm kAbsolute = ProxyForm::Absolute;

/// `NEW ` in front: on another connection. Of Proxy-Authorization the scheme, of Basic all.
QByteArray textOf(const ProxyHandshake::Step& step) {
    if (const auto* send = std::get_if<ProxyHandshake::Send>(&step)) {
        const QByteArray mark = "Proxy-Authorization: ";
        const qsizetype at = send->bytes.indexOf(mark);
        QByteArray login = at < 0 ? QByteArray() : send->bytes.mid(at + mark.size());
        login = login.left(login.indexOf("\r\n"));
        if (login.startsWith("Digest"))
            login = login.contains("nc=00000002") ? "Digest 2" : "Digest";
        const QByteArray method = send->bytes.left(send->bytes.indexOf(' '));
        return (send->onNewConnection ? "NEW " : "") + method + (at < 0 ? "" : " ") + login;
    }
    if (const auto* ask = std::get_if<ProxyHandshake::AskToken>(&step))
        return "ask " + ask->scheme + (ask->challenge.isEmpty() ? "" : " ") + ask->challenge;
    if (const auto* ready = std::get_if<ProxyHandshake::Ready>(&step))
        return ready->onNewConnection ? "NEW ready" : "ready";
    return "failed";
}

QString reasonOf(const ProxyHandshake::Step& step) {
    const auto* failed = std::get_if<ProxyHandshake::Failed>(&step);
    return failed ? failed->reason : QString();
}

StreamFault faultOf(const ProxyHandshake::Step& step) {
    const auto* failed = std::get_if<ProxyHandshake::Failed>(&step);
    return failed ? failed->fault : StreamFault::Other;
}

/// `STATUS[ close][ challenge| challenge]`
ResponseHead head(const QByteArray& text) {
    ResponseHead out;
    out.status = text.left(3).toInt();
    out.reason = "Said";
    QByteArray rest = text.mid(4);
    if (rest.startsWith("close")) rest = rest.mid(6);
    for (const QByteArray& each : rest.split('|'))
        if (!each.isEmpty()) out.fields.append("Proxy-Authenticate", each);
    return out;
}

struct Talk {
    explicit Talk(ProxyForm form, const QByteArray& user = "alice")
        : login([] { return QByteArray("c0ffee"); })
        , handshake(login, {user, user.isEmpty() ? QByteArray() : QByteArray("pa55")},
                    {form, "origin.test:443", QStringLiteral("proxy.test:3128"), true}) {}
    ProxyHandshake::Step hear(const QByteArray& said) {
        if (said.startsWith("token ")) return handshake.token(said.mid(6));
        if (said.startsWith("no token ")) {
            const QString why = QString::fromLatin1(said.mid(9));
            return handshake.token(Failure{why});
        }
        return handshake.response(head(said), !said.mid(4).startsWith("close"), now);
    }
    Monotonic now{1h};
    ProxyLogin login;
    ProxyHandshake handshake;
};

const QByteArray kBasic = "Basic realm=r";
const QByteArray kDigest = "Digest realm=r, nonce=n, qop=\"auth\"";
const QByteArray kAll = "Negotiate|NTLM|" + kDigest + "|" + kBasic;

} // namespace

class TestProxyHandshake : public QObject {
    Q_OBJECT
    static void row(const char* tag, ProxyForm form, const QByteArray& user,
                    const QByteArrayList& talk) {
        QTest::newRow(tag) << static_cast<int>(form) << user << talk;
    }
private slots:
    void talks_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArrayList>("talk"); ///< ours, theirs, ours, …
        row("a proxy without a login", kTunnel, "", {"CONNECT", "200", "ready"});
        row("any 2xx opens the tunnel", kTunnel, "", {"CONNECT", "204", "ready"});
        row("a password does not go before a challenge", kTunnel, "alice",
            {"CONNECT", "200", "ready"});
        row("Basic", kTunnel, "alice",
            {"CONNECT", "407 " + kBasic, "CONNECT Basic YWxpY2U6cGE1NQ==", "200", "ready"});
        row("Basic, on a new connection where the first one ends", kTunnel, "alice",
            {"CONNECT", "407 close " + kBasic, "NEW CONNECT Basic YWxpY2U6cGE1NQ==", "200",
             "ready"});
        row("Digest", kTunnel, "alice",
            {"CONNECT", "407 " + kDigest, "CONNECT Digest", "200", "ready"});
        row("Digest is preferred to Basic and NTLM", kTunnel, "alice",
            {"CONNECT", "407 " + kAll, "CONNECT Digest", "200", "ready"});
        row("a nonce that has ended meanwhile", kTunnel, "alice",
            {"CONNECT", "407 " + kDigest, "CONNECT Digest", "407 " + kDigest + ", stale=TRUE",
             "CONNECT Digest", "200", "ready"});
        row("a nonce that always ends", kTunnel, "alice",
            {"CONNECT", "407 " + kDigest, "CONNECT Digest", "407 " + kDigest + ", stale=true",
             "CONNECT Digest", "407 " + kDigest + ", stale=true", "failed"});
        row("a wrong password is sent once", kTunnel, "alice",
            {"CONNECT", "407 " + kBasic, "CONNECT Basic YWxpY2U6cGE1NQ==", "407 " + kBasic,
             "failed"});
        row("a wrong password of Digest does not go by Basic", kTunnel, "alice",
            {"CONNECT", "407 " + kAll, "CONNECT Digest", "407 " + kAll, "failed"});
        row("a Digest that cannot be answered", kTunnel, "alice",
            {"CONNECT", "407 Digest nonce=n, algorithm=SHA-512-256|" + kBasic,
             "CONNECT Basic YWxpY2U6cGE1NQ==", "200", "ready"});
        row("a login, and no user", kTunnel, "", {"CONNECT", "407 " + kBasic, "failed"});
        row("an unknown scheme", kTunnel, "alice", {"CONNECT", "407 Hoba", "failed"});
        row("407 without a challenge", kTunnel, "alice", {"CONNECT", "407", "failed"});
        row("Negotiate with a ticket", kTunnel, "",
            {"CONNECT", "407 Negotiate", "ask negotiate", "token t1",
             "CONNECT Negotiate dDE=", "200", "ready"});
        row("Negotiate in two steps", kTunnel, "",
            {"CONNECT", "407 Negotiate", "ask negotiate", "token t1",
             "CONNECT Negotiate dDE=", "407 Negotiate czE=", "ask negotiate s1", "token t2",
             "CONNECT Negotiate dDI=", "200", "ready"});
        row("no ticket, and nothing else", kTunnel, "",
            {"CONNECT", "407 " + kAll, "ask negotiate", "no token none", "failed"});
        row("a ticket that the proxy does not take", kTunnel, "",
            {"CONNECT", "407 Negotiate", "ask negotiate", "token t1",
             "CONNECT Negotiate dDE=", "407 Negotiate", "failed"});
        row("NTLM", kTunnel, "alice",
            {"CONNECT", "407 NTLM|" + kBasic, "ask ntlm", "token t1", "CONNECT NTLM dDE=",
             "407 NTLM czE=", "ask ntlm s1", "token t3", "CONNECT NTLM dDM=", "200", "ready"});
        row("NTLM begins on a new connection and stays there", kTunnel, "alice",
            {"CONNECT", "407 close NTLM", "ask ntlm", "token t1", "NEW CONNECT NTLM dDE=",
             "407 NTLM czE=", "ask ntlm s1", "token t3", "CONNECT NTLM dDM=", "200", "ready"});
        row("NTLM where each connection ends", kTunnel, "alice",
            {"CONNECT", "407 NTLM", "ask ntlm", "token t1",
             "CONNECT NTLM dDE=", "407 close NTLM czE=", "failed"});
        row("a wrong password of NTLM is sent once, and not by Basic", kTunnel, "alice",
            {"CONNECT", "407 NTLM|" + kBasic, "ask ntlm", "token t1",
             "CONNECT NTLM dDE=", "407 NTLM czE=|" + kBasic, "ask ntlm s1", "token t3",
             "CONNECT NTLM dDM=", "407 NTLM|" + kBasic, "failed"});
        row("no NTLM on this machine, and Basic is offered", kTunnel, "alice",
            {"CONNECT", "407 NTLM|" + kBasic, "ask ntlm", "no token none",
             "CONNECT Basic YWxpY2U6cGE1NQ==", "200", "ready"});
        row("a refused host", kTunnel, "alice", {"CONNECT", "403", "failed"});
        row("a host that the proxy cannot reach", kTunnel, "", {"CONNECT", "503", "failed"});
        row("a switch instead of a tunnel", kTunnel, "", {"CONNECT", "101", "failed"});
        row("absolute-form without a login", kAbsolute, "", {"HEAD", "200", "ready"});
        row("whatever a proxy makes of that request", kAbsolute, "", {"HEAD", "405", "ready"});
        row("a response to that request on a connection that ends", kAbsolute, "",
            {"HEAD", "400 close", "NEW ready"});
        row("absolute-form with Digest", kAbsolute, "alice",
            {"HEAD", "407 " + kDigest, "HEAD Digest", "200", "ready"});
        row("absolute-form with a refused password", kAbsolute, "alice",
            {"HEAD", "407 " + kBasic, "HEAD Basic YWxpY2U6cGE1NQ==", "407 " + kBasic, "failed"});
        row("a connection that is authenticated is the one that is used", kAbsolute, "",
            {"HEAD", "407 Negotiate", "ask negotiate", "token t1",
             "HEAD Negotiate dDE=", "200 close", "failed"});
    }
    void talks() {
        QFETCH(int, form);
        QFETCH(QByteArray, user);
        QFETCH(QByteArrayList, talk);
        Talk with(static_cast<ProxyForm>(form), user);
        QByteArrayList heard{textOf(with.handshake.start(with.now))};
        for (qsizetype i = 1; i < talk.size(); i += 2)
            heard << talk[i] << textOf(with.hear(talk[i]));
        QCOMPARE(heard, talk);
    }

    void reasons_data() {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArrayList>("said");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* tag, const QByteArray& user, const QByteArrayList& said,
                            StreamFault fault, const char* reason) {
            QTest::newRow(tag) << user << said << static_cast<int>(fault)
                               << QString::fromUtf8(reason);
        };
        row("no user", "", {"407 NTLM|" + kDigest + "|" + kBasic}, StreamFault::ProxyLogin,
            "the proxy proxy.test:3128 asks for a login by NTLM, Digest, Basic, and via names no "
            "user");
        row("a login, and no way to make it", "alice", {"407"}, StreamFault::ProxyLogin,
            "the proxy proxy.test:3128 will not connect to origin.test:443 (407 Said); ask its "
            "administrators");
        row("a wrong password", "alice", {"407 " + kBasic, "407 " + kBasic},
            StreamFault::ProxyLogin,
            "the proxy proxy.test:3128 refuses the login of \"alice\" by Basic; mend via or "
            "via_credential in routes.yaml");
        row("a refused host", "", {"403"}, StreamFault::ProxyRefused,
            "the proxy proxy.test:3128 will not connect to origin.test:443 (403 Said); ask its "
            "administrators, or set another via in routes.yaml");
        row("a dead origin", "", {"502"}, StreamFault::Refused,
            "the proxy proxy.test:3128 cannot reach origin.test:443 (502 Said)");
        row("a slow origin", "", {"504"}, StreamFault::TimedOut,
            "the proxy proxy.test:3128 did not reach origin.test:443 in time (504 Said)");
        row("no ticket", "", {"407 Negotiate", "no token no ticket; run kinit"},
            StreamFault::ProxyLogin,
            "the proxy proxy.test:3128 asks for a login by Negotiate (Negotiate: no ticket; run "
            "kinit)");
    }
    void reasons() {
        QFETCH(QByteArray, user);
        QFETCH(QByteArrayList, said);
        QFETCH(int, fault);
        QFETCH(QString, reason);
        Talk with(kTunnel, user);
        ProxyHandshake::Step step = with.handshake.start(with.now);
        for (const QByteArray& each : said)
            step = with.hear(each);
        QCOMPARE(static_cast<int>(faultOf(step)), fault);
        QVERIFY2(reasonOf(step).startsWith(reason), qPrintable(reasonOf(step)));
        QVERIFY(!reasonOf(step).contains(QLatin1String("pa55")));
    }

    void viaGoesWithEachRequest_data() {
        QTest::addColumn<int>("form");
        QTest::newRow("CONNECT") << static_cast<int>(kTunnel);
        QTest::newRow("the login for absolute-form") << static_cast<int>(kAbsolute);
    }
    void viaGoesWithEachRequest() {
        QFETCH(int, form);
        ProxyLogin login([] { return QByteArray("c0ffee"); });
        ProxyHandshake handshake(
            login, {"alice", "pa55"},
            {static_cast<ProxyForm>(form), "o:443", {}, true, "1.0 before, 1.1 us"});
        for (const auto& step : {handshake.start(Monotonic(1h)),
                                 handshake.response(head("407 " + kBasic), true, Monotonic(1h))}) {
            const auto* send = std::get_if<ProxyHandshake::Send>(&step);
            QVERIFY(send);
            QVERIFY2(send->bytes.contains("\r\nVia: 1.0 before, 1.1 us\r\n"),
                     send->bytes.constData());
        }
    }

    void aRefusedPasswordRestsForAMinute() {
        Talk with(kTunnel);
        (void)with.handshake.start(with.now);
        (void)with.hear("407 " + kBasic);
        QCOMPARE(textOf(with.hear("407 " + kBasic)), QByteArray("failed"));
        const auto again = [&](const QByteArray& password, std::chrono::seconds later) {
            ProxyHandshake next(with.login, {"alice", password}, {kTunnel, "o:443", {}, true});
            return textOf(next.start(with.now + later));
        };
        QCOMPARE(again("pa55", 59s), QByteArray("failed"));
        QCOMPARE(again("another", 59s), QByteArray("CONNECT"));
        QCOMPARE(again("pa55", 61s), QByteArray("CONNECT"));
    }
    void whatIsKnownIsNotAskedForAgain_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<QByteArrayList>("first");
        QTest::addColumn<QByteArray>("next");
        const auto row = [](const char* tag, ProxyForm form, const QByteArrayList& first,
                            const char* next) {
            QTest::newRow(tag) << static_cast<int>(form) << first << QByteArray(next);
        };
        row("Basic", kTunnel, {"407 " + kBasic, "200"}, "CONNECT Basic YWxpY2U6cGE1NQ==");
        row("Digest counts", kTunnel, {"407 " + kDigest, "200"}, "CONNECT Digest 2");
        row("NTLM", kTunnel, {"407 NTLM", "token t1", "407 NTLM czE=", "token t3", "200"},
            "ask ntlm");
        row("an open proxy, absolute-form", kAbsolute, {"200"}, "ready");
        row("Basic, absolute-form", kAbsolute, {"407 " + kBasic, "200"}, "ready");
        row("Digest, absolute-form", kAbsolute, {"407 " + kDigest, "200"}, "HEAD Digest 2");
    }
    void whatIsKnownIsNotAskedForAgain() {
        QFETCH(int, form);
        QFETCH(QByteArrayList, first);
        Talk with(static_cast<ProxyForm>(form));
        (void)with.handshake.start(with.now);
        for (const QByteArray& each : first)
            (void)with.hear(each);
        ProxyHandshake next(with.login, {"alice", "pa55"},
                            {static_cast<ProxyForm>(form), "o:443", {}, true});
        QTEST(textOf(next.start(with.now)), "next");
    }
    void aLoginThatHasEndedIsMadeAnew() {
        Talk with(kAbsolute);
        (void)with.handshake.start(with.now);
        (void)with.hear("407 " + kBasic);
        (void)with.hear("200");
        with.login.loginEnded();
        ProxyHandshake next(with.login, {"alice", "pa55"}, {kAbsolute, "o:80", {}, true});
        QCOMPARE(textOf(next.start(with.now)), QByteArray("HEAD"));
    }
    void theRequestNamesTheOrigin() {
        Talk tunnel(kTunnel);
        const auto connect = std::get<ProxyHandshake::Send>(tunnel.handshake.start(tunnel.now));
        QCOMPARE(connect.bytes,
                 QByteArray("CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n"));
        Talk absolute(kAbsolute);
        const auto head = std::get<ProxyHandshake::Send>(absolute.handshake.start(absolute.now));
        QCOMPARE(head.bytes,
                 QByteArray("HEAD http://origin.test:443/ HTTP/1.1\r\nHost: "
                            "origin.test:443\r\nCache-Control: only-if-cached\r\n\r\n"));
    }
};

QTEST_APPLESS_MAIN(TestProxyHandshake)
#include "tst_proxyhandshake.moc"
