// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

namespace sallyport {

/// A line across the window for what a person has to know, with the way out beside it.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { None, Listener, Configuration };
    explicit NoticeBar(QWidget* parent = nullptr);
    /// An empty text hides the bar if it shows this kind.
    void setNotice(Kind kind, const QString& text);
    [[nodiscard]] Kind kind() const { return m_kind; }

signals:
    void tryAgainWanted(sallyport::NoticeBar::Kind kind);

protected:
    void changeEvent(QEvent* event) override;

private:
    void followLook();

    Kind m_kind = Kind::None;
    QLabel m_text;
    QPushButton m_again;
    QToolButton m_close;
    bool m_isPainting = false;
};

} // namespace sallyport
