// SPDX-License-Identifier: MIT
#include "core/claudecode/maskedlines.h"

#include "core/secrets/redact.h"
#include "core/secrets/secretmask.h"
#include "core/secrets/secretnames.h"

#include <QByteArrayList>
#include <QRegularExpression>

namespace sallyport {

namespace {

/// `NAME=value`, also after export and `$env:`; `set -gx NAME value` of fish.
QByteArray maskedLine(const QByteArray& line) {
    static const QRegularExpression kAssignment(
        QStringLiteral("^(.*?(?:set +-\\S+ +(\\w+) +|(\\w+) *= *)[\"']?)([^\"'$\\s][^\"']*)(.*)$"));
    const QString text = QString::fromUtf8(line);
    const auto match = kAssignment.match(text);
    const QString name = match.captured(2) + match.captured(3);
    if (!match.hasMatch() || !isSecretSetting(name.toUtf8())) return redactedText(line);
    const QByteArray mask = maskOf(match.captured(4).toUtf8(), true);
    return match.captured(1).toUtf8() + mask + match.captured(5).toUtf8();
}

} // namespace

QByteArray maskedLines(const QByteArray& text) {
    QByteArrayList lines = text.split('\n');
    for (QByteArray& line : lines)
        line = maskedLine(line);
    return lines.join('\n');
}

} // namespace sallyport
