// SPDX-License-Identifier: MIT
#include "core/cache/reusability.h"
#include "tests/cache/fields.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

using Action = CacheLookup::Action;
Q_DECLARE_METATYPE(CacheLookup::Action)

class TestReusability : public QObject {
    Q_OBJECT
private slots:
    void decides_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArrayList>("request");
        QTest::addColumn<QByteArrayList>("stored");
        QTest::addColumn<int>("age");
        QTest::addColumn<Action>("action");
        const auto row = [](const char* tag, const QByteArrayList& request, const char* stored,
                            int age, Action action, const char* method = "GET") {
            QByteArrayList lines;
            if (*stored) lines.append(QByteArray("Cache-Control: ") + stored);
            QTest::newRow(tag) << QByteArray(method) << request << lines << age << action;
        };
        const char* minute = "max-age=60";
        row("fresh", {}, minute, 59, Action::Serve);
        row("at the end of its time", {}, minute, 60, Action::Validate);
        row("fresh, for HEAD", {}, minute, 5, Action::Serve, "HEAD");
        row("another method", {}, minute, 5, Action::Bypass, "POST");
        row("If-Match is for the origin", {"If-Match: \"a\""}, minute, 5, Action::Bypass);
        row("If-Unmodified-Since is too", {"If-Unmodified-Since: x"}, minute, 5, Action::Bypass);
        row("another method in a field", {"X-HTTP-Method-Override: DELETE"}, minute, 5,
            Action::Bypass);
        row("another method in a field that a CGI program reads", {"x_method_override: GET"},
            minute, 5, Action::Bypass);
        row("no-cache of the request", {"Cache-Control: no-cache"}, minute, 5, Action::Validate);
        row("Pragma", {"Pragma: no-cache"}, minute, 5, Action::Validate);
        row("no-cache of the response", {}, "max-age=60, no-cache", 5, Action::Validate);
        row("younger than the request asks", {"Cache-Control: max-age=5"}, minute, 5,
            Action::Serve);
        row("older than the request asks", {"Cache-Control: max-age=5"}, minute, 6,
            Action::Validate);
        row("max-age=0 asks for validation", {"Cache-Control: max-age=0"}, minute, 0,
            Action::Validate);
        row("fresh for as long as asked", {"Cache-Control: min-fresh=10"}, minute, 50,
            Action::Serve);
        row("not fresh for so long", {"Cache-Control: min-fresh=11"}, minute, 50, Action::Validate);
        row("stale, and taken so", {"Cache-Control: max-stale=10"}, minute, 70, Action::Serve);
        row("too stale", {"Cache-Control: max-stale=10"}, minute, 71, Action::Validate);
        row("stale, of any age", {"Cache-Control: max-stale"}, minute, 7000, Action::Serve);
        row("stale, but must-revalidate", {"Cache-Control: max-stale"},
            "max-age=60, must-revalidate", 61, Action::Validate);
        row("stale, but s-maxage", {"Cache-Control: max-stale"}, "s-maxage=60", 61,
            Action::Validate);
        row("stale-while-revalidate", {}, "max-age=60, stale-while-revalidate=10", 70,
            Action::ServeAndRenew);
        row("after its window", {}, "max-age=60, stale-while-revalidate=10", 71, Action::Validate);
        row("only-if-cached and fresh", {"Cache-Control: only-if-cached"}, minute, 5,
            Action::Serve);
        row("only-if-cached and stale", {"Cache-Control: only-if-cached"}, minute, 61,
            Action::Unsatisfiable);
    }
    void decides() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArrayList, request);
        QFETCH(QByteArrayList, stored);
        QFETCH(int, age);
        QFETCH(Action, action);
        const CacheRules rules;
        CacheStore store(rules);
        store.put("k", std::make_shared<const StoredResponse>(storedOf(stored)));
        const FieldList fields = fieldsOf(request);
        const CacheLookup lookup =
            lookUp({store, rules, kThen + CacheSeconds(age)}, "k", {method, fields, false});
        QCOMPARE(lookup.action, action);
    }
    void whatIsNotThereGoesOn() {
        const CacheRules rules;
        CacheStore store(rules);
        const FieldList none;
        QCOMPARE(lookUp({store, rules, kThen}, "k", {"GET", none, false}).action, Action::Forward);
        const FieldList only = fieldsOf({"Cache-Control: only-if-cached"});
        QCOMPARE(lookUp({store, rules, kThen}, "k", {"GET", only, false}).action,
                 Action::Unsatisfiable);
    }
    void staleForAFailure_data() {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("afterError");
        QTest::addColumn<bool>("disconnected");
        const auto row = [](const char* tag, const char* response, const char* request,
                            bool afterError, bool disconnected) {
            QTest::newRow(tag) << QByteArray(response) << QByteArray(request) << afterError
                               << disconnected;
        };
        row("nothing is said", "max-age=60", "x", false, true);
        row("stale-if-error of the response", "max-age=60, stale-if-error=10", "x", true, true);
        row("stale-if-error of the request", "max-age=60", "stale-if-error=10", true, true);
        row("its window has passed", "max-age=60, stale-if-error=9", "x", false, true);
        row("must-revalidate", "max-age=60, stale-if-error=10, must-revalidate", "x", false, false);
        row("no-cache of the request", "max-age=60, stale-if-error=10", "no-cache", false, false);
    }
    void staleForAFailure() {
        QFETCH(QByteArray, response);
        QFETCH(QByteArray, request);
        QFETCH(bool, afterError);
        QFETCH(bool, disconnected);
        const CacheRules rules;
        CacheStore store(rules);
        store.put("k",
                  std::make_shared<const StoredResponse>(storedOf({"Cache-Control: " + response})));
        const FieldList fields = fieldsOf({"Cache-Control: " + request});
        const CacheLookup lookup =
            lookUp({store, rules, kThen + CacheSeconds(70)}, "k", {"GET", fields, false});
        QCOMPARE(mayServeStale(lookup, fields, false), afterError);
        QCOMPARE(mayServeStale(lookup, fields, true), disconnected);
    }
};

QTEST_APPLESS_MAIN(TestReusability)
#include "tst_reusability.moc"
