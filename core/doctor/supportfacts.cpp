// SPDX-License-Identifier: MIT
#include "core/doctor/supportfacts.h"

#include "core/config/maskedyaml.h"
#include "core/config/yamltree.h"
#include "core/doctor/doctorreport.h"
#include "core/support/boundedread.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSysInfo>

namespace sallyport {

namespace {

QJsonArray linesOf(const QString& text) {
    return QJsonArray::fromStringList(text.trimmed().split(u'\n'));
}

QJsonArray linesOfFile(const QString& path) {
    QFile file(path);
    if (!file.exists()) return {QStringLiteral("(there is no such file)")};
    if (!file.open(QIODevice::ReadOnly)) return {QString(u'(' + file.errorString() + u')')};
    return linesOf(QString::fromUtf8(maskedYaml(readAtMost(file, yaml::kMaxFileBytes))));
}

} // namespace

QJsonObject supportFacts(const QString& configDir, const std::vector<CheckResult>& results) {
    const QDir dir(configDir);
    return {
        {QStringLiteral("version"), QStringLiteral(SALLYPORT_VERSION)},
        {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
        {QStringLiteral("system"),
         QString(QSysInfo::prettyProductName() + u' ' + QSysInfo::currentCpuArchitecture())},
        {QStringLiteral("doctor"), linesOf(reportText(results))},
        {QStringLiteral("settings"), linesOfFile(dir.filePath(QStringLiteral("settings.yaml")))},
        {QStringLiteral("routes"), linesOfFile(dir.filePath(QStringLiteral("routes.yaml")))}};
}

} // namespace sallyport
