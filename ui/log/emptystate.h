// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include <cstddef>

namespace sallyport {

/// Why a table has no rows.
enum class EmptyReason { None, Stopped, NoRequests, NothingMatches };
[[nodiscard]] EmptyReason emptyReason(bool isListening, std::size_t shown, std::size_t total);

/// Stands in place of the rows: says why there are none, with a button that changes that.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    /// `isConnected`: Claude Code's settings lead to Sallyport, so there is nothing to set up.
    void setReason(EmptyReason reason, const QString& address, bool isConnected);
    [[nodiscard]] EmptyReason reason() const { return m_reason; }

signals:
    void turnOnRequested();
    void connectRequested();
    void clearFilterRequested();

private:
    void handleButton();

    EmptyReason m_reason = EmptyReason::None;
    QLabel m_title;
    QLabel m_text;
    QPushButton m_button;
};

} // namespace sallyport
