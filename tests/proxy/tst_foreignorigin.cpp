// SPDX-License-Identifier: MIT
#include "core/proxy/foreignorigin.h"

#include <QTest>

using namespace sallyport;

class TestForeignOrigin : public QObject {
    Q_OBJECT
private slots:
    void whichPagesAreForeign_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("isForeign");
        const auto row = [](const char* tag, const char* name, const char* value, bool isForeign) {
            QTest::newRow(tag) << QByteArray(name) << QByteArray(value) << isForeign;
        };
        row("no browser", "Accept", "*/*", false);
        row("our own page", "Origin", "http://localhost:8899", false);
        row("a page of another port", "Origin", "http://localhost:3000", true);
        row("a page without an origin", "Origin", "null", true);
        row("https is not ours", "Origin", "https://localhost:8899", true);
        row("an allowed host by the port that was asked", "Origin", "http://proxy.corp:80", false);
        row("an allowed host by another port", "Origin", "http://proxy.corp:3000", true);
        row("made by its user", "Sec-Fetch-Site", "none", false);
        row("made by the same origin", "Sec-Fetch-Site", "same-origin", false);
        row("made by the same site", "Sec-Fetch-Site", "same-site", true);
        row("made by another site", "Sec-Fetch-Site", "cross-site", true);
        row("a foreign Referer", "Referer", "http://evil.example/x", true);
        row("our own Referer", "referer", "http://127.0.0.1:8899/x?y", false);
        row("a Referer that is no URL", "Referer", "somewhere", false);
    }
    void whichPagesAreForeign() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const OwnAuthority own{8899, {"proxy.corp"}, {}};
        FieldList fields;
        fields.append(name, value);
        QTEST(isForeignOrigin(fields, own, *parseAuthority("proxy.corp")), "isForeign");
    }
    void twoOriginsAreForeign() {
        const OwnAuthority own{8899, {}, {}};
        FieldList fields;
        fields.append("Origin", "http://localhost:8899");
        QVERIFY(!isForeignOrigin(fields, own, {}));
        fields.append("Origin", "http://localhost:8899");
        QVERIFY(isForeignOrigin(fields, own, {}));
    }
};

QTEST_APPLESS_MAIN(TestForeignOrigin)
#include "tst_foreignorigin.moc"
