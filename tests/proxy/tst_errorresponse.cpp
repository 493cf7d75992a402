// SPDX-License-Identifier: MIT
#include "core/proxy/errorresponse.h"

#include "tests/support/errornames.h"

#include <QTest>

using namespace sallyport;

namespace {

using namespace Qt::StringLiterals;

const auto kTarget = u"h.test:443"_s;

ErrorContext contextOf(bool isMessages, bool isProxyRequest) {
    ErrorContext context;
    context.target = kTarget;
    context.isMessages = isMessages;
    context.isProxyRequest = isProxyRequest;
    return context;
}

} // namespace

Q_DECLARE_METATYPE(ErrorCode)

class TestErrorResponse : public QObject {
    Q_OBJECT
private slots:
    void everyErrorHasAResponse_data() {
        QTest::addColumn<ErrorCode>("code");
        for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
            const auto code = static_cast<ErrorCode>(i);
            QTest::newRow(nameOf(code)) << code;
        }
    }
    void everyErrorHasAResponse() {
        QFETCH(const ErrorCode, code);
        const auto response = errorResponseFor({code, Side::Upstream, u"why"_s}, {});
        QVERIFY(response.status >= 400);
        QVERIFY(response.status < 600);
        QCOMPARE(response.status == 500, code == ErrorCode::Internal);
        QVERIFY(!response.code.isEmpty());
        QVERIFY(response.message.endsWith(u" (why)"_s));
        QVERIFY(!response.message.contains(u'%'));
        // RFC 9110 15.6.4: without Retry-After a client knows no better than to ask at once.
        QCOMPARE(response.retryAfter.has_value(), response.status == 503 || response.status == 429);
        QVERIFY(!(response.isRetryUseless && response.retryAfter));
    }

    void statusAndName_data() {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("isMessages");
        QTest::addColumn<bool>("isProxyRequest");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* tag, ErrorCode code, int status, const char* name) {
            QTest::newRow(tag) << code << false << false << status << QByteArray(name);
        };
        row("malformed", ErrorCode::MalformedRequest, 400, "bad_request");
        row("no token", ErrorCode::TokenRequired, 401, "token_required");
        row("foreign Origin", ErrorCode::ForbiddenOrigin, 403, "forbidden_origin");
        row("foreign Host", ErrorCode::ForbiddenHost, 403, "forbidden_host");
        row("no route", ErrorCode::NoRoute, 404, "no_route");
        row("head too large", ErrorCode::HeadTooLarge, 431, "head_too_large");
        row("target too long", ErrorCode::TargetTooLong, 414, "target_too_long");
        row("content too large", ErrorCode::ContentTooLarge, 413, "content_too_large");
        row("rate", ErrorCode::RateLimited, 429, "rate_limited");
        row("in flight", ErrorCode::TooManyInFlight, 429, "too_many_in_flight");
        row("budget", ErrorCode::TokenBudgetSpent, 429, "token_budget");
        row("blocked", ErrorCode::Blocked, 403, "blocked");
        row("refused", ErrorCode::UpstreamRefused, 502, "upstream_connect");
        row("reset", ErrorCode::UpstreamReset, 502, "upstream_reset");
        row("no HTTP", ErrorCode::UpstreamProtocol, 502, "upstream_protocol");
        row("TLS", ErrorCode::UpstreamTls, 502, "upstream_tls");
        row("down", ErrorCode::UpstreamDown, 503, "upstream_down");
        row("connect time-out", ErrorCode::UpstreamConnectTimeout, 504, "upstream_timeout");
        row("first byte time-out", ErrorCode::UpstreamFirstByteTimeout, 504, "upstream_timeout");
        row("loop", ErrorCode::Loop, 508, "loop");
        row("another host inside a tunnel", ErrorCode::Misdirected, 421, "misdirected");
        row("https to a plain port", ErrorCode::TlsToPlainPort, 400, "https_to_http");
        row("no certificate", ErrorCode::NoCertificate, 502, "no_certificate");
        QTest::newRow("no route on the main call, where a 404 would hide the message")
            << ErrorCode::NoRoute << true << false << 503 << QByteArray("no_route");
        QTest::newRow("no token in a request to a proxy")
            << ErrorCode::TokenRequired << false << true << 407 << QByteArray("token_required");
    }
    void statusAndName() {
        QFETCH(const ErrorCode, code);
        QFETCH(const bool, isMessages);
        QFETCH(const bool, isProxyRequest);
        QFETCH(const int, status);
        QFETCH(const QByteArray, name);
        const auto response =
            errorResponseFor({code, Side::Upstream, {}}, contextOf(isMessages, isProxyRequest));
        QCOMPARE(response.status, status);
        QCOMPARE(response.code, name);
    }

    void theErrorSaysHowLongToWait() {
        ExchangeError error{ErrorCode::RateLimited, Side::Downstream, {}};
        QCOMPARE(errorResponseFor(error, {}).retryAfter, std::optional(1));
        error.retryAfter = 42;
        QCOMPARE(errorResponseFor(error, {}).retryAfter, std::optional(42));
    }

    void theTextNamesWhatToChange_data() {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("isNamedByClient");
        QTest::addColumn<QString>("part");
        QTest::newRow("an address of ours")
            << ErrorCode::UpstreamResolve << false << u"check the address in routes.yaml"_s;
        QTest::newRow("a name that the client chose")
            << ErrorCode::UpstreamResolve << true << u"check the name that the request asks for"_s;
        QTest::newRow("the place") << ErrorCode::UpstreamRefused << true << kTarget;
        QTest::newRow("the limit of a target") << ErrorCode::TargetTooLong << true << u"16 KiB"_s;
    }
    void theTextNamesWhatToChange() {
        QFETCH(const ErrorCode, code);
        QFETCH(const bool, isNamedByClient);
        QFETCH(const QString, part);
        ErrorContext context = contextOf(false, false);
        context.isNamedByClient = isNamedByClient;
        const QString text = errorResponseFor({code, Side::Upstream, {}}, context).message;
        QVERIFY2(text.contains(part), qPrintable(text));
        QCOMPARE(text.contains(u"routes.yaml"_s), part.contains(u"routes.yaml"_s));
    }

    void theUpstreamAndItsTarget_data() {
        QTest::addColumn<QString>("upstream");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("place");
        QTest::newRow("neither") << QString() << QString() << u"this request"_s;
        QTest::newRow("a target") << QString() << u"h:1"_s << u"h:1"_s;
        QTest::newRow("an upstream") << u"corp"_s << QString() << u"upstream “corp”"_s;
        QTest::newRow("both") << u"corp"_s << u"h:1"_s << u"h:1 (upstream “corp”)"_s;
    }
    void theUpstreamAndItsTarget() {
        QFETCH(const QString, upstream);
        QFETCH(const QString, target);
        QFETCH(const QString, place);
        ErrorContext context;
        context.upstream = upstream;
        context.target = target;
        QCOMPARE(
            errorResponseFor({ErrorCode::UpstreamRefused, Side::Upstream, {}}, context).message,
            QString(u"cannot reach "_s + place));
    }
};

QTEST_GUILESS_MAIN(TestErrorResponse)
#include "tst_errorresponse.moc"
