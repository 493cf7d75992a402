// SPDX-License-Identifier: MIT
#include "core/authority/authorityfolder.h"

#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace sallyport {

namespace {

constexpr const char* kCurrent = "current.pem";
constexpr const char* kPrevious = "previous.pem";
constexpr const char* kBundle = "ca.pem";
constexpr qsizetype kMaxBytes = 64 * 1024; // one takes 1.5 KiB, with 100 hosts 5

using Loaded = Result<std::optional<CaCertificate>, QString>;

QString unusable(const QString& path, const QString& why) {
    return QCoreApplication::translate(
               "Authority", "%1 cannot be used: %2; `sallyport ca remove` and `sallyport ca "
                            "create` make a new authority")
        .arg(path, why);
}

constexpr auto kWriteOfOthers = QFileDevice::WriteGroup | QFileDevice::WriteOther;
constexpr auto kUseOfOthers = kWriteOfOthers | QFileDevice::ReadGroup | QFileDevice::ReadOther;

/// Whether users besides the owner have any of `permissions`.
bool isOpenFor(QFileDevice::Permissions permissions, const QString& path) {
#ifdef Q_OS_UNIX
    return (QFile::permissions(path) & permissions) != 0;
#else
    Q_UNUSED(permissions)
    Q_UNUSED(path)
    return false;
#endif
}

Loaded loadOne(const QString& path) {
    if (!QFile::exists(path)) return Loaded(std::nullopt);
    if (isOpenFor(kUseOfOthers, path))
        return Failure{unusable(path, QCoreApplication::translate(
                                          "Authority", "other users can read or write the key"))};
    const auto bytes = readRegularFile(path, kMaxBytes);
    if (!bytes) return Failure{unusable(path, bytes.error())};
    auto read = CaCertificate::fromPem(*bytes);
    if (!read) return Failure{unusable(path, read.error())};
    return Loaded(std::move(read).value());
}

} // namespace

AuthorityFolder::AuthorityFolder(const QString& stateDir)
    : m_folder(QDir(QDir(stateDir).absolutePath()).filePath(QStringLiteral("ca"))) {}

QString AuthorityFolder::inside(const char* name) const {
    return m_folder + u'/' + QLatin1String(name);
}

QString AuthorityFolder::bundlePath() const { return inside(kBundle); }

QString AuthorityFolder::currentPath() const { return inside(kCurrent); }

Result<AuthorityFiles, QString> AuthorityFolder::load() const {
    // Who writes in the folder puts a key of its own in the place of ours.
    if (isOpenFor(kWriteOfOthers, m_folder))
        return Failure{QCoreApplication::translate(
                           "Authority",
                           "%1 cannot be used: other users can write in it; `chmod 700` "
                           "mends it, then make a new authority by `sallyport ca "
                           "remove` and `sallyport ca create`")
                           .arg(m_folder)};
    auto current = loadOne(inside(kCurrent));
    if (!current) return Failure{current.error()};
    auto previous = loadOne(inside(kPrevious));
    if (!previous) return Failure{previous.error()};
    AuthorityFiles files{std::move(current).value(), std::move(previous).value()};
    // What a crash between the two writes leaves: the old one in both.
    if (files.current && files.previous &&
        files.current->fingerprint() == files.previous->fingerprint())
        files.previous.reset();
    return files;
}

Result<Done, QString> AuthorityFolder::store(const AuthorityFiles& files) const {
    if (!paths::ensurePrivateDir(m_folder))
        return Failure{
            QCoreApplication::translate("Authority", "%1 cannot be created").arg(m_folder)};
    const auto write = [&](const char* name, const QByteArray& content) {
        return writeFileAtomically(inside(name), content, kPrivateFile);
    };
    QByteArray bundle;
    if (files.previous) {
        bundle = files.previous->certificatePem();
        if (const auto done = write(kPrevious, files.previous->toPem()); !done) return done;
    } else {
        QFile::remove(inside(kPrevious));
    }
    if (files.current) {
        bundle.prepend(files.current->certificatePem());
        if (const auto done = write(kCurrent, files.current->toPem()); !done) return done;
    }
    return write(kBundle, bundle);
}

Result<bool, QString> AuthorityFolder::remove() const {
    bool wasThere = false;
    for (const char* name : {kCurrent, kPrevious, kBundle}) {
        QFile file(inside(name));
        if (!file.exists()) continue;
        if (!file.remove())
            return Failure{QCoreApplication::translate("Authority", "%1 cannot be removed: %2")
                               .arg(file.fileName(), file.errorString())};
        wasThere = true;
    }
    QDir().rmdir(m_folder); // leaves it where something else lies in it
    return wasThere;
}

} // namespace sallyport
