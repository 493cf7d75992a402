// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace sallyport {

/// A line of plain text that is cut with an ellipsis where the room ends; the tool tip has all of
/// it. Its text has no part in the size of the window.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    /// `text` is also the tool tip.
    void setFullText(const QString& text);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sallyport
