// SPDX-License-Identifier: MIT
#include "core/proxy/forwardedmessage.h"

#include "request.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

QByteArray text(const FieldList& fields) {
    QByteArray out;
    for (const FieldView field : fields)
        out += field.name.toByteArray() + ": " + field.value.toByteArray() + '\n';
    return out;
}

UpstreamRequest sent(const QByteArray& request, const OutboundRules& rules) {
    const auto [head, framing] = parsed(request);
    return outboundRequest(head, "/x", framing, rules);
}

} // namespace

class TestForwardedMessage : public QObject {
    Q_OBJECT
private slots:
    void requestFields_data();
    void requestFields();
    void credentials_data();
    void credentials();
    void routeRulesComeLast();
    void noRuleTakesOurVia_data();
    void noRuleTakesOurVia();
    void requestTrailers_data();
    void requestTrailers();
    void withoutARouteNoTrailerGoesOn();
    void responseTrailers_data();
    void responseTrailers();
    void webSocket_data();
    void webSocket();
    void responseFields_data();
    void responseFields();
    void viaNamesTheProtocolOfTheResponse();
};

void TestForwardedMessage::requestFields_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("order, duplicates and odd values stay")
        << QByteArray("GET / HTTP/1.1\nHost: a\nX-A: 1\nx-b:\nX-A: 2")
        << QByteArray("X-A: 1\nx-b: \nX-A: 2\nVia: 1.1 me\n");
    QTest::newRow("hop-by-hop fields and those that Connection names go")
        << QByteArray("GET / HTTP/1.1\nHost: a\nConnection: X-Hop, keep-alive\nX-Hop: 1\n"
                      "Keep-Alive: 5\nTE: trailers\nProxy-Connection: x\nX-End: 1")
        << QByteArray("X-End: 1\nVia: 1.1 me\n");
    QTest::newRow("an existing Via stands before ours")
        << QByteArray("GET / HTTP/1.0\nHost: a\nVia: 1.0 fred")
        << QByteArray("Via: 1.0 fred\nVia: 1.0 me\n");
    QTest::newRow("Max-Forwards of OPTIONS counts down")
        << QByteArray("OPTIONS / HTTP/1.1\nHost: a\nMax-Forwards: 5")
        << QByteArray("Max-Forwards: 4\nVia: 1.1 me\n");
    QTest::newRow("Max-Forwards of TRACE counts down, and is said once")
        << QByteArray("TRACE / HTTP/1.1\nHost: a\nMax-Forwards: 010\nMax-Forwards: 3")
        << QByteArray("Max-Forwards: 9\nVia: 1.1 me\n");
    QTest::newRow("Max-Forwards beyond counting goes on as the most that we count")
        << QByteArray("OPTIONS / HTTP/1.1\nHost: a\nMax-Forwards: 99999999999999999999999999")
        << QByteArray("Max-Forwards: 18446744073709551614\nVia: 1.1 me\n");
    QTest::newRow("Max-Forwards that is no number goes on as it came")
        << QByteArray("OPTIONS / HTTP/1.1\nHost: a\nMax-Forwards: +5")
        << QByteArray("Max-Forwards: +5\nVia: 1.1 me\n");
    QTest::newRow("Max-Forwards of GET is none of ours")
        << QByteArray("GET / HTTP/1.1\nHost: a\nMax-Forwards: 5")
        << QByteArray("Max-Forwards: 5\nVia: 1.1 me\n");
    QTest::newRow("framing is the transport's")
        << QByteArray("POST / HTTP/1.1\nHost: a\nContent-Length: 2\nContent-Type: x/y")
        << QByteArray("Content-Type: x/y\nVia: 1.1 me\n");
    QTest::newRow("Expect is passed on from 1.1")
        << QByteArray("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 2")
        << QByteArray("Expect: 100-continue\nVia: 1.1 me\n");
    QTest::newRow("framing and hop-by-hop fields go in every spelling that CGI folds")
        << QByteArray("POST / HTTP/1.1\nHost: a\nHTTP2_Settings: x\nTransfer_Encoding: chunked\n"
                      "Content_Length: 9\nkeep.alive: 1\nProxy_Authorization: x\nX-A: 1")
        << QByteArray("X-A: 1\nVia: 1.1 me\n");
    QTest::newRow("what Connection names goes in every spelling that CGI folds")
        << QByteArray("GET / HTTP/1.1\nHost: a\nConnection: X-Hop, x_api_key\nX_Hop: 1\n"
                      "x-api-key: k")
        << QByteArray("x-api-key: k\nVia: 1.1 me\n");
    QTest::newRow("Max-Forwards is said in one spelling")
        << QByteArray("OPTIONS / HTTP/1.1\nHost: a\nMax_Forwards: 9\nMax-Forwards: 5")
        << QByteArray("Max-Forwards: 4\nVia: 1.1 me\n");
    QTest::newRow("and not from 1.0")
        << QByteArray("POST / HTTP/1.0\nHost: a\nExpect: 100-continue\nContent-Length: 2")
        << QByteArray("Via: 1.0 me\n");
}

