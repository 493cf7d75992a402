// SPDX-License-Identifier: MIT
#include "core/credential/secretsource.h"

#include <algorithm>

namespace sallyport {

Result<QByteArray, QString> checkedSecret(const QByteArray& bytes) {
    const QByteArray secret = bytes.trimmed();
    if (secret.isEmpty()) return Failure{QStringLiteral("is empty")};
    const bool isOneWord = std::all_of(secret.begin(), secret.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
    });
    if (!isOneWord) return Failure{QStringLiteral("holds a blank or a control character")};
    return secret;
}

} // namespace sallyport
