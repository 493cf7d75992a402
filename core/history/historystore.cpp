// SPDX-License-Identifier: MIT
#include "core/history/historystore.h"

#include "core/history/exchangecodec.h"
#include "core/history/historyschema.h"
#include "core/history/searchabletext.h"

#include <QCryptographicHash>
#include <QSqlError>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace sallyport {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kMicros = 1'000'000;
constexpr qint64 kDay = 24 * 3600 * kMicros;
/// Rows that one step of pruning takes out.
constexpr int kBodiesPerStep = 50;
constexpr int kExchangesPerStep = 2000;
/// Rows of texts that are remembered; beyond that they are looked up again.
constexpr qsizetype kMaxKnown = 20'000;

/// The placeholder of a value; by name, because QSqlQuery makes a string for each value that it
/// binds by its place.
const QString& placeholder(qsizetype at) {
    constexpr qsizetype kMost = 24;
    static const QStringList names = [] {
        QStringList all;
        for (qsizetype i = 0; i < kMost; ++i)
            all.append(QStringLiteral(":v%1").arg(i));
        return all;
    }();
    return names.at(at);
}

QString insertInto(const char* table, const char* columns, qsizetype count) {
    QStringList marks;
    for (qsizetype i = 0; i < count; ++i)
        marks.append(placeholder(i));
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
        .arg(QLatin1String(table), QLatin1String(columns), marks.join(u','));
}

/// Of a table whose rows have a key: a row that is there is marked as used.
QString insertKeyed(const char* table, const char* columns, qsizetype count) {
    return insertInto(table, columns, count) +
           QLatin1String(" ON CONFLICT (key) DO UPDATE SET used_day = excluded.used_day "
                         "RETURNING id");
}

QByteArray keyOf(const QVariantList& texts) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QVariant& text : texts) {
        const QByteArray bytes = text.toString().toUtf8();
        hash.addData(QByteArray(QByteArray::number(bytes.size()) + ':'));
        hash.addData(bytes);
    }
    constexpr qsizetype kKeyBytes = 16;
    return hash.result().first(kKeyBytes);
}

} // namespace

HistoryStore::HistoryStore(HistoryFile file)
    : m_file(std::move(file))
    , m_insertKind(m_file.database())
    , m_insertError(m_file.database())
    , m_insertExchange(m_file.database())
    , m_insertBody(m_file.database())
    , m_insertWords(m_file.database()) {
    const QByteArray kind = QByteArray("key, used_day, ") + schema::kindColumns();
    const QByteArray row = QByteArray("kind, error, ") + schema::rowColumns();
    const qsizetype texts = schema::kindOf({}).size();
    m_insertKind.prepare(insertKeyed("kinds", kind.constData(), texts + 2));
    m_insertError.prepare(insertKeyed("errors", "key, used_day, text, code", 4));
    m_insertExchange.prepare(
        insertInto("exchanges", row.constData(), schema::rowOf({}).size() + 2));
    m_insertBody.prepare(insertInto("bodies", "id, kept_us, head, request, response", 5));
}

Result<std::unique_ptr<HistoryStore>, HistoryError>
HistoryStore::open(const QString& path, const HistoryLimits& limits) {
    auto file = HistoryFile::open(path, HistoryFile::Mode::Write);
    if (!file) return Failure{file.error()};
    std::unique_ptr<HistoryStore> store(new HistoryStore(std::move(file).value()));
    store->setLimits(limits);
    return store;
}

void HistoryStore::setLimits(const HistoryLimits& limits) {
    m_limits = limits;
    // The hard bound; pruning keeps below maxSize, which leaves room for it to work.
    const qint64 page = std::max<qint64>(m_file.number(QStringLiteral("PRAGMA page_size")), 512);
    const qint64 pages = limits.maxSize / page + limits.maxSize / page / 8 + 256;
    static_cast<void>(m_file.number(QStringLiteral("PRAGMA max_page_count = %1").arg(pages)));
}

std::optional<HistoryError> HistoryStore::append(std::span<const ExchangeDetail> exchanges) {
    if (auto error = m_file.run(QStringLiteral("BEGIN IMMEDIATE"))) return error;
    forgetForeignChanges();
    std::optional<HistoryError> error;
    for (const ExchangeDetail& exchange : exchanges)
        if (!error) error = appendOne(exchange);
    if (!error) error = m_file.run(QStringLiteral("COMMIT"));
    if (!error) return {};
    static_cast<void>(m_file.run(QStringLiteral("ROLLBACK")));
    // Rows and tables of the transaction are not there.
    forgetKnown();
    m_wordPeriod = -1;
    return error;
}

void HistoryStore::forgetForeignChanges() {
    const qint64 version = m_file.number(QStringLiteral("PRAGMA data_version"));
    if (version == m_version) return;
    m_version = version;
    forgetKnown();
    m_wordPeriod = -1;
}

void HistoryStore::forgetKnown() {
    m_known.clear();
    m_lastKind.reset();
}

