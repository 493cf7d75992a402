// SPDX-License-Identifier: MIT
#include "core/history/historyfile.h"

#include "core/support/paths.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <array>
#include <atomic>
#include <utility>

namespace sallyport {

namespace {

/// Marks the file as ours (`PRAGMA application_id`): "SPRT".
constexpr int kApplicationId = 0x53505254;

/// The steps of the schema; a file of version N has had the first N. A step that has been released
/// is not changed, a new one is added.
///
/// Fields that repeat from exchange to exchange are one row of `kinds`: a filter looks for a text
/// in some thousand of them and then compares numbers, which is what answers it over a million
/// exchanges within 300 ms. The first columns of `exchanges` are those that filters ask for.
constexpr std::array kSteps{
    "CREATE TABLE kinds (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used_day INTEGER NOT "
    "NULL, method TEXT, host TEXT, path TEXT, route TEXT, upstream TEXT, model_asked TEXT, "
    "model_sent TEXT, role TEXT, ended_as TEXT, target TEXT, user_agent TEXT, client TEXT, "
    "received_path TEXT);"
    "CREATE TABLE errors (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used_day INTEGER NOT "
    "NULL, text TEXT, code TEXT);"
    "CREATE TABLE exchanges (id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, "
    "error INTEGER, status INTEGER, flags INTEGER NOT NULL, tokens_in INTEGER, output INTEGER, "
    "response_bytes INTEGER, first_us INTEGER, ended_us INTEGER, started_us INTEGER NOT NULL, "
    "input INTEGER, cache_read INTEGER, cache_written INTEGER, events INTEGER, "
    "request_bytes INTEGER, connected_us INTEGER, sent_us INTEGER, rest BLOB);"
    "CREATE TABLE bodies (id INTEGER PRIMARY KEY, kept_us INTEGER NOT NULL, head BLOB, "
    "request BLOB, response BLOB);",
};

HistoryError failed(const QString& reason) { return {HistoryError::Kind::Failed, reason}; }

/// 0600 from its first byte; SQLite gives its other files the same mode.
bool makePrivate(const QString& path) {
    QFile file(path);
    if (file.exists()) return true;
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) &&
           file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace

QString historyPath(const QString& stateDir) {
    return stateDir.isEmpty() ? QString() : QString(stateDir + QLatin1String("/history.sqlite"));
}

HistoryError historyErrorOf(const QSqlError& error) {
    // Result codes of SQLite; extended ones have the plain one in their lowest byte.
    constexpr int kBusy = 5, kLocked = 6, kCorrupt = 11, kFull = 13, kNotADatabase = 26;
    const QString reason = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case kBusy:
    case kLocked: return {HistoryError::Kind::Busy, reason};
    case kCorrupt:
    case kNotADatabase: return {HistoryError::Kind::Damaged, reason};
    case kFull: return {HistoryError::Kind::Full, reason};
    default: return failed(reason);
    }
}

Result<HistoryFile, HistoryError> HistoryFile::open(const QString& path, Mode mode) {
    static std::atomic<quint64> lastName = 0;
    if (mode == Mode::Read && !QFileInfo::exists(path))
        return Failure{HistoryError{HistoryError::Kind::Missing, QStringLiteral("there is none")}};
    if (mode == Mode::Write &&
        (!paths::ensurePrivateDir(QFileInfo(path).absolutePath()) || !makePrivate(path)))
        return Failure{failed(QStringLiteral("the file cannot be made"))};
    HistoryFile file(QStringLiteral("history-%1").arg(++lastName));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), file.m_name);
    database.setConnectOptions(
        QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1;QSQLITE_ENABLE_REGEXP=100").arg(kBusyTimeout));
    database.setDatabaseName(path);
    if (!database.open()) return Failure{historyErrorOf(database.lastError())};
    if (auto error = file.setUp(mode)) return Failure{*std::move(error)};
    return file;
}

std::optional<HistoryError> HistoryFile::setUp(Mode mode) const {
    const bool isWriting = mode == Mode::Write;
    // Before the first page is written: pages that become free go back in small steps.
    if (isWriting && number(QStringLiteral("PRAGMA page_count")) == 0)
        if (auto error = run(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"))) return error;
    for (const char* statement :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -16384",
          "PRAGMA mmap_size = 1073741824", "PRAGMA journal_size_limit = 16777216",
          "PRAGMA temp_store = MEMORY"})
        if (auto error = run(QString::fromLatin1(statement))) return error;
    const qint64 version = number(QStringLiteral("PRAGMA user_version"));
    if (version > static_cast<qint64>(kSteps.size()))
        return HistoryError{HistoryError::Kind::Newer,
                            QStringLiteral("it was written by a later version of Sallyport")};
    if (isWriting) return migrate();
    if (version < static_cast<qint64>(kSteps.size()))
        return HistoryError{HistoryError::Kind::Missing, QStringLiteral("nothing is in it yet")};
    return run(QStringLiteral("PRAGMA query_only = ON"));
}

std::optional<HistoryError> HistoryFile::migrate() const {
    if (number(QStringLiteral("PRAGMA user_version")) == static_cast<qint64>(kSteps.size()))
        return {};
    if (auto error = run(QStringLiteral("BEGIN IMMEDIATE"))) return error;
    // Another process may have done it in the meantime.
    const auto from = static_cast<std::size_t>(number(QStringLiteral("PRAGMA user_version")));
    std::optional<HistoryError> error;
    for (std::size_t step = from; step < kSteps.size() && !error; ++step)
        for (const QString& statement :
             QString::fromLatin1(kSteps.at(step)).split(u';', Qt::SkipEmptyParts))
            if (!error) error = run(statement);
    if (!error) error = run(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId));
    if (!error) error = run(QStringLiteral("PRAGMA user_version = %1").arg(kSteps.size()));
    if (!error) return run(QStringLiteral("COMMIT"));
    static_cast<void>(run(QStringLiteral("ROLLBACK")));
    return error;
}

QString HistoryFile::setAside(const QString& path) {
    const QString name =
        path + QLatin1String(".damaged-") +
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    QFile::rename(path, name);
    for (const char* suffix : {"-wal", "-shm"})
        QFile::rename(path + QLatin1String(suffix), name + QLatin1String(suffix));
    return name;
}

HistoryFile::HistoryFile(HistoryFile&& other) noexcept
    : m_name(std::exchange(other.m_name, QString())) {}

HistoryFile::~HistoryFile() {
    if (m_name.isEmpty()) return;
    database().close();
    QSqlDatabase::removeDatabase(m_name);
}

std::optional<HistoryError> HistoryFile::run(const QString& statement) const {
    QSqlQuery query(database());
    if (query.exec(statement)) return {};
    return historyErrorOf(query.lastError());
}

qint64 HistoryFile::number(const QString& query) const {
    QSqlQuery asked(database());
    asked.setForwardOnly(true);
    return asked.exec(query) && asked.next() ? asked.value(0).toLongLong() : 0;
}

} // namespace sallyport
