// SPDX-License-Identifier: MIT
#include "core/anthropic/pricetable.h"

#include <QFile>
#include <QTest>

using namespace sallyport;

class TestPriceTable : public QObject {
    Q_OBJECT
private slots:
    void modelsAreKnown_data();
    void modelsAreKnown();
    void costIsTheSumOfItsParts_data();
    void costIsTheSumOfItsParts();
    void aLongPromptHasItsOwnPrices();
    void entriesOfTheUserComeFirst();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void theShippedTableIsRead();

private:
    const PriceTable m_table = *PriceTable::parse(R"({"date":"2026-10-24","models":[
        {"model":"claude-opus-4-1","input":15,"output":75,"cache_write":18.75,"cache_read":1.5},
        {"model":"corp-*","input":1,"output":2,"cache_write":3,"cache_read":4},
        {"model":"tiered","input":0.1,"output":0.5,"cache_write":0.125,"cache_read":0.01,
         "long_prompt":{"above":100000,"input":0.5,"output":2.5,"cache_write":0.625,
                        "cache_read":0.05}}]})");
};

void TestPriceTable::modelsAreKnown_data() {
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("isKnown");
    const auto row = [](const char* tag, const char* model, bool isKnown) {
        QTest::newRow(tag) << QByteArray(model) << isKnown;
    };
    row("its name", "claude-opus-4-1", true);
    row("with the date of a version", "claude-opus-4-1-20250805", true);
    row("with a date as Vertex writes it", "claude-opus-4-1@20250805", true);
    row("with a long context", "claude-opus-4-1-20250805[1m]", true);
    row("the latest one", "claude-opus-4-1-latest", true);
    row("another model whose name begins alike", "claude-opus-4-15", false);
    row("a variant that may cost something else", "claude-opus-4-1-fast", false);
    row("an unknown one", "claude-opus-9", false);
    row("no name", "", false);
    row("a star stands for any text", "corp-large", true);
    row("a star is anchored", "my-corp-large", false);
}

void TestPriceTable::modelsAreKnown() {
    QFETCH(QByteArray, model);
    Usage usage;
    usage.input = 10;
    QTEST(m_table.cost(model, usage).has_value(), "isKnown");
}

void TestPriceTable::costIsTheSumOfItsParts_data() {
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<bool>("isCounted");
    QTest::addColumn<double>("dollars");
    QTest::newRow("input and output") << Usage{1'000'000, 1'000'000, {}, {}} << true << 90.0;
    QTest::newRow("what was read from the cache, and what was written")
        << Usage{0, 0, 1'000'000, 2'000'000} << true << 39.0;
    QTest::newRow("input alone, as of a stream that broke")
        << Usage{2000, {}, {}, {}} << true << 0.03;
    QTest::newRow("nothing was counted") << Usage{} << false << 0.0;
}

void TestPriceTable::costIsTheSumOfItsParts() {
    QFETCH(Usage, usage);
    const auto cost = m_table.cost("claude-opus-4-1", usage);
    QTEST(cost.has_value(), "isCounted");
    QTEST(cost.value_or(0.0), "dollars");
}

void TestPriceTable::aLongPromptHasItsOwnPrices() {
    QCOMPARE(m_table.cost("tiered", Usage{100'000, 0, {}, {}}).value(), 0.01);
    // All tokens of the request, and the cache counts.
    QCOMPARE(m_table.cost("tiered", Usage{1, 1'000'000, 100'000, {}}).value(),
             2.5 + 0.005 + 0.0000005);
}

void TestPriceTable::entriesOfTheUserComeFirst() {
    PriceTable table = m_table;
    table.prefer(*PriceTable::parse(R"({"models":[{"model":"claude-opus-4-1","input":1,"output":1,
        "cache_write":1,"cache_read":1}]})"));
    QCOMPARE(table.cost("claude-opus-4-1", Usage{1'000'000, 0, {}, {}}).value(), 1.0);
    QCOMPARE(table.date(), QStringLiteral("2026-10-24"));
}

void TestPriceTable::mistakesAreNamed_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* tag, const char* json, const char* error) {
        QTest::newRow(tag) << QByteArray(json) << QString::fromLatin1(error);
    };
    row("not JSON", "{", "at byte 1:");
    row("no models", "{}", "\"models\" has to be a list");
    row("no name", R"({"models":[{}]})", "models[0]: \"model\" has to be a name");
    row("a price that is a text", R"({"models":[{"model":"m","input":"4"}]})",
        "models[0]: \"input\" has to be a number");
    row("a negative price", R"({"models":[{"model":"m","input":1,"output":-1}]})",
        "models[0]: \"output\"");
    row("a long prompt without its bound",
        R"({"models":[{"model":"m","input":1,"output":1,"cache_write":1,"cache_read":1,
            "long_prompt":{"input":1,"output":1,"cache_write":1,"cache_read":1}}]})",
        "models[0]: long_prompt: \"above\"");
}

void TestPriceTable::mistakesAreNamed() {
    QFETCH(QByteArray, json);
    QFETCH(QString, error);
    const auto table = PriceTable::parse(json);
    QVERIFY(!table);
    QVERIFY2(table.error().startsWith(error), qPrintable(table.error()));
}

void TestPriceTable::theShippedTableIsRead() {
    QFile file(QStringLiteral(SALLYPORT_PRICES));
    QVERIFY(file.open(QFile::ReadOnly));
    const auto table = PriceTable::parse(file.readAll());
    QVERIFY2(table.isOk(), table ? "" : qPrintable(table.error()));
    QVERIFY(table->date() >= QStringLiteral("2026-10-24"));
    QCOMPARE(table->cost("claude-opus-5-5", Usage{1'000'000, 1'000'000, 1'000'000, 1'000'000}),
             std::optional(29.2));
}

QTEST_APPLESS_MAIN(TestPriceTable)
#include "tst_pricetable.moc"