void TestForwardedMessage::requestFields() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, fields);
    OutboundRules rules;
    rules.pseudonym = "me";
    QCOMPARE(text(sent(request, rules).fields), fields);
}

void TestForwardedMessage::credentials_data() {
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<bool>("isApiKey");
    QTest::addColumn<bool>("replaces");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("ours replaces both of the client's")
        << QByteArray("real") << false << true
        << QByteArray("\nAuthorization: Bearer sp-t\nx-api-key: k")
        << QByteArray("Authorization: Bearer real\n");
    QTest::newRow("as x-api-key") << QByteArray("real") << true << true
                                  << QByteArray("\nAuthorization: Bearer sp-t")
                                  << QByteArray("x-api-key: real\n");
    QTest::newRow("no spelling of the client's stays beside ours")
        << QByteArray("real") << true << true
        << QByteArray("\nx_api_key: k\nX.Api_Key: k\nAuthorization: k")
        << QByteArray("x-api-key: real\n");
    QTest::newRow("none passes the client's own on, in any spelling")
        << QByteArray() << false << false << QByteArray("\nx_api_key: k")
        << QByteArray("x_api_key: k\n");
    QTest::newRow("but not the local token in any")
        << QByteArray() << false << false << QByteArray("\nx_api_key: sp-t") << QByteArray();
    QTest::newRow("none passes the client's own on")
        << QByteArray() << false << false << QByteArray("\nAuthorization: Bearer own\nx-api-key: k")
        << QByteArray("Authorization: Bearer own\nx-api-key: k\n");
    QTest::newRow("but never the local token")
        << QByteArray() << false << false
        << QByteArray("\nauthorization: bearer sp-t\nX-Api-Key: sp-t") << QByteArray();
    QTest::newRow("not in a second line either")
        << QByteArray() << false << false
        << QByteArray("\nAuthorization: Bearer own\nAuthorization: Bearer sp-t\nx-api-key: k\n"
                      "x-api-key: sp-t")
        << QByteArray();
    const auto never = [](const char* tag, const QByteArray& client, bool replaces = false) {
        QTest::newRow(tag) << QByteArray() << false << replaces << client << QByteArray();
    };
    const QByteArray basic = "\nAuthorization: Basic ";
    never("nor as the password of Basic", basic + QByteArray("x:sp-t").toBase64());
    never("nor as its user", basic + QByteArray("sp-t:x").toBase64());
    never("nor in Basic of another case",
          "\nauthorization: bASIC  " + QByteArray("sp-t:").toBase64());
    never("nor in Basic for a proxy",
          "\nProxy-Authorization: Basic " + QByteArray("x:sp-t").toBase64());
    never("nor in a cookie", "\nCookie: a=b; t=sp-t");
    never("nor in a cookie where a credential is put in", "\nCookie: sp-t", true);
    never("nor as the value of any field", "\nX-Auth: sp-t\nX-Note: sp-t");
    QTest::newRow("Basic of others goes on")
        << QByteArray() << false << false << QByteArray("\nAuthorization: Basic eDp5\nCookie: a=b")
        << QByteArray("Authorization: Basic eDp5\nCookie: a=b\n");
    QTest::newRow("nor behind two blanks")
        << QByteArray() << false << false << QByteArray("\nAuthorization: Bearer  sp-t")
        << QByteArray();
}

void TestForwardedMessage::credentials() {
    QFETCH(const QByteArray, own);
    QFETCH(const bool, isApiKey);
    QFETCH(const bool, replaces);
    QFETCH(const QByteArray, client);
    QFETCH(const QByteArray, fields);
    OutboundRules rules;
    rules.pseudonym = "me";
    rules.localToken = "sp-t";
    rules.credential = own;
    rules.replacesCredentials = replaces;
    rules.credentialAs = isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer;
    QCOMPARE(text(sent("GET / HTTP/1.1\nHost: a" + client, rules).fields),
             fields + "Via: 1.1 me\n");
}