/// Requests that follow each other are mostly of one kind, which needs no key then.
Result<qint64, HistoryError> HistoryStore::kindIdOf(const ExchangeRecord& record) {
    if (m_lastKind && schema::isSameKind(m_lastKind->record, record)) return m_lastKind->id;
    auto id = idOf(m_insertKind, "kinds", schema::kindOf(record));
    if (id) m_lastKind = LastKind{record, *id};
    return id;
}

Result<qint64, HistoryError> HistoryStore::idOf(QSqlQuery& insert, const char* table,
                                                const QVariantList& texts) {
    const QByteArray key = keyOf(texts);
    const QByteArray name = table + key;
    if (const auto found = m_known.constFind(name); found != m_known.cend()) return *found;
    insert.bindValue(placeholder(0), key);
    insert.bindValue(placeholder(1), m_today);
    for (qsizetype i = 0; i < texts.size(); ++i)
        insert.bindValue(placeholder(i + 2), texts.at(i));
    if (!insert.exec() || !insert.next()) return Failure{historyErrorOf(insert.lastError())};
    const qint64 id = insert.value(0).toLongLong();
    insert.finish();
    if (m_known.size() >= kMaxKnown) m_known.clear();
    m_known.insert(name, id);
    return id;
}

std::optional<HistoryError> HistoryStore::appendOne(const ExchangeDetail& exchange) {
    const ExchangeRecord& record = exchange.record;
    const qint64 started = schema::microsOf(record.startedAt);
    if (const qint64 day = started / kDay; day > m_today) {
        m_today = day;
        forgetKnown();
    }
    const auto kind = kindIdOf(record);
    if (!kind) return kind.error();
    m_insertExchange.bindValue(placeholder(0), *kind);
    m_insertExchange.bindValue(placeholder(1), QVariant(QMetaType(QMetaType::LongLong)));
    if (!record.error.isEmpty() || !record.errorCode.isEmpty()) {
        const auto error =
            idOf(m_insertError, "errors", {record.error, QString::fromUtf8(record.errorCode)});
        if (!error) return error.error();
        m_insertExchange.bindValue(placeholder(1), *error);
    }
    qsizetype at = 2;
    for (const QVariant& value : schema::rowOf(record))
        m_insertExchange.bindValue(placeholder(at++), value);
    if (!m_insertExchange.exec()) return historyErrorOf(m_insertExchange.lastError());
    return appendContents(m_insertExchange.lastInsertId().toLongLong(), exchange);
}

std::optional<HistoryError> HistoryStore::appendContents(qint64 id,
                                                         const ExchangeDetail& exchange) {
    const bool hasContents = !exchange.requestFields.isEmpty() || !exchange.requestBody.isEmpty() ||
                             !exchange.responseFields.isEmpty() || !exchange.responseBody.isEmpty();
    if (m_limits.bodies <= 0ms || !hasContents) return {};
    const ExchangeRecord& record = exchange.record;
    const qint64 kept = schema::microsOf(record.startedAt) + record.times.ended.value_or(0);
    m_insertBody.bindValue(placeholder(0), id);
    m_insertBody.bindValue(placeholder(1), kept);
    m_insertBody.bindValue(placeholder(2), exchangecodec::encodedHead(exchange));
    m_insertBody.bindValue(placeholder(3), exchangecodec::encodedBody(exchange.requestBody));
    m_insertBody.bindValue(placeholder(4), exchangecodec::encodedBody(exchange.responseBody));
    if (!m_insertBody.exec()) return historyErrorOf(m_insertBody.lastError());
    const QString text = searchableText(exchange);
    if (text.isEmpty()) return {};
    const auto period = makeWords(kept / kMicros / schema::kWordPeriod);
    if (!period) return period.error();
    m_insertWords.bindValue(placeholder(0), id);
    m_insertWords.bindValue(placeholder(1), text);
    if (!m_insertWords.exec()) return historyErrorOf(m_insertWords.lastError());
    return {};
}

Result<qint64, HistoryError> HistoryStore::makeWords(qint64 period) {
    if (period == m_wordPeriod) return period;
    // Without its content: the text is in the bodies, and a table goes as a whole.
    if (auto error = m_file.run(
            QStringLiteral("CREATE VIRTUAL TABLE IF NOT EXISTS %1 USING fts5(text, content='')")
                .arg(schema::wordTable(period))))
        return Failure{*std::move(error)};
    const QByteArray table = schema::wordTable(period).toLatin1();
    if (!m_insertWords.prepare(insertInto(table.constData(), "rowid, text", 2)))
        return Failure{historyErrorOf(m_insertWords.lastError())};
    m_wordPeriod = period;
    return period;
}

std::vector<qint64> HistoryStore::wordPeriods() const {
    std::vector<qint64> periods;
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.exec(QStringLiteral("SELECT CAST(substr(name, 7) AS INTEGER) FROM sqlite_master WHERE "
                              "type = 'table' AND name GLOB 'words_[0-9]*' AND sql LIKE 'CREATE "
                              "VIRTUAL%' ORDER BY 1"));
    while (query.next())
        periods.push_back(query.value(0).toLongLong());
    return periods;
}

