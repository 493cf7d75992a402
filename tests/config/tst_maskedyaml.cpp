// SPDX-License-Identifier: MIT
#include "core/config/maskedyaml.h"

#include <QTest>

using namespace sallyport;

class TestMaskedYaml : public QObject {
    Q_OBJECT
private slots:
    void whatIsShown_data();
    void whatIsShown();
    void aPlantedKeyIsNowhere_data();
    void aPlantedKeyIsNowhere();
};

void TestMaskedYaml::whatIsShown_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* tag, const char* text, const char* shown) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(shown);
    };
    row("values and lists", "a: 1\nb: [x, {c: d}]\n", "a: 1\nb:\n  - x\n  -\n    c: d\n");
    row("a comment goes", "a: 1 # why\n", "a: 1\n");
    row("where a secret is", "credential: env:CORP_KEY\ntoken: auto\n",
        "credential: env:CORP_KEY\ntoken: auto\n");
    row("a count under a name of secrets", "tokens_per_day: 100000\n", "tokens_per_day: 100000\n");
    row("a body is counted", "respond: {body: abc}\n", "respond:\n  body: ‹3 bytes›\n");
    row("no value", "a:\n", "a: null\n");
    row("a text with blanks", "a: \"b c\"\n", "a: \"b c\"\n");
    row("no YAML", "a: [", "(no YAML)\n");
}

void TestMaskedYaml::whatIsShown() {
    QFETCH(const QByteArray, text);
    QTEST(maskedYaml(text), "shown");
}

void TestMaskedYaml::aPlantedKeyIsNowhere_data() {
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* tag, const char* text) {
        QTest::newRow(tag) << QByteArray(text);
    };
    row("as a credential", "upstreams: [{credential: PLANTED-0123456789}]");
    row("among several", "credentials: [env:A, PLANTED-0123456789]");
    row("as a token", "access: {token: PLANTED-0123456789}");
    row("in a field that is set", "request_headers: {set: {X-Api-Key: PLANTED-0123456789}}");
    row("by its shape, anywhere", "a: sk-ant-api03-PLANTED00000000000000000000000000000000");
    row("as a password of a URL", "via: \"http://me:PLANTED@proxy:3128\"");
    row("in a query", "url: \"https://a.example/x?key=PLANTED-0123456789\"");
    row("as an argument", "credential_command: {run: [print, --key, PLANTED-0123456789]}");
    row("in a comment", "a: 1 # PLANTED");
    row("in a body", "respond: {body: '{\"key\":\"PLANTED\"}'}");
    row("as the name of a member", "sk-ant-api03-PLANTED00000000000000000000000000000000: 1");
    row("in what is no YAML", "PLANTED: [");
    row("by an alias", "x: {token: &k PLANTED-0123456789}\ny: {api_key: *k}");
}

void TestMaskedYaml::aPlantedKeyIsNowhere() {
    QFETCH(const QByteArray, text);
    const QByteArray shown = maskedYaml(text);
    QVERIFY2(!shown.contains("PLANTED"), shown.constData());
}

QTEST_GUILESS_MAIN(TestMaskedYaml)
#include "tst_maskedyaml.moc"
