// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretspans.h"

#include <QByteArrayView>

namespace sallyport {

/// Whether findUrlSecrets() can find anything; cheap, and never wrong where it says no.
[[nodiscard]] bool mayHoldUrlSecret(QByteArrayView text);

/// Finds secrets in a URL, a target, or a text with URLs in it: the values of parameters that
/// isSecretParameter() knows, and user information. A value or a segment of a path that is encoded
/// is read decoded as well, twice at most, as a text of its own; it is found whole when anything
/// in it is a secret by its name or by its shape. Takes time in proportion to the text.
void findUrlSecrets(QByteArrayView text, SecretSpans& found);

} // namespace sallyport
