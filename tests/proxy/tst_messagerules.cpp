// SPDX-License-Identifier: MIT
#include "core/proxy/messagerules.h"

#include "core/proxy/errorresponse.h"
#include "core/proxy/ssetail.h"
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

class TestMessageRules : public QObject {
    Q_OBJECT
private slots:
    void requestFields_data();
    void requestFields();
    void credentials_data();
    void credentials();
    void routeRulesComeLast();
    void noRuleTakesOurVia_data();
    void noRuleTakesOurVia();
    void webSocket_data();
    void webSocket();
    void responseFields_data();
    void responseFields();
    void everyErrorHasAResponse();
    void errorStatus_data();
    void errorStatus();
    void sseTail_data();
    void sseTail();
};

void TestMessageRules::requestFields_data() {
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
    QTest::newRow("and not from 1.0")
        << QByteArray("POST / HTTP/1.0\nHost: a\nExpect: 100-continue\nContent-Length: 2")
        << QByteArray("Via: 1.0 me\n");
}

void TestMessageRules::requestFields() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, fields);
    OutboundRules rules;
    rules.pseudonym = "me";
    QCOMPARE(text(sent(request, rules).fields), fields);
}

void TestMessageRules::credentials_data() {
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
    QTest::newRow("nor behind two blanks")
        << QByteArray() << false << false << QByteArray("\nAuthorization: Bearer  sp-t")
        << QByteArray();
}

void TestMessageRules::credentials() {
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

void TestMessageRules::routeRulesComeLast() {
    FieldRules route;
    route.set = {{"Host", "other.example"}, {"X-Team", "tools"}};
    route.remove = {"X-Debug"};
    OutboundRules rules;
    rules.pseudonym = "me";
    rules.fields = &route;
    const UpstreamRequest request = sent("GET / HTTP/1.1\nHost: a\nX-Debug: 1\nX-Team: x", rules);
    QCOMPARE(request.hostOverride, QByteArray("other.example"));
    QCOMPARE(text(request.fields), QByteArray("X-Team: tools\nVia: 1.1 me\n"));
}

void TestMessageRules::noRuleTakesOurVia_data() {
    QTest::addColumn<bool>("isSet");
    QTest::newRow("it is removed") << false;
    QTest::newRow("it is set") << true;
}

void TestMessageRules::noRuleTakesOurVia() {
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

void TestMessageRules::webSocket_data() {
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

void TestMessageRules::webSocket() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, upgrade);
    const UpstreamRequest out = sent(request, {});
    QCOMPARE(out.upgrade, upgrade);
    QVERIFY(!out.fields.contains("Upgrade"));
}

void TestMessageRules::responseFields_data() {
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

void TestMessageRules::responseFields() {
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
    QCOMPARE(text(inboundFields(head, static_cast<DownstreamFraming>(framing), closes, nullptr,
                                "me", 0)),
             expect);
}

void TestMessageRules::everyErrorHasAResponse() {
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        const ErrorResponse response = errorResponseFor(
            {static_cast<ErrorCode>(code), Side::Upstream, Retry::Never, QStringLiteral("why")},
            {});
        QVERIFY2(response.status >= 400 && response.status < 600,
                 QByteArray::number(code).constData());
        QVERIFY(!response.code.isEmpty());
        QVERIFY(!response.message.isEmpty());
        // A client waits three minutes over retries that cannot help.
        if (response.status == 503 && response.code != "no_route")
            QVERIFY(response.retryAfter.has_value());
    }
}

void TestMessageRules::errorStatus_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isMessages");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* tag, ErrorCode code, bool isMessages, int status,
                        const char* name) {
        QTest::newRow(tag) << int(code) << isMessages << status << QByteArray(name);
    };
    row("malformed", ErrorCode::MalformedRequest, false, 400, "bad_request");
    row("no token", ErrorCode::TokenRequired, false, 401, "token_required");
    row("foreign Origin", ErrorCode::ForbiddenOrigin, false, 403, "forbidden_origin");
    row("foreign Host", ErrorCode::ForbiddenHost, false, 403, "forbidden_host");
    row("no route", ErrorCode::NoRoute, false, 404, "no_route");
    row("no route on the main call", ErrorCode::NoRoute, true, 503, "no_route");
    row("head too large", ErrorCode::HeadTooLarge, false, 431, "head_too_large");
    row("blocked", ErrorCode::Blocked, false, 403, "blocked");
    row("refused", ErrorCode::UpstreamRefused, true, 502, "upstream_connect");
    row("reset", ErrorCode::UpstreamReset, true, 502, "upstream_reset");
    row("no HTTP", ErrorCode::UpstreamProtocol, true, 502, "upstream_protocol");
    row("TLS", ErrorCode::UpstreamTls, true, 502, "upstream_tls");
    row("down", ErrorCode::UpstreamDown, true, 503, "upstream_down");
    row("connect time-out", ErrorCode::UpstreamConnectTimeout, true, 504, "upstream_timeout");
    row("first byte time-out", ErrorCode::UpstreamFirstByteTimeout, true, 504, "upstream_timeout");
    row("loop", ErrorCode::Loop, true, 508, "loop");
}

void TestMessageRules::errorStatus() {
    QFETCH(const int, code);
    QFETCH(const bool, isMessages);
    QFETCH(const int, status);
    QFETCH(const QByteArray, name);
    const ErrorResponse response = errorResponseFor(
        {static_cast<ErrorCode>(code), Side::Upstream, Retry::Never, {}}, {{}, {}, {}, isMessages});
    QCOMPARE(response.status, status);
    QCOMPARE(response.code, name);
}

void TestMessageRules::sseTail_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isBetween");
    QTest::newRow("nothing yet") << QByteArray() << true;
    QTest::newRow("inside a line") << QByteArray("data: a") << false;
    QTest::newRow("behind a line") << QByteArray("data: a\n") << false;
    QTest::newRow("behind an event") << QByteArray("data: a\n\n") << true;
    QTest::newRow("behind an event with CRLF") << QByteArray("data: a\r\n\r\n") << true;
    QTest::newRow("inside a CRLF") << QByteArray("data: a\r\n\r") << false;
    QTest::newRow("a next event began") << QByteArray("data: a\n\ne") << false;
    QTest::newRow("a comment line behind an event") << QByteArray("data: a\n\n: c\n") << false;
}

void TestMessageRules::sseTail() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isBetween);
    SseTail whole;
    whole.feed(bytes);
    QCOMPARE(whole.isBetweenEvents(), isBetween);
    SseTail pieces;
    for (const char c : bytes)
        pieces.feed(QByteArrayView(&c, 1));
    QCOMPARE(pieces.isBetweenEvents(), isBetween);
}

QTEST_GUILESS_MAIN(TestMessageRules)
#include "tst_messagerules.moc"
