// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Whether withoutUrlSecrets() can find anything; cheap, and sure where it says no.
[[nodiscard]] bool mayHoldUrlSecret(QByteArrayView text);

/// A URL, a target, or a text with URLs in it, in which secrets are replaced: the values of
/// parameters that isSecretParameter() knows, and user information. A value or a segment of a path
/// that is encoded is looked at decoded, twice at most, as a text of its own; it goes whole when
/// anything in it would go. Absent when there is none. Takes time in proportion to the text.
[[nodiscard]] std::optional<QByteArray> withoutUrlSecrets(QByteArrayView text);

} // namespace sallyport
