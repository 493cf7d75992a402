// SPDX-License-Identifier: MIT
#include "core/config/routesedit.h"

#include "core/config/routesfile.h"

#include <QTest>

using namespace sallyport;

namespace {
const QString kFile = QStringLiteral("/etc/sallyport/routes.yaml");
const QString kRoute = QStringLiteral("b");
} // namespace

class TestEdit : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
    }
    static void row(const char* tag, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(tag) << before << after;
    }
private slots:
    /// Route "b" is on before and off after.
    void switchedOff_data() {
        columns();
        row("the line that holds the key",
            "# head\nroutes:\n  - name: a\n    enabled: true\n    block: true\n  - name: b  # "
            "mine\n    enabled:   true   # keep me\n    block: true\n\n# tail\n",
            "# head\nroutes:\n  - name: a\n    enabled: true\n    block: true\n  - name: b  # "
            "mine\n    enabled:   false   # keep me\n    block: true\n\n# tail\n");
        row("a key before the name", "routes:\n  - enabled: true\n    block: true\n    name: b\n",
            "routes:\n  - enabled: false\n    block: true\n    name: b\n");
        row("a key in braces", "routes: [{name: b, enabled: true, block: true}] # x\n",
            "routes: [{name: b, enabled: false, block: true}] # x\n");
        row("a key in braces at the end", "routes:\n- {block: true,name: b,enabled: true}\n",
            "routes:\n- {block: true,name: b,enabled: false}\n");
        row("a key in quotes", "routes:\n  - \"name\": b\n    'enabled': true\n    block: true\n",
            "routes:\n  - \"name\": b\n    'enabled': false\n    block: true\n");
        row("a value on a line of its own",
            "routes:\n  - name: b\n    enabled:\n      true\n    block: true\n",
            "routes:\n  - name: b\n    enabled:\n      false\n    block: true\n");
        row("a value with an anchor",
            "routes:\n  - name: b\n    enabled: &on true\n    block: true\n",
            "routes:\n  - name: b\n    enabled: &on false\n    block: true\n");
        row("a value that is an alias",
            "routes:\n  - {name: a, enabled: &on true, block: true}\n  - name: b\n    enabled: *on "
            "# as a\n    block: true\n",
            "routes:\n  - {name: a, enabled: &on true, block: true}\n  - name: b\n    enabled: "
            "false # as a\n    block: true\n");
        row("an alias in braces",
            "routes: [{name: a, enabled: &on true, block: true}, {name: b, enabled: *on, block: "
            "true}]",
            "routes: [{name: a, enabled: &on true, block: true}, {name: b, enabled: false, block: "
            "true}]");
        row("no key: a line behind the name", "routes:\n  - name: b\n    block: true\n",
            "routes:\n  - name: b\n    enabled: false\n    block: true\n");
        row("no key: behind the comment of the name",
            "routes:\n  - name: b # mine\n    # about block\n    block: true\n",
            "routes:\n  - name: b # mine\n    enabled: false\n    # about block\n    block: "
            "true\n");
        row("no key: the indentation of its neighbours", "routes:\n-   block: true\n    name: b\n",
            "routes:\n-   block: true\n    name: b\n    enabled: false\n");
        row("no key: a list without indentation", "routes:\n- name: b\n  block: true\n",
            "routes:\n- name: b\n  enabled: false\n  block: true\n");
        row("no key: a name in quotes with a sign in it",
            "routes:\n  - name: \"b\" # it's \"b\"\n    block: true\n",
            "routes:\n  - name: \"b\" # it's \"b\"\n    enabled: false\n    block: true\n");
        row("no key: the name with an anchor", "routes:\n  - name: &n b\n    block: true\n",
            "routes:\n  - name: &n b\n    enabled: false\n    block: true\n");
        row("no key: an entry with an anchor", "routes:\n  - &r\n    name: b\n    block: true\n",
            "routes:\n  - &r\n    name: b\n    enabled: false\n    block: true\n");
        row("no key: the name on a line of its own",
            "routes:\n  - name:\n      b\n    block: true\n",
            "routes:\n  - name:\n      b\n    enabled: false\n    block: true\n");
        row("no key: a name in a block", "routes:\n  - name: >-\n      b\n    block: true\n",
            "routes:\n  - name: >-\n      b\n    enabled: false\n    block: true\n");
        row("no key: braces", "routes:\n  - {name: b, block: true}\n",
            "routes:\n  - {name: b, enabled: false, block: true}\n");
        row("no key: braces with the name at the end", "routes: [{block: true, name: b }]\n",
            "routes: [{block: true, name: b, enabled: false }]\n");
        row("no key: braces and quotes", "routes: [{\"name\": \"b\", \"block\": true}]",
            "routes: [{\"name\": \"b\", enabled: false, \"block\": true}]");
        row("no key: braces over lines",
            "routes: [\n  {\n    name: b,  # mine\n    block: true,\n  },\n]\n",
            "routes: [\n  {\n    name: b, enabled: false,  # mine\n    block: true,\n  },\n]\n");
        row("CR LF stays", "routes:\r\n  - name: b\r\n    enabled: true\r\n    block: true\r\n",
            "routes:\r\n  - name: b\r\n    enabled: false\r\n    block: true\r\n");
        row("no key: CR LF stays", "routes:\r\n  - name: b\r\n    block: true\r\n",
            "routes:\r\n  - name: b\r\n    enabled: false\r\n    block: true\r\n");
        row("a last line without an end",
            "routes:\n  - block: true\n    name: b\n    enabled: true",
            "routes:\n  - block: true\n    name: b\n    enabled: false");
        row("no key: a last line without an end", "routes:\n  - block: true\n    name: b",
            "routes:\n  - block: true\n    name: b\n    enabled: false");
        row("no key: a last line without an end, CR LF",
            "routes:\r\n  - block: true\r\n    name: b",
            "routes:\r\n  - block: true\r\n    name: b\r\n    enabled: false");
        row("a byte order mark stays", "\xEF\xBB\xBFroutes:\n  - name: b\n    block: true\n",
            "\xEF\xBB\xBFroutes:\n  - name: b\n    enabled: false\n    block: true\n");
        row("letters of other languages before it",
            "# 路由\nroutes:\n  - name: 中文  # 注释\n    block: true\n  - name: b  # 我的\n    "
            "enabled: true # é\n    block: true\n",
            "# 路由\nroutes:\n  - name: 中文  # 注释\n    block: true\n  - name: b  # 我的\n    "
            "enabled: false # é\n    block: true\n");
        row("the same words elsewhere",
            "# name: b\n# enabled: true\nroutes:\n  - name: a\n    respond: {body: \"name: "
            "b\\nenabled: true\"}\n  - name: b\n    enabled: true\n    respond:\n      body: |\n   "
            "     enabled: true\n",
            "# name: b\n# enabled: true\nroutes:\n  - name: a\n    respond: {body: \"name: "
            "b\\nenabled: true\"}\n  - name: b\n    enabled: false\n    respond:\n      body: |\n  "
            "      enabled: true\n");
        row("an upstream of the same name",
            "upstreams:\n  - name: b\n    sandbox: true\nroutes:\n  - name: b\n    upstream: b\n",
            "upstreams:\n  - name: b\n    sandbox: true\nroutes:\n  - name: b\n    enabled: "
            "false\n    upstream: b\n");
    }
    void switchedOff() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto edited = withRouteEnabled(before, kFile, kRoute, false);
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().toString()));
        QCOMPARE(*edited, after);
        // Once more changes nothing, and back is on again.
        QCOMPARE(*withRouteEnabled(*edited, kFile, kRoute, false), after);
        const auto back = withRouteEnabled(*edited, kFile, kRoute, true);
        QVERIFY(back.isOk());
        QVERIFY(*parseRoutes(*back, kFile) == *parseRoutes(before, kFile));
        if (before.contains("enabled: true") && !before.contains('*') &&
            back->size() == before.size())
            QCOMPARE(*back, before);
    }

    void nothingToDo() {
        const QByteArray yaml = "routes:\n  - name: b\n    block: true\n";
        QCOMPARE(*withRouteEnabled(yaml, kFile, kRoute, true), yaml);
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("message");
        const auto refused = [](const char* tag, const char* yaml, const char* message) {
            QTest::newRow(tag) << QByteArray(yaml) << QString::fromUtf8(message);
        };
        refused("a route that is not there names the nearest", "routes: [{name: bb, block: true}]",
                ": there is no route \"b\" in this file; did you mean \"bb\"?");
        refused("a file without routes", "", ": there is no route \"b\" in this file;");
        refused("a file with an error", "routes: [{name: b, blok: true}]",
                ":1:20: \"blok\" is not a key of a route");
        refused("a switch that others share",
                "routes:\n  - {name: b, enabled: &on true, block: true}\n  - {name: c, enabled: "
                "*on, block: true}\n",
                ":2:5: this cannot be changed here without changing something else, since the file "
                "has anchors and aliases");
    }
    void refusals() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, message);
        const auto edited = withRouteEnabled(yaml, kFile, kRoute, false);
        QVERIFY(!edited.isOk());
        const QString wanted = kFile + message;
        QCOMPARE(edited.error().toString().left(wanted.size()), wanted);
    }
};

QTEST_APPLESS_MAIN(TestEdit)
#include "tst_routesedit.moc"
