// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QSqlDatabase>
#include <QString>

#include <optional>

namespace sallyport {

/// The history of a state folder; empty when there is none.
[[nodiscard]] QString historyPath(const QString& stateDir);

/// Why the file cannot be used.
struct HistoryError {
    enum class Kind {
        Missing, ///< there is none yet
        Damaged, ///< not SQLite, or its pages contradict each other: to be set aside
        Newer,   ///< written by a later version: to be left alone
        Full,    ///< no room on the disk, or the limit of the file is reached
        Busy,    ///< another process holds it for longer than kBusyTimeout
        Failed,  ///< anything else: permissions, I/O
    };
    Kind kind = Kind::Failed;
    QString reason; ///< a clause for people, without the path
};

/// A connection to a history file of SQLite (WAL), closed with the object. Belongs to the thread
/// that made it. Several processes may have the file open: one writes at a time.
class HistoryFile {
public:
    /// How long a writer waits for another process.
    static constexpr int kBusyTimeout = 3000; // ms

    enum class Mode { Read, Write };
    /// Read asks for a file that is there. Write makes it, 0600, and brings its schema up to date.
    [[nodiscard]] static Result<HistoryFile, HistoryError> open(const QString& path, Mode mode);
    /// Renames a damaged file, with what belongs to it, to `NAME.damaged-YYYYMMDD-HHMMSS`; returns
    /// the new name.
    [[nodiscard]] static QString setAside(const QString& path);

    HistoryFile(HistoryFile&& other) noexcept;
    HistoryFile& operator=(HistoryFile&& other) = delete;
    ~HistoryFile();

    [[nodiscard]] QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }
    /// Runs a statement without values; the error when it failed.
    [[nodiscard]] std::optional<HistoryError> run(const QString& statement) const;
    /// The only value of the only row; 0 when there is none.
    [[nodiscard]] qint64 number(const QString& query) const;

private:
    explicit HistoryFile(QString name)
        : m_name(std::move(name)) {}
    [[nodiscard]] std::optional<HistoryError> setUp(Mode mode) const;
    [[nodiscard]] std::optional<HistoryError> migrate() const;

    QString m_name; ///< of the connection; empty once moved from
};

/// What the driver's last error means.
[[nodiscard]] HistoryError historyErrorOf(const QSqlError& error);

} // namespace sallyport
