// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Whether withoutCredentials() can find anything; cheap, and sure where it says no.
[[nodiscard]] bool mayHoldCredential(QByteArrayView text);

enum class Wording {
    Text, ///< words of people: what is behind `Bearer` and `Basic` is one
    Url,  ///< a word ends at a slash, and has none in front of it
};

/// A text with what is a credential by its looks replaced: words behind `Bearer` or `Basic`, `sk-…`
/// at the start of a word or of a part of one, what is behind `bearer.` or `api-key.` (a WebSocket
/// can show one only in the name of a subprotocol). Absent when there is none.
[[nodiscard]] std::optional<QByteArray> withoutCredentials(QByteArrayView text, Wording wording);

} // namespace sallyport
