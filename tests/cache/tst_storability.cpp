// SPDX-License-Identifier: MIT
#include "core/cache/storability.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestStorability : public QObject {
    Q_OBJECT
private slots:
    void isStored_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArrayList>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArrayList>("response");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* tag, const QByteArrayList& request, int status,
                            const QByteArrayList& response, const char* reason,
                            const char* method = "GET") {
            QTest::newRow(tag) << QByteArray(method) << request << status
                               << QByteArrayList{kDate} + response << QByteArray(reason);
        };
        const QByteArray fresh = "Cache-Control: max-age=60";
        const QByteArray key = "Authorization: Bearer x";
        row("a fresh 200", {}, 200, {fresh}, "");
        row("a fresh 500", {}, 500, {fresh}, "");
        row("a response to POST", {}, 200, {fresh}, "method", "POST");
        row("a response to HEAD", {}, 200, {fresh}, "method", "HEAD");
        row("part of a response", {}, 206, {fresh}, "status");
        row("a 304", {}, 304, {fresh}, "status");
        row("an event stream", {}, 200, {fresh, "Content-Type: text/event-stream; charset=utf-8"},
            "stream");
        row("no-store of the response", {}, 200, {"Cache-Control: max-age=60, no-store"},
            "no-store");
        row("no-store of the request", {"Cache-Control: no-store"}, 200, {fresh},
            "request-no-store");
        row("no-store that is overruled", {}, 200,
            {"Cache-Control: max-age=60, no-store, must-understand"}, "");
        row("must-understand of a status that is not", {}, 599,
            {"Cache-Control: max-age=60, must-understand"}, "status");
        row("private", {}, 200, {"Cache-Control: max-age=60, private"}, "private");
        row("private for a field", {}, 200, {"Cache-Control: max-age=60, private=\"x\""},
            "private");
        row("Vary: *", {}, 200, {fresh, "Vary: Accept, *"}, "vary");
        row("a request with Authorization", {key}, 200, {fresh}, "authorization");
        row("a request with x-api-key", {"x-api-key: k"}, 200, {fresh}, "authorization");
        row("a request with api-key", {"api-key: k"}, 200, {fresh}, "authorization");
        row("a request with X-Auth-Token", {"X-Auth-Token: k"}, 200, {fresh}, "authorization");
        row("a request with a key that a CGI program reads", {"x_api_key: k"}, 200, {fresh},
            "authorization");
        row("X-Auth-Token and public", {"X-Auth-Token: k"}, 200,
            {"Cache-Control: max-age=60, public"}, "");
        row("Authorization and public", {key}, 200, {"Cache-Control: max-age=60, public"}, "");
        row("Authorization and s-maxage", {key}, 200, {"Cache-Control: s-maxage=60"}, "");
        row("Authorization and must-revalidate", {key}, 200,
            {"Cache-Control: max-age=60, must-revalidate"}, "");
        row("nothing said, nothing to validate", {}, 200, {}, "stale");
        row("stale, with an entity tag", {}, 200, {"ETag: \"a\""}, "");
        row("stale, for errors", {}, 200, {"Cache-Control: max-age=0, stale-if-error=60"}, "");
        row("a guess for a 403", {}, 403, {"ETag: \"a\""}, "status");
        row("a cookie and a lifetime", {}, 200, {fresh, "Set-Cookie: a=b"}, "");
        row("a request with a cookie and a lifetime", {"Cookie: a=b"}, 200, {fresh}, "");
        row("a request with a cookie and a guess", {"Cookie: a=b"}, 200, {"ETag: \"a\""}, "cookie");
        row("a cookie and a guess", {}, 200, {"ETag: \"a\"", "Set-Cookie: a=b"}, "set-cookie");
    }
    void isStored() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArrayList, request);
        QFETCH(int, status);
        QFETCH(QByteArrayList, response);
        QFETCH(QByteArray, reason);
        const FieldList fields = fieldsOf(request);
        QCOMPARE(notStorable({method, fields, false}, headOf(status, response), {}).toByteArray(),
                 reason);
    }
    void aTtlIsForWhatIsServed_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArrayList>("response");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* tag, int status, const QByteArrayList& response,
                            const char* reason) {
            QTest::newRow(tag) << status << QByteArrayList{kDate} + response << QByteArray(reason);
        };
        for (const int status : {200, 203, 204, 300, 301, 308})
            row(qPrintable(QStringLiteral("a %1").arg(status)), status, {}, "");
        for (const int status : {404, 405, 410, 414, 501})
            row(qPrintable(QStringLiteral("no %1").arg(status)), status, {}, "stale");
        for (const int status : {302, 403, 500, 503})
            row(qPrintable(QStringLiteral("no %1").arg(status)), status, {}, "status");
        row("a 404 for as long as it says itself", 404, {"Cache-Control: max-age=60"}, "");
    }
    void aTtlIsForWhatIsServed() {
        QFETCH(int, status);
        QFETCH(QByteArrayList, response);
        CacheRules rules;
        rules.ttl = std::chrono::seconds(60);
        const FieldList none;
        QTEST(notStorable({"GET", none, false}, headOf(status, response), rules).toByteArray(),
              "reason");
    }
    void aTtlDoesNotOverruleNoStore() {
        CacheRules rules;
        rules.ttl = std::chrono::seconds(60);
        const FieldList none;
        QVERIFY(notStorable({"GET", none, false}, headOf(200, {kDate}), rules).isEmpty());
        QCOMPARE(notStorable({"GET", none, false}, headOf(200, {kDate, "Cache-Control: no-store"}),
                             rules)
                     .toByteArray(),
                 QByteArray("no-store"));
        QCOMPARE(notStorable({"GET", none, false}, headOf(502, {kDate}), rules).toByteArray(),
                 QByteArray("status"));
    }
    void aTtlStoresWhatOurOwnCredentialGot() {
        CacheRules rules;
        rules.ttl = std::chrono::seconds(60);
        const FieldList request = fieldsOf({"Authorization: Bearer ours"});
        QVERIFY(notStorable({"GET", request, true}, headOf(200, {kDate}), rules).isEmpty());
        QCOMPARE(notStorable({"GET", request, false}, headOf(200, {kDate}), rules).toByteArray(),
                 QByteArray("authorization"));
    }
};

QTEST_APPLESS_MAIN(TestStorability)
#include "tst_storability.moc"