int HistoryStore::changed(const QString& statement) {
    QSqlQuery query(m_file.database());
    return query.exec(statement) ? query.numRowsAffected() : -1;
}

int HistoryStore::pruneBodies(qint64 before) {
    return changed(QStringLiteral("DELETE FROM bodies WHERE id IN (SELECT id FROM (SELECT id, "
                                  "kept_us FROM bodies ORDER BY id LIMIT %1) WHERE kept_us < %2)")
                       .arg(kBodiesPerStep)
                       .arg(before));
}

int HistoryStore::pruneWords(qint64 before) {
    const auto periods = wordPeriods();
    if (periods.empty() || (periods.front() + 1) * schema::kWordPeriod * kMicros > before) return 0;
    if (periods.front() == m_wordPeriod) m_wordPeriod = -1;
    const QString drop = QStringLiteral("DROP TABLE %1").arg(schema::wordTable(periods.front()));
    return m_file.run(drop) ? -1 : 1;
}

int HistoryStore::pruneExchanges(qint64 before) {
    // In the order in which they ended.
    return changed(
        QStringLiteral("DELETE FROM exchanges WHERE id IN (SELECT id FROM (SELECT id, started_us + "
                       "IFNULL(ended_us, 0) AS ended FROM exchanges ORDER BY id LIMIT %1) WHERE "
                       "ended < %2)")
            .arg(kExchangesPerStep)
            .arg(before));
}

int HistoryStore::pruneTexts(qint64 before) {
    // An exchange that ends now may have begun two days ago, with the day of then.
    const qint64 day = before / kDay - 2;
    const int kinds = changed(QStringLiteral("DELETE FROM kinds WHERE id IN (SELECT id FROM kinds "
                                             "WHERE used_day < %1 LIMIT %2)")
                                  .arg(day)
                                  .arg(kExchangesPerStep));
    const int errors = changed(QStringLiteral("DELETE FROM errors WHERE id IN (SELECT id FROM "
                                              "errors WHERE used_day < %1 LIMIT %2)")
                                   .arg(day)
                                   .arg(kExchangesPerStep));
    return kinds < 0 || errors < 0 ? -1 : kinds + errors;
}

/// Contents go before what tells of them.
int HistoryStore::pruneSize() {
    if (usedBytes() <= m_limits.maxSize) return 0;
    constexpr qint64 kAll = std::numeric_limits<qint64>::max();
    // The index first, where it is older than the oldest body that is left.
    const qint64 oldest = m_file.number(QStringLiteral("SELECT MIN(kept_us) FROM bodies"));
    if (const int words = pruneWords(oldest == 0 ? kAll : oldest); words != 0) return words;
    if (const int bodies = pruneBodies(kAll); bodies != 0) return bodies;
    return pruneExchanges(kAll);
}

HistoryStore::Pruned HistoryStore::pruneSome(WallTime now) {
    const auto before = [now](std::chrono::milliseconds age) {
        return schema::microsOf(now) - std::chrono::microseconds(age).count();
    };
    int gone = pruneBodies(before(m_limits.bodies));
    if (gone == 0) gone = pruneWords(before(m_limits.bodies));
    if (gone == 0) gone = pruneExchanges(before(m_limits.metadata));
    if (gone == 0) gone = pruneTexts(before(m_limits.metadata));
    if (gone == 0) gone = pruneSize();
    if (gone < 0) return Pruned::Failed;
    static_cast<void>(m_file.run(QStringLiteral("PRAGMA incremental_vacuum(256)")));
    if (gone > 0) return Pruned::Some;
    const bool hasFree = m_file.number(QStringLiteral("PRAGMA freelist_count")) > 0;
    return hasFree ? Pruned::Some : Pruned::Nothing;
}

std::optional<HistoryError> HistoryStore::clear() {
    forgetKnown();
    m_wordPeriod = -1;
    if (auto error = m_file.run(QStringLiteral("BEGIN IMMEDIATE"))) return error;
    std::optional<HistoryError> error;
    for (const qint64 period : wordPeriods())
        if (!error) error = m_file.run(QStringLiteral("DROP TABLE ") + schema::wordTable(period));
    for (const char* table : {"bodies", "exchanges", "kinds", "errors"})
        if (!error) error = m_file.run(QStringLiteral("DELETE FROM ") + QLatin1String(table));
    error = error ? (static_cast<void>(m_file.run(QStringLiteral("ROLLBACK"))), error)
                  : m_file.run(QStringLiteral("COMMIT"));
    if (error) return error;
    // What was deleted goes out of the file and its log as well.
    if (auto vacuum = m_file.run(QStringLiteral("VACUUM"))) return vacuum;
    return m_file.run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
}

qint64 HistoryStore::usedBytes() const {
    const qint64 pages = m_file.number(QStringLiteral("PRAGMA page_count")) -
                         m_file.number(QStringLiteral("PRAGMA freelist_count"));
    return pages * m_file.number(QStringLiteral("PRAGMA page_size"));
}

} // namespace sallyport
