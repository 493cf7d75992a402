// SPDX-License-Identifier: MIT
#include "app/cli/console.h"

#include "core/support/visibletext.h"

#include <QStringList>

#include <cstdio>

namespace sallyport::cli {

void printOutput(const QByteArray& text) {
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    std::fflush(stdout);
}

void printOutput(const QString& text) { printOutput(text.toUtf8()); }

void printError(const QString& text) { printErrorAsIs(QLatin1String("sallyport: ") + text); }

void printErrorAsIs(const QString& text) {
    // What is complained of may quote a file that somebody else wrote.
    QStringList lines = text.split(u'\n');
    for (QString& line : lines)
        line = visibleText(line);
    const QByteArray bytes = QString(lines.join(u'\n') + u'\n').toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

} // namespace sallyport::cli
