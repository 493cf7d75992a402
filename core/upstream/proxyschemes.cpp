// SPDX-License-Identifier: MIT
#include "core/upstream/proxyschemes.h"

namespace sallyport {

QByteArrayList proxySchemes(bool hasUser, bool hasTokens) {
    QByteArrayList schemes;
    if (hasUser)
        schemes = {"digest", "ntlm", "basic", "negotiate"};
    else
        schemes = {"negotiate"};
    if (!hasTokens)
        schemes.removeIf(
            [](const QByteArray& each) { return each == "ntlm" || each == "negotiate"; });
    return schemes;
}

} // namespace sallyport
