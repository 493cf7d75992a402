// SPDX-License-Identifier: MIT
#include "core/history/historyexport.h"

#include "tests/history/historyrig.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

namespace {

const WallTime kStart{std::chrono::seconds(1'800'000'000)};

ExchangeDetail exchangeAt(int number) {
    return rig::exchange(number, kStart + std::chrono::seconds(number));
}

} // namespace

class TestHistoryExport : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aSelectionIsWrittenWithItsContents();
    void liveRowsAreFoundAmongThoseThatAreKept();
    void aHarSaysWhatATicketNeeds();
    void whatPassesAFilterIsWritten();
    void aTableHasALineForEach();
    void jsonHasTheAssembledMessage();
    void withoutAHistoryTheRecordsAreWrittenBare();
    void aPlaceThatCannotBeWrittenIsToldAndLeavesNothing();

private:
    [[nodiscard]] QByteArray written() const;
    [[nodiscard]] QJsonArray entries() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path, m_file;
};

void TestHistoryExport::init() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("history.sqlite"));
    m_file = m_dir->filePath(QStringLiteral("out"));
    const auto store = std::move(HistoryStore::open(m_path, {})).value();
    std::vector<ExchangeDetail> exchanges;
    for (int i = 1; i <= 9; ++i) {
        exchanges.push_back(exchangeAt(i));
        if (i % 3 == 0) exchanges.back().record.status = 529;
    }
    QVERIFY(!store->append(exchanges));
}

QByteArray TestHistoryExport::written() const {
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonArray TestHistoryExport::entries() const {
    return QJsonDocument::fromJson(written())[QLatin1String("log")][QLatin1String("entries")]
        .toArray();
}

void TestHistoryExport::aSelectionIsWrittenWithItsContents() {
    ExportRequest request{m_file, ExportFormat::Har, {}, {}, {}};
    request.kept = {exchangeAt(2).record};
    ExchangeRecord live = exchangeAt(5).record;
    live.id = 4711;
    request.live = {live};
    const auto outcome = exportExchanges(m_path, request);
    QCOMPARE(outcome.problem, QString());
    QCOMPARE(outcome.written, 2);
    QCOMPARE(outcome.bare, 0);
    QCOMPARE(entries().size(), 2);
    QVERIFY(written().contains("number 2") && written().contains("number 5"));
    QVERIFY(!(QFileInfo(m_file).permissions() & QFileDevice::ReadOther));
}

void TestHistoryExport::liveRowsAreFoundAmongThoseThatAreKept() {
    ExportRequest request;
    request.path = m_file;
    for (const int number : {8, 2, 5}) {
        request.live += exchangeAt(number).record;
        request.live.last().id = static_cast<quint64>(4000 + number);
    }
    // Began with another one, and is no other for that.
    request.live += request.live.first();
    request.live.last().id = 4999;
    request.live.last().path = "/v1/other";
    const ExportOutcome outcome = exportExchanges(m_path, request);
    QCOMPARE(outcome.problem, QString());
    QCOMPARE(outcome.written, 4);
    QCOMPARE(outcome.bare, 1);
    const QByteArray text = written();
    for (const char* number : {"number 8", "number 2", "number 5"})
        QVERIFY2(text.contains(number), number);
}

void TestHistoryExport::aHarSaysWhatATicketNeeds() {
    ExportRequest request;
    request.path = m_file;
    request.kept = {exchangeAt(1).record};
    request.about = {{QStringLiteral("version"), QStringLiteral("1")}};
    QVERIFY(exportExchanges(m_path, request).problem.isEmpty());
    const QJsonObject log =
        QJsonDocument::fromJson(written()).object().value(QLatin1String("log")).toObject();
    QCOMPARE(log.value(QLatin1String("_sallyport")).toObject(), request.about);
    QCOMPARE(log.value(QLatin1String("entries")).toArray().size(), 1);
}

void TestHistoryExport::whatPassesAFilterIsWritten() {
    const auto outcome =
        exportExchanges(m_path, {m_file, ExportFormat::Har, rig::query("status:529"), {}, {}});
    QCOMPARE(outcome.written, 3);
    QCOMPARE(entries().size(), 3);
    QCOMPARE(entries().first()[QLatin1String("response")][QLatin1String("status")].toInt(), 529);
}

void TestHistoryExport::aTableHasALineForEach() {
    const auto outcome =
        exportExchanges(m_path, {m_file, ExportFormat::Csv, filter::Query(), {}, {}});
    QCOMPARE(outcome.written, 9);
    QCOMPARE(outcome.bare, 0);
    QCOMPARE(written().count("\r\n"), 10);
}

void TestHistoryExport::jsonHasTheAssembledMessage() {
    QCOMPARE(exportExchanges(
                 m_path, {m_file, ExportFormat::JsonLines, rig::query("body:\"number 4\""), {}, {}})
                 .written,
             1);
    const auto object = QJsonDocument::fromJson(written()).object();
    QVERIFY(object.value(QLatin1String("message")).isObject());
}

void TestHistoryExport::withoutAHistoryTheRecordsAreWrittenBare() {
    ExportRequest request{m_file, ExportFormat::Har, {}, {}, {exchangeAt(1).record}};
    const auto outcome = exportExchanges(m_dir->filePath(QStringLiteral("none")), request);
    QCOMPARE(outcome.written, 1);
    QCOMPARE(outcome.bare, 1);
    QCOMPARE(entries().size(), 1);
}

void TestHistoryExport::aPlaceThatCannotBeWrittenIsToldAndLeavesNothing() {
    const auto outcome = exportExchanges(
        m_path, {m_dir->filePath(QStringLiteral("none/out")), ExportFormat::Har, {}, {}, {}});
    QVERIFY(outcome.problem.contains(QStringLiteral("none/out")));
    QVERIFY(!QFile::exists(m_file));
}

QTEST_GUILESS_MAIN(TestHistoryExport)
#include "tst_historyexport.moc"
