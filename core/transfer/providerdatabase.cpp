// SPDX-License-Identifier: MIT
#include "core/transfer/providerdatabase.h"

#include "core/support/regularfile.h"
#include "core/transfer/ccswitchreader.h"
#include "core/transfer/lenientjson.h"
#include "core/transfer/routerreader.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>
#include <optional>

namespace sallyport::providerdatabase {

namespace {

constexpr int kMostRows = 1000;
constexpr int kMaxValue = 1024 * 1024; ///< bytes of one value; larger ones are left out

/// A connection for the time of one reading.
class Reading {
public:
    explicit Reading(const QString& path) {
        static std::atomic<quint64> last = 0;
        m_name = QStringLiteral("import-%1").arg(++last);
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setConnectOptions(
            QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=1000"));
        database.setDatabaseName(path);
        if (!database.open()) m_problem = database.lastError().databaseText();
    }
    ~Reading() {
        query.reset();
        QSqlDatabase::removeDatabase(m_name);
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    /// Whether `table` is one; a view could run for ever.
    [[nodiscard]] bool hasTable(const QString& table) {
        return run(QStringLiteral("PRAGMA trusted_schema = OFF")) &&
               run(QStringLiteral("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? "
                                  "AND sql NOT LIKE 'CREATE VIRTUAL%'"),
                   table) &&
               query->next();
    }
    bool run(const QString& statement, const QVariant& value = {}) {
        query.emplace(QSqlDatabase::database(m_name, false));
        query->setForwardOnly(true);
        if (!m_problem.isEmpty()) return false;
        if (query->prepare(statement)) {
            if (value.isValid()) query->addBindValue(value);
            if (query->exec()) return true;
        }
        m_problem = query->lastError().databaseText();
        return false;
    }
    [[nodiscard]] Failure<QString> failure() const {
        if (m_problem.isEmpty())
            return {QCoreApplication::translate("Import", "has none of the tables that are known")};
        return {QCoreApplication::translate("Import", "cannot be read: %1").arg(m_problem)};
    }

    std::optional<QSqlQuery> query;

private:
    QString m_name;
    QString m_problem;
};

/// Opening a pipe would wait for its writer.
std::optional<QString> problemOf(const QString& path) {
    const auto head = readRegularFileStart(path, 16);
    if (!head) return head.error();
    if (head->startsWith("SQLite format 3")) return {};
    return QCoreApplication::translate("Import", "is not a database of SQLite");
}

} // namespace

Result<std::vector<FoundProvider>, QString> readCcSwitch(const QString& path) {
    if (auto problem = problemOf(path)) return Failure{*problem};
    Reading reading(path);
    if (!reading.hasTable(QStringLiteral("providers"))) return reading.failure();
    const QString statement =
        QStringLiteral("SELECT name, settings_config, meta, is_current FROM providers WHERE "
                       "app_type = 'claude' AND length(settings_config) <= %1 ORDER BY "
                       "COALESCE(sort_index, 999999), created_at, id LIMIT %2")
            .arg(kMaxValue)
            .arg(kMostRows);
    if (!reading.run(statement)) return reading.failure();
    std::vector<FoundProvider> providers;
    while (reading.query->next()) {
        const QSqlQuery& row = *reading.query;
        providers.push_back(ccSwitchProvider({row.value(0).toString(), row.value(1).toByteArray(),
                                              row.value(2).toByteArray(), row.value(3).toBool()}));
    }
    return providers;
}

Result<std::vector<FoundProvider>, QString> readRouter(const QString& path) {
    if (auto problem = problemOf(path)) return Failure{*problem};
    Reading reading(path);
    if (!reading.hasTable(QStringLiteral("app_config"))) return reading.failure();
    if (!reading.run(QStringLiteral("SELECT value_json FROM app_config WHERE key = 'default' AND "
                                    "length(value_json) <= %1")
                         .arg(kMaxForeignBytes)))
        return reading.failure();
    if (!reading.query->next()) return std::vector<FoundProvider>();
    return claudeCodeRouterProviders(reading.query->value(0).toByteArray());
}

} // namespace sallyport::providerdatabase
