// SPDX-License-Identifier: MIT
#include "core/http/overridefields.h"

#include <QTest>

using namespace sallyport;

class TestOverrideFields : public QObject {
    Q_OBJECT
private slots:
    void overrides_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isMethod");
        QTest::addColumn<bool>("isUrl");
        const auto row = [](const char* tag, const char* name, bool isMethod, bool isUrl) {
            QTest::newRow(tag) << QByteArray(name) << isMethod << isUrl;
        };
        row("a method", "X-HTTP-Method-Override", true, false);
        row("a method in other letters", "x-http-method", true, false);
        row("a method as a CGI program reads it", "X_Method_Override", true, false);
        row("a host", "X-Forwarded-Host", false, true);
        row("a scheme", "x-forwarded-proto", false, true);
        row("a scheme by its other name", "X-Forwarded-Scheme", false, true);
        row("a path", "X-Original-URL", false, true);
        row("another path", "X-Rewrite-URL", false, true);
        row("a host as a CGI program reads it", "X_Forwarded_Host", false, true);
        row("the registered one", "Forwarded", false, true);
        row("who the client is", "X-Forwarded-For", false, false);
        row("a field that says nothing of it", "X-Stainless-Os", false, false);
        row("no name", "", false, false);
    }
    void overrides() {
        QFETCH(const QByteArray, name);
        QTEST(overridesMethod(name), "isMethod");
        QTEST(overridesUrl(name), "isUrl");
    }
};

QTEST_APPLESS_MAIN(TestOverrideFields)
#include "tst_overridefields.moc"
