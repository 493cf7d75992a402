// SPDX-License-Identifier: MIT
#include "core/config/routesbackup.h"

#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace sallyport {

namespace {

QString routesPath(const QString& configDir) { return configDir + QLatin1String("/routes.yaml"); }

QLatin1String nameOf(RoutesChange change) {
    switch (change) {
    case RoutesChange::Setup: return QLatin1String(".before-setup-");
    case RoutesChange::Preset: return QLatin1String(".before-preset-");
    case RoutesChange::Import: return QLatin1String(".before-import-");
    }
    Q_UNREACHABLE();
}

} // namespace

QString routesBackupPath(const QString& configDir, RoutesChange change, const QDateTime& now) {
    const QString routes = routesPath(configDir);
    if (!QFileInfo::exists(routes)) return {};
    const QString first = routes + nameOf(change) + now.toString(QStringLiteral("yyyyMMdd-HHmm"));
    QString path = first;
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = first + u'-' + QString::number(number);
    return path;
}

Result<QString, QString> replaceRoutes(const QString& configDir, const QByteArray& text,
                                       RoutesChange change, const QDateTime& now) {
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    if (!paths::ensurePrivateDir(configDir))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(configDir)};
    const QString routes = routesPath(configDir);
    const QString backup = routesBackupPath(configDir, change, now);
    if (!backup.isEmpty()) {
        const auto former = readRegularFile(routes, kMaxBytes);
        if (!former)
            return Failure{QCoreApplication::translate("Setup", "%1 cannot be read: %2")
                               .arg(routes, former.error())};
        if (*former == text) return QString();
        if (auto kept = writeFileAtomically(backup, *former); !kept) return Failure{kept.error()};
    }
    if (auto written = writeFileAtomically(routes, text); !written) return Failure{written.error()};
    return backup;
}

} // namespace sallyport
