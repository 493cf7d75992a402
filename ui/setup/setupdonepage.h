// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace sallyport {

/// The last page of the set-up: where requests go now, and the step after it.
class SetupDonePage : public QWidget {
    Q_OBJECT
public:
    explicit SetupDonePage(QWidget* parent = nullptr);

    /// `corp (gateway.corp.example)`; empty for the sandbox.
    void setDestination(const QString& destination);
    /// Why what was written is not in force, for people.
    void setProblem(const QString& problem);
    /// Return takes the next step from now on.
    void focusNext();

signals:
    void connectRequested();
    void closeRequested();

private:
    QLabel m_title, m_text;
    QPushButton m_close, m_connect;
};

} // namespace sallyport
