// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Whether path and query are those of a Messages request, or of a count of its tokens, below
/// whatever prefix.
[[nodiscard]] inline bool isMessagesPath(QByteArrayView pathAndQuery) {
    const qsizetype query = pathAndQuery.indexOf('?');
    const QByteArrayView path = query < 0 ? pathAndQuery : pathAndQuery.first(query);
    return path.endsWith("/v1/messages") || path.endsWith("/v1/messages/count_tokens");
}

} // namespace sallyport