void TestForwardedMessage::routeRulesComeLast() {
    FieldRules route;
    route.set = {{"Host", "other.example"}, {"X-Team", "tools"}};
    route.remove = {"X-Debug"};
    OutboundRules rules;
    rules.pseudonym = "me";
    rules.fields = &route;
    const UpstreamRequest request =
        sent("GET / HTTP/1.1\nHost: a\nX-Debug: 1\nX-Team: x\nX_Debug: 1\nx_team: y", rules);
    QCOMPARE(request.hostOverride, QByteArray("other.example"));
    QCOMPARE(text(request.fields), QByteArray("X-Team: tools\nVia: 1.1 me\n"));
}

void TestForwardedMessage::noRuleTakesOurVia_data() {
    QTest::addColumn<bool>("isSet");
    QTest::newRow("it is removed") << false;
    QTest::newRow("it is set") << true;
}

void TestForwardedMessage::noRuleTakesOurVia() {
    QFETCH(const bool, isSet);
    FieldRules route;
    if (isSet)
        route.set = {{"Via", "1.1 other"}};
    else
        route.remove = {"Via"};
    OutboundRules rules;
    rules.pseudonym = "me";
    rules.fields = &route;
    const UpstreamRequest request = sent("GET / HTTP/1.1\nHost: a\nVia: 1.0 fred", rules);
    QCOMPARE(text(request.fields),
             QByteArray(isSet ? "Via: 1.1 other\nVia: 1.1 me\n" : "Via: 1.1 me\n"));
}

void TestForwardedMessage::requestTrailers_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("one that the route asks for") << QByteArray("X-Sum") << true;
    QTest::newRow("in another letter case") << QByteArray("x-sum") << true;
    QTest::newRow("in another spelling") << QByteArray("X_Sum") << false;
    QTest::newRow("one that it does not ask for") << QByteArray("X-Remote-User") << false;
    QTest::newRow("one that its rules set") << QByteArray("X-Set") << false;
    QTest::newRow("one that its rules remove") << QByteArray("X-Gone") << false;
    QTest::newRow("one that Connection names") << QByteArray("X-Hop") << false;
    QTest::newRow("one that cannot be a trailer") << QByteArray("Authorization") << false;
}

void TestForwardedMessage::requestTrailers() {
    QFETCH(const QByteArray, name);
    QFETCH(const bool, isKept);
    Route route;
    route.requestTrailers = {"X-Sum", "X-Set", "X-Gone", "X-Hop", "Authorization"};
    route.requestFields.set = {{"x_set", "1"}};
    route.requestFields.remove = {"x-gone"};
    FieldList trailers;
    trailers.append(name, "a");
    trailers.append(name, "b");
    const auto [head, framing] = parsed("POST / HTTP/1.1\nHost: a\nConnection: x-hop");
    QCOMPARE(text(outboundTrailers(trailers, head, &route)),
             isKept ? QByteArray(name + ": a\n" + name + ": b\n") : QByteArray());
}

void TestForwardedMessage::withoutARouteNoTrailerGoesOn() {
    FieldList trailers;
    trailers.append("X-Sum", "a");
    const auto [head, framing] = parsed("POST / HTTP/1.1\nHost: a");
    QVERIFY(outboundTrailers(trailers, head, nullptr).isEmpty());
    const Route asksForNone;
    QVERIFY(outboundTrailers(trailers, head, &asksForNone).isEmpty());
}

void TestForwardedMessage::responseTrailers_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("trailers");
    const QByteArray wanted = "GET / HTTP/1.1\nHost: a\nTE: trailers\nConnection: TE";
    QTest::newRow("a client that takes them gets those that no rule is about")
        << wanted << QByteArray("X-Sum: 1\n");
    QTest::newRow("another gets none") << QByteArray("GET / HTTP/1.1\nHost: a") << QByteArray();
}

void TestForwardedMessage::responseTrailers() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, trailers);
    Route route;
    route.responseFields.set = {{"X-Set", "1"}};
    route.responseFields.remove = {"Server-Timing"};
    FieldList came;
    for (const char* name : {"X-Sum", "x-set", "X_Set", "Server-Timing", "X-Hop", "Set-Cookie"})
        came.append(name, "1");
    ResponseHead response;
    response.fields.append("Connection", "X-Hop");
    const auto [head, framing] = parsed(request);
    QCOMPARE(text(inboundTrailers(came, head, response, &route)), trailers);
}

