// SPDX-License-Identifier: MIT
#include "core/upstream/sockettransport.h"

#include <QCoreApplication>
#include <QFile>

namespace sallyport {

Result<std::vector<QSslCertificate>, QString> readCaFile(const QString& path) {
    const auto refuse = [&](const QString& reason) {
        return Failure{QCoreApplication::translate("CaFile", "cannot use the CA file %1: %2")
                           .arg(path, reason)};
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return refuse(file.errorString());
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return refuse(QCoreApplication::translate("CaFile", "it holds no PEM certificate"));
    return std::vector<QSslCertificate>(certificates.begin(), certificates.end());
}

} // namespace sallyport
