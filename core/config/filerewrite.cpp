// SPDX-License-Identifier: MIT
#include "core/config/filerewrite.h"

#include "core/config/yamltree.h"
#include "core/support/atomicfile.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <chrono>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kMaxWait{2000};

/// It is there only while one of us writes.
QString lockPath(const QString& path) {
    const QFileInfo file(path);
    return file.absolutePath() + QLatin1String("/.") + file.fileName() + QLatin1String(".lock");
}

} // namespace

Result<std::optional<QByteArray>, QString> readText(const QString& path) {
    // A dangling link is a file that cannot be read, not one that is missing.
    const QFileInfo file(path);
    if (!file.exists() && !file.isSymLink()) return std::optional<QByteArray>();
    // More than this is refused whatever it is.
    auto bytes = readRegularFileStart(path, yaml::kMaxFileBytes + 1);
    if (bytes) return std::optional<QByteArray>(std::move(bytes).value());
    return Failure{
        QCoreApplication::translate("Config", "%1 cannot be read: %2").arg(path, bytes.error())};
}

Result<Done, QString> replaceText(const QString& path, const std::optional<QByteArray>& expected,
                                  const std::optional<QByteArray>& text) {
    QLockFile lock(lockPath(path));
    // Where there can be no lock the comparison alone has to do.
    const bool isLocked = lock.tryLock(static_cast<int>(kMaxWait.count()));
    if (!isLocked && lock.error() == QLockFile::LockFailedError)
        return Failure{
            QCoreApplication::translate("Config", "%1 is being written by another Sallyport")
                .arg(path)};
    const auto present = readText(path);
    if (!present) return Failure{present.error()};
    if (*present != expected)
        return Failure{QCoreApplication::translate("Config", "%1 was changed by another program "
                                                             "meanwhile; nothing is written")
                           .arg(path)};
    if (text) return writeFileAtomically(path, *text);
    if (QFile::remove(path)) return Done{};
    return Failure{QCoreApplication::translate("Config", "%1 cannot be removed").arg(path)};
}

Result<Done, QString> rewriteFile(const QString& path, const TextEdit& edit) {
    const auto former = readText(path);
    if (!former) return Failure{former.error()};
    if (!*former)
        return Failure{
            QCoreApplication::translate("Config", "%1 cannot be read: %2")
                .arg(path, QCoreApplication::translate("Config", "there is no such file"))};
    const auto edited = edit(**former, path);
    if (!edited) return Failure{edited.error().toString()};
    return *edited == **former ? Done{} : replaceText(path, *former, *edited);
}

} // namespace sallyport
