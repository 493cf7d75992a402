// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QSslCertificate>
#include <QString>

#include <vector>

namespace sallyport {

/// The certificates of a PEM bundle of at most 16 MiB; the error, for people, names file and
/// reason.
[[nodiscard]] Result<std::vector<QSslCertificate>, QString> readCaFile(const QString& path);

} // namespace sallyport