void TestForwardedMessage::webSocket_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("upgrade");
    QTest::newRow("a handshake") << QByteArray("GET / HTTP/1.1\nHost: a\nConnection: keep-alive, "
                                               "Upgrade\nUpgrade: WebSocket")
                                 << QByteArray("websocket");
    QTest::newRow("h2c is not relayed")
        << QByteArray("GET / HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: h2c") << QByteArray();
    QTest::newRow("Upgrade without Connection is none")
        << QByteArray("GET / HTTP/1.1\nHost: a\nUpgrade: websocket") << QByteArray();
    QTest::newRow("a POST is none")
        << QByteArray("POST / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: websocket")
        << QByteArray();
}

void TestForwardedMessage::webSocket() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, upgrade);
    const UpstreamRequest out = sent(request, {});
    QCOMPARE(out.upgrade, upgrade);
    QVERIFY(!out.fields.contains("Upgrade"));
}

void TestForwardedMessage::responseFields_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("framing");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("expect");
    const QByteArray date = "Date: Thu, 01 Jan 1970 00:00:00 GMT\n";
    QTest::newRow("a missing Date is added")
        << 200 << int(DownstreamFraming::Length) << false << QByteArray("Content-Length: 2\n")
        << QByteArray("Content-Length: 2\nVia: 1.1 me\n" + date);
    QTest::newRow("a Date stays") << 200 << int(DownstreamFraming::None) << false
                                  << QByteArray("Date: yesterday\n")
                                  << QByteArray("Date: yesterday\nVia: 1.1 me\n");
    QTest::newRow("chunked is framed anew")
        << 200 << int(DownstreamFraming::Chunked) << true
        << QByteArray("Transfer-Encoding: chunked\nConnection: X-Hop\nX-Hop: 1\nDate: d\n")
        << QByteArray("Date: d\nVia: 1.1 me\nTransfer-Encoding: chunked\nConnection: close\n");
    QTest::newRow("204 has no length")
        << 204 << int(DownstreamFraming::None) << false
        << QByteArray("Content-Length: 0\nDate: d\n") << QByteArray("Date: d\nVia: 1.1 me\n");
    QTest::newRow("304 keeps the length of what GET would give")
        << 304 << int(DownstreamFraming::None) << false
        << QByteArray("Content-Length: 7\nDate: d\n")
        << QByteArray("Content-Length: 7\nDate: d\nVia: 1.1 me\n");
    QTest::newRow("426 says which protocol would do")
        << 426 << int(DownstreamFraming::None) << true
        << QByteArray("Upgrade: websocket\nConnection: upgrade\nDate: d\n")
        << QByteArray("Date: d\nConnection: upgrade\nUpgrade: websocket\nVia: 1.1 me\n"
                      "Connection: close\n");
    QTest::newRow("Upgrade of another response was for its hop")
        << 200 << int(DownstreamFraming::None) << false
        << QByteArray("Upgrade: h2c\nConnection: upgrade\nDate: d\n")
        << QByteArray("Date: d\nVia: 1.1 me\n");
    QTest::newRow("cookies stay apart")
        << 200 << int(DownstreamFraming::None) << false
        << QByteArray("Set-Cookie: a\nX: y\nSet-Cookie: b\nDate: d\n")
        << QByteArray("Set-Cookie: a\nX: y\nSet-Cookie: b\nDate: d\nVia: 1.1 me\n");
}

void TestForwardedMessage::responseFields() {
    QFETCH(const int, status);
    QFETCH(const int, framing);
    QFETCH(const bool, closes);
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, expect);
    ResponseHead head;
    head.status = status;
    for (const QByteArray& line : fields.split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0) head.fields.append(line.left(colon), line.mid(colon + 2));
    }
    const action::SendHead to{static_cast<DownstreamFraming>(framing), closes};
    QCOMPARE(text(inboundFields(head, to, nullptr, {"me", 0})), expect);
}

void TestForwardedMessage::viaNamesTheProtocolOfTheResponse() {
    ResponseHead head;
    head.status = 200;
    const action::SendHead to{DownstreamFraming::None, false};
    for (const auto& [version, via] :
         {std::pair{Version{0}, "1.0 me"}, {Version{1}, "1.1 me"}, {kHttp2, "2 me"}}) {
        head.version = version;
        QCOMPARE(inboundFields(head, to, nullptr, {"me", 0}).combined("Via"), QByteArray(via));
    }
}

QTEST_GUILESS_MAIN(TestForwardedMessage)
#include "tst_forwardedmessage.moc"
