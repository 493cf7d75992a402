// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace sallyport {

/// Keeps the texts of empty input lines and of selected rows readable (contrast 4.5 and more) in
/// every palette of the application: styles paint the first at half strength, and Qt's own
/// highlight has 3.7.
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
