// SPDX-License-Identifier: MIT
#include "core/config/yamlchange.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::yaml;

namespace {
const QByteArray kRoutes("routes");
} // namespace

class YamlChangeTest : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
    }
    static void row(const char* tag, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(tag) << before << after;
    }
private slots:
    /// `match.methods` of the first route becomes [PUT].
    void aValueIsSet_data() {
        columns();
        row("a list in brackets", "routes: [{match: {methods: [GET, POST], path: /}}]\n",
            "routes: [{match: {methods: [PUT], path: /}}]\n");
        row("a list with dashes, its comment stays",
            "routes:\n  - match:\n      methods: # which\n        - GET\n        - POST\n      "
            "path: /\n",
            "routes:\n  - match:\n      methods: [PUT] # which\n      path: /\n");
        row("a list with dashes in the column of its key",
            "routes:\n- match:\n    methods:\n    - GET\n    path: /\n",
            "routes:\n- match:\n    methods: [PUT]\n    path: /\n");
        row("a list over lines", "routes:\n- match:\n    methods: [GET,\n      POST]  # both\n",
            "routes:\n- match:\n    methods: [PUT]  # both\n");
        row("no such key", "routes:\n- match:\n    path: /\n",
            "routes:\n- match:\n    methods: [PUT]\n    path: /\n");
        row("no such map", "routes:\n- name: a\n  block: true\n",
            "routes:\n- name: a\n  match: {methods: [PUT]}\n  block: true\n");
        row("a map without a value", "routes:\n- name: a\n  match:   # all\n  block: true\n",
            "routes:\n- name: a\n  match: {methods: [PUT]}   # all\n  block: true\n");
        row("an empty map", "routes: [{name: a, match: {}}]\n",
            "routes: [{name: a, match: {methods: [PUT]}}]\n");
        row("an alias is written out",
            "routes:\n- {name: a, match: *m}\n- {name: b, match: {path: /}}\n", {});
        row("a shared map becomes one of its own", "routes:\n- {name: a, match: {path: /}}\n",
            "routes:\n- {name: a, match: {methods: "
            "[PUT], path: /}}\n");
    }
    void aValueIsSet() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto edited = withValue(before, {kRoutes, std::size_t{0}, QByteArray("match")},
                                      {"methods", "[PUT]", {}});
        if (after.isEmpty()) {
            QVERIFY(!edited);
            return;
        }
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().message));
        QCOMPARE(*edited, after);
        QCOMPARE(*withValue(after, {kRoutes, std::size_t{0}, QByteArray("match")},
                            {"methods", "[ 'PUT' ]", {}}),
                 after);
    }

    void whatAnAliasSharesIsWrittenOutWhereItChanges() {
        const QByteArray yaml =
            "routes:\n- {name: a, match: &m {path: /x}}\n- name: b\n  match: *m "
            "# as a\n";
        const auto edited =
            withValue(yaml, {kRoutes, std::size_t{1}, QByteArray("match")}, {"path", "/y", {}});
        QVERIFY(edited.isOk());
        QCOMPARE(*edited, QByteArray("routes:\n- {name: a, match: &m {path: /x}}\n- name: b\n  "
                                     "match: {path: /y} # as a\n"));
        const auto refused =
            withValue(yaml, {kRoutes, std::size_t{0}, QByteArray("match")}, {"path", "/y", {}});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QLatin1String("anchors")));
        QVERIFY(refused.error().place.offset > 0);
    }

    /// `rewrite` of the first route goes.
    void aKeyIsTakenOut_data() {
        columns();
        row("its line, with the comment in it",
            "routes:\n  - name: a\n    # about\n    rewrite: {prefix: /} # why\n    block: true\n",
            "routes:\n  - name: a\n    # about\n    block: true\n");
        row("its lines", "routes:\n  - name: a\n    rewrite:\n      prefix: /\n\n    block: true\n",
            "routes:\n  - name: a\n\n    block: true\n");
        row("beside the dash", "routes:\n  - rewrite: {prefix: /}\n    name: a\n",
            "routes:\n  - name: a\n");
        row("the last line, without an end", "routes:\r\n  - name: a\r\n    rewrite: {prefix: /}",
            "routes:\r\n  - name: a");
        row("in braces", "routes: [{rewrite: {prefix: /}, name: a}]\n", "routes: [{name: a}]\n");
        row("in braces at the end", "routes: [{name: a, rewrite: {prefix: /}}]\n",
            "routes: [{name: a}]\n");
        row("in braces before a comment",
            "routes: [{name: a, rewrite: {prefix: /}, # why\n  block: true}]\n",
            "routes: [{name: a,  # why\n  block: true}]\n");
    }
    void aKeyIsTakenOut() {
        QFETCH(QByteArray, before);
        const auto edited = withoutKey(before, {kRoutes, std::size_t{0}}, "rewrite");
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().message));
        QTEST(*edited, "after");
        QCOMPARE(*withoutKey(*edited, {kRoutes, std::size_t{0}}, "rewrite"), *edited);
    }
    void aMapThatIsLeftEmptyGoesToo() {
        const auto edited = withoutKey("routes: [{name: a, match: {host: b}}]\n",
                                       {kRoutes, std::size_t{0}, QByteArray("match")}, "host");
        QCOMPARE(*edited, QByteArray("routes: [{name: a}]\n"));
    }

    /// The second item goes.
    void anItemIsTakenOut_data() {
        columns();
        row("with the comments above it",
            "routes:\n  # one\n  - name: a\n\n  # two\n  - name: b\n    # in b\n\n  # three\n  - "
            "name: c\n",
            "routes:\n  # one\n  - name: a\n\n  # three\n  - name: c\n");
        row("a comment with a line between stays",
            "routes:\n- name: a\n\n# about both\n\n- name: b\n- name: c\n",
            "routes:\n- name: a\n\n# about both\n\n- name: c\n");
        row("in brackets", "routes: [{name: a}, {name: b}, {name: c}]\n",
            "routes: [{name: a}, {name: c}]\n");
        row("in brackets with comments",
            "routes: [\n  {name: a}, # one\n  {name: b}, # two\n  {name: c}\n]\n",
            "routes: [\n  {name: a}, # one\n   # two\n  {name: c}\n]\n");
        row("the last one", "routes:\n- name: a\n\n- name: b\n\nforward: {}\n",
            "routes:\n- name: a\n\nforward: {}\n");
        row("the last one of a file without an end", "routes:\n- name: a\n- name: b",
            "routes:\n- name: a");
    }
    void anItemIsTakenOut() {
        QFETCH(QByteArray, before);
        const auto edited = withoutItem(before, {kRoutes}, 1);
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().message));
        QTEST(*edited, "after");
    }
    void theOnlyItemLeavesAnEmptyList() {
        QCOMPARE(*withoutItem("# h\nroutes:  # all\n  - name: a\nforward: {}\n", {kRoutes}, 0),
                 QByteArray("# h\nroutes: []  # all\nforward: {}\n"));
        QCOMPARE(*withoutItem("routes: [{name: a}]\n", {kRoutes}, 0), QByteArray("routes: []\n"));
    }

    /// The first item becomes the last of three.
    void anItemIsMoved_data() {
        columns();
        row("with its comments, gaps stay",
            "routes:\n  # one\n  - name: a # x\n\n  - name: b\n  # three\n  - name: c\n# end\n",
            "routes:\n  - name: b\n\n  # three\n  - name: c\n  # one\n  - name: a # x\n# end\n");
        row("a last line without an end", "routes:\r\n- name: a\r\n- name: b\r\n- name: c",
            "routes:\r\n- name: b\r\n- name: c\r\n- name: a");
        row("in brackets", "routes: [{name: a},\n  {name: b}, {name: c}]\n",
            "routes: [{name: b},\n  {name: c}, {name: a}]\n");
        row("a dash on a line of its own", "routes:\n-\n  name: a\n- name: b\n- name: c\n",
            "routes:\n- name: b\n- name: c\n-\n  name: a\n");
    }
    void anItemIsMoved() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto edited = withItemMoved(before, {kRoutes}, 0, 2);
        QVERIFY2(edited.isOk(), edited.isOk() ? "" : qPrintable(edited.error().message));
        QCOMPARE(*edited, after);
        QCOMPARE(*withItemMoved(after, {kRoutes}, 2, 0), before);
    }
    void anAliasDoesNotMoveAboveItsAnchor() {
        const auto edited = withItemMoved(
            "routes:\n- {name: a, match: &m {path: /}}\n- {name: b, match: *m}\n", {kRoutes}, 0, 1);
        QVERIFY(!edited);
    }
    void flowTextReadsBackAsItself() {
        const QByteArray yaml =
            "a: {b: [1, 'x: y', \"\\n\"], c: , \"d e\": true}\nf: |\n  a\n  b\n";
        const auto tree = parse(yaml);
        const auto again = parse(flowText(*tree->node));
        QVERIFY(again.isOk());
        QVERIFY(isSameValue(*tree->node, *again->node));
    }
};

QTEST_APPLESS_MAIN(YamlChangeTest)
#include "tst_yamlchange.moc"
