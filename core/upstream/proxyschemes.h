// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayList>

namespace sallyport {

/// The authentication schemes that are answered of those that a proxy offers, in lower case, the
/// first one first: Digest, NTLM, Basic and then Negotiate where a user is configured, Negotiate
/// alone where none is. NTLM and Negotiate only with `hasTokens`, where the system can make them.
[[nodiscard]] QByteArrayList proxySchemes(bool hasUser, bool hasTokens);

} // namespace sallyport
