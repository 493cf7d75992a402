// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/historystore.h"

#include <QObject>
#include <QTimer>

#include <span>
#include <stop_token>

namespace sallyport {

/// Writes a history on the thread that it was moved to. A damaged file is set aside and a new one
/// begun; what else goes wrong leaves the batch out and is told. Prunes each hour in small steps,
/// with what arrives written in between.
class HistoryWorker : public QObject {
    Q_OBJECT
public:
    /// `end`: when it is requested, what has not been written yet is given up.
    HistoryWorker(QString path, std::stop_token end)
        : m_path(std::move(path))
        , m_end(std::move(end)) {}

    /// Opens the file or takes new limits; called on its thread, as are the others.
    void setLimits(const HistoryLimits& limits);
    /// In transactions of at most 256 exchanges.
    void write(std::span<const ExchangeDetail> exchanges);

signals:
    /// The batch is done with: `lost` of its exchanges were not written, for `reason`.
    void written(int lost, const QString& reason);
    /// A sentence for people: the file was set aside, or cannot be used.
    void troubled(const QString& sentence);

private:
    [[nodiscard]] bool openStore();
    [[nodiscard]] std::optional<HistoryError> append(std::span<const ExchangeDetail> exchanges);
    /// Sets a damaged file aside; whether a new one is open.
    [[nodiscard]] bool replaceDamaged(const HistoryError& error);
    void tell(const QString& sentence);
    void prune();

    QString m_path;
    std::stop_token m_end;
    QString m_lastTold;
    HistoryLimits m_limits;
    std::unique_ptr<HistoryStore> m_store; ///< null: it cannot be opened
    QTimer* m_pruning = nullptr;           ///< a child: made on the thread that it runs on
};

} // namespace sallyport
