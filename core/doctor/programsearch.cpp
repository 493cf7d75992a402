// SPDX-License-Identifier: MIT
#include "core/doctor/programsearch.h"

#include "core/support/regularfile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>

namespace sallyport {

namespace {

constexpr qsizetype kMaxBytes = qsizetype{1024} * 1024;
constexpr int kMaxFoldersUp = 5;

QString found(const QString& name, const QStringList& folders) {
    const QString path = QStandardPaths::findExecutable(name, folders);
    return path.isEmpty() ? QString() : QFileInfo(path).canonicalFilePath();
}

QByteArray textOf(const QString& path) {
    const auto bytes = readRegularFile(path, kMaxBytes);
    return bytes ? *bytes : QByteArray();
}

/// A path segment that is nothing but a version, `v20.11.0` or `2.1.329`; the last one.
QString versionInPath(const QString& path) {
    static const QRegularExpression form(QStringLiteral("^v?(\\d+\\.\\d+\\.\\d+)$"));
    QString version;
    const QStringList segments = path.split(u'/');
    for (const QString& segment : segments) {
        if (const auto match = form.match(segment); match.hasMatch()) version = match.captured(1);
    }
    return version;
}

/// From the `package.json` of Claude Code's npm package that the program lies in.
bool readPackage(ProgramReading& reading) {
    QDir folder = QFileInfo(reading.claude).dir();
    for (int i = 0; i < kMaxFoldersUp; ++i) {
        const QString file = folder.filePath(QStringLiteral("package.json"));
        const QJsonObject package = QJsonDocument::fromJson(textOf(file)).object();
        const QString name = package[QLatin1String("name")].toString();
        if (name.startsWith(QLatin1String("@anthropic-ai/claude-code"))) {
            reading.claudeVersion = package[QLatin1String("version")].toString();
            reading.versionFile = file;
            return true;
        }
        if (!folder.cdUp()) break;
    }
    return false;
}

QString nodeVersionOf(const QString& node) {
    static const QRegularExpression line(
        QStringLiteral("#define NODE_(MAJOR|MINOR|PATCH)_VERSION (\\d+)"));
    const QDir bin = QFileInfo(node).dir();
    const QString header =
        QString::fromUtf8(textOf(bin.filePath(QStringLiteral("../include/node/node_version.h"))));
    QStringList parts;
    auto all = line.globalMatch(header);
    while (all.hasNext())
        parts << all.next().captured(2);
    return parts.size() == 3 ? parts.join(u'.') : versionInPath(node);
}

} // namespace

ProgramReading findPrograms(const QString& path) {
    ProgramReading reading;
    const QStringList folders = path.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    // Without folders findExecutable() would take those of this process.
    if (folders.isEmpty()) return reading;
    reading.claude = found(QStringLiteral("claude"), folders);
    reading.node = found(QStringLiteral("node"), folders);
    if (!reading.claude.isEmpty() && !readPackage(reading))
        reading.claudeVersion = versionInPath(reading.claude);
    if (!reading.node.isEmpty()) reading.nodeVersion = nodeVersionOf(reading.node);
    return reading;
}

} // namespace sallyport
