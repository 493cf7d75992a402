// SPDX-License-Identifier: MIT
#include "core/upstream/cafile.h"

#include "core/support/regularfile.h"

#include <QCoreApplication>

namespace sallyport {

Result<std::vector<QSslCertificate>, QString> readCaFile(const QString& path) {
    const auto refuse = [&](const QString& reason) {
        return Failure{QCoreApplication::translate("CaFile", "cannot use the CA file %1: %2")
                           .arg(path, reason)};
    };
    constexpr qsizetype kMaxBytes = qsizetype{16} * 1024 * 1024;
    const auto bytes = readRegularFile(path, kMaxBytes);
    if (!bytes) return refuse(bytes.error());
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*bytes, QSsl::Pem);
    if (certificates.isEmpty())
        return refuse(QCoreApplication::translate("CaFile", "it holds no PEM certificate"));
    return std::vector<QSslCertificate>(certificates.begin(), certificates.end());
}

} // namespace sallyport
