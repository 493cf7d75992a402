// SPDX-License-Identifier: MIT
#pragma once

#include "tests/ui/paintedtexts.h"

#include <QString>
#include <QStringList>

class QWidget;

namespace sallyport {

/// Looks at windows as a picture shows them: no text is cut, and all can be read. With
/// SALLYPORT_PICTURES=DIR each picture is kept as PREFIX-SCENE-ROW-FACTORx.png.
class WindowPictures {
public:
    explicit WindowPictures(QString prefix);

    /// Waits until the layouts are settled; returns the texts that were painted.
    QVector<PaintedText> look(QWidget& window, const QString& scene);
    /// Notes faults, each once, and says them a line each: a message of QTest is cut.
    void note(const QString& scene, const QStringList& faults);
    [[nodiscard]] const QStringList& faults() const { return m_faults; }
    void clear() { m_faults.clear(); }

private:
    QString m_prefix;
    QStringList m_faults;
};

} // namespace sallyport
