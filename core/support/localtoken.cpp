// SPDX-License-Identifier: MIT
#include "core/support/localtoken.h"

#include "core/support/ascii.h"
#include "core/support/paths.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

constexpr qint64 kMaxTokenBytes = 512;
constexpr qsizetype kMinTokenBytes = 16;

QString text(const char* source) { return QCoreApplication::translate("LocalToken", source); }

Failure<QString> refused(const QString& path, const char* reason) {
    return Failure{text(reason).arg(path)};
}

bool isTokenByte(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') ||
           QByteArrayView("-._~+/=").contains(c);
}

Result<QByteArray, QString> tokenFrom(const QString& path, const QByteArray& content) {
    const QByteArray token = content.trimmed();
    if (token.size() < kMinTokenBytes || !std::all_of(token.begin(), token.end(), isTokenByte))
        return refused(path, QT_TRANSLATE_NOOP("LocalToken",
                                               "%1 does not hold a token; delete it, and a new one "
                                               "is made at the next start"));
    return token;
}

#ifdef Q_OS_UNIX
/// Why an opened file is not to be trusted with a secret; nothing when it is.
const char* objection(const struct stat& status) {
    if (!S_ISREG(status.st_mode))
        return QT_TRANSLATE_NOOP("LocalToken", "%1 is not a plain file; remove it");
    if (status.st_uid != ::geteuid())
        return QT_TRANSLATE_NOOP("LocalToken", "%1 belongs to another user; remove it");
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        return QT_TRANSLATE_NOOP(
            "LocalToken", "%1 is open to other users; run chmod 600 on it to keep the token, "
                          "or delete it to have a new one made");
    return nullptr;
}

/// Reads without following a link: a planted link must not choose which file is our secret.
/// Nothing when there is no file.
std::optional<Result<QByteArray, QString>> contentOf(const QString& path) {
    using Content = Result<QByteArray, QString>;
    const int fd =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        if (errno == ENOENT) return std::nullopt;
        if (errno == ELOOP)
            return Content(
                refused(path, QT_TRANSLATE_NOOP("LocalToken", "%1 is a symbolic link; remove it")));
        return Content(Failure{text(QT_TRANSLATE_NOOP("LocalToken", "cannot read %1: %2"))
                                   .arg(path, qt_error_string())});
    }
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) {
        ::close(fd);
        return Content(Failure{QString(path + QLatin1String(": ") + file.errorString())});
    }
    struct stat status = {};
    if (::fstat(fd, &status) != 0) return Content(Failure{qt_error_string()});
    if (const char* reason = objection(status)) return Content(refused(path, reason));
    return Content(file.read(kMaxTokenBytes));
}

/// Gives `from` the name `to` unless that is taken.
bool publish(const QByteArray& from, const QByteArray& to) {
    return ::link(from.constData(), to.constData()) == 0;
}
#else
std::optional<Result<QByteArray, QString>> contentOf(const QString& path) {
    QFile file(path);
    if (!file.exists()) return std::nullopt;
    if (!file.open(QIODevice::ReadOnly))
        return Result<QByteArray, QString>(
            Failure{QString(path + QLatin1String(": ") + file.errorString())});
    return Result<QByteArray, QString>(file.read(kMaxTokenBytes));
}

bool publish(const QByteArray& from, const QByteArray& to) {
    return QFile::copy(QFile::decodeName(from), QFile::decodeName(to));
}
#endif

QByteArray newToken() {
    std::array<quint32, 6> random{};
    QRandomGenerator::system()->fillRange(random.data(), std::ssize(random));
    const QByteArrayView bytes(reinterpret_cast<const char*>(random.data()), sizeof random);
    return "sp-" + bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding |
                                                QByteArray::OmitTrailingEquals);
}

/// Writes a new token to a temporary name first, so that a reader never sees half of one.
std::optional<QString> makeToken(const QString& path) {
    QTemporaryFile temporary(path + QLatin1String(".XXXXXX"));
    const QByteArray line = newToken() + '\n';
    // QTemporaryFile makes its file 0600.
    if (!temporary.open() || temporary.write(line) != line.size() || !temporary.flush())
        return text(QT_TRANSLATE_NOOP("LocalToken", "cannot write %1: %2"))
            .arg(path, temporary.errorString());
    if (publish(QFile::encodeName(temporary.fileName()), QFile::encodeName(path))) return {};
    if (QFileInfo::exists(path)) return {};
    return text(QT_TRANSLATE_NOOP("LocalToken", "cannot write %1: %2"))
        .arg(path, qt_error_string());
}

} // namespace

QString localTokenFile(const QString& stateDir) { return stateDir + QLatin1String("/token"); }

Result<QByteArray, QString> readLocalToken(const QString& stateDir) {
    const QString path = localTokenFile(stateDir);
    const auto content = contentOf(path);
    if (!content)
        return refused(path, QT_TRANSLATE_NOOP("LocalToken", "there is no token yet (%1); it is "
                                                             "made when Sallyport first starts"));
    if (!content->isOk()) return Failure{content->error()};
    return tokenFrom(path, content->value());
}

Result<QByteArray, QString> readOrMakeLocalToken(const QString& stateDir) {
    const QString path = localTokenFile(stateDir);
    if (!contentOf(path)) {
        if (!paths::ensurePrivateDir(stateDir))
            return refused(stateDir, QT_TRANSLATE_NOOP("LocalToken", "cannot make the folder %1"));
        if (const auto problem = makeToken(path)) return Failure{*problem};
    }
    return readLocalToken(stateDir);
}

} // namespace sallyport
