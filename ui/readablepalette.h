// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace sallyport {

/// Keeps the texts of empty input lines readable (contrast 4.5 and more) in every palette of the
/// application; styles paint them at half strength.
class ReadablePalette : public QObject {
    Q_OBJECT
public:
    explicit ReadablePalette(QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static void update();
};

} // namespace sallyport
