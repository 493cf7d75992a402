// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

namespace sallyport {

/// A line across the window that names a problem, with a button that retries.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { None, Listener, Configuration };
    explicit NoticeBar(QWidget* parent = nullptr);
    /// An empty text hides the bar if it shows this kind.
    void setNotice(Kind kind, const QString& text);
    [[nodiscard]] Kind kind() const { return m_kind; }

signals:
    void retryRequested(sallyport::NoticeBar::Kind kind);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updatePalette();

    Kind m_kind = Kind::None;
    QLabel m_text;
    QPushButton m_retry;
    QToolButton m_close;
    bool m_isUpdatingPalette = false;
};

} // namespace sallyport
