// SPDX-License-Identifier: MIT
#include "tests/ui/windowpictures.h"

#include "tests/ui/clippedtexts.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QTest>
#include <QWidget>

#include <utility>

namespace sallyport {

WindowPictures::WindowPictures(QString prefix)
    : m_prefix(std::move(prefix)) {}

QVector<PaintedText> WindowPictures::look(QWidget& window, const QString& scene) {
    // A label of several lines has its height some turns after its text: the layouts around it
    // follow each other. What is cut for good is noted below.
    const bool isLaidOut = QTest::qWaitFor([&] { return clippedTexts(window).isEmpty(); }, 500);
    Q_UNUSED(isLaidOut)
    QCoreApplication::processEvents();
    const QPixmap picture = window.grab();
    auto texts = paintedTexts(window);
    if (texts.isEmpty()) note(scene, {QStringLiteral("nothing is written")});
    note(scene, clippedTexts(window));
    note(scene, faintTexts(window, texts, picture.toImage()));
    const QString folder = qEnvironmentVariable("SALLYPORT_PICTURES");
    if (folder.isEmpty()) return texts;
    const QString name = QStringLiteral("%1-%2-%3-%4x.png")
                             .arg(m_prefix, scene, QLatin1String(QTest::currentDataTag()))
                             .arg(window.devicePixelRatio());
    const bool isKept = QDir().mkpath(folder) && picture.save(QDir(folder).filePath(name));
    if (!isKept) note(scene, {QStringLiteral("cannot be kept in ") + folder});
    return texts;
}

void WindowPictures::note(const QString& scene, const QStringList& faults) {
    for (const QString& fault : faults) {
        const QString line = scene + QStringLiteral(": ") + fault;
        if (m_faults.contains(line)) continue;
        m_faults += line;
        qWarning("%s", qPrintable(line));
    }
}

} // namespace sallyport
