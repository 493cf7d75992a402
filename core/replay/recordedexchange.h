// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace sallyport {

/// A part of a recorded content and when it came, counted from the end of the request.
struct RecordedPiece {
    std::chrono::microseconds at{0};
    QByteArray bytes;
};

/// A request that was recorded, as far as it is compared, and the response to it. A value.
struct RecordedExchange {
    QByteArray method;
    QByteArray target; ///< path and query
    /// SHA-256 of the request's content; absent where the recording does not have it.
    std::optional<QByteArray> requestDigest;
    int status = 0;
    QByteArray reason;
    FieldList fields; ///< of the response; framing and hop-by-hop fields may be among them
    std::chrono::microseconds headAt{0};
    std::vector<RecordedPiece> pieces; ///< their times rise
    std::chrono::microseconds endAt{0};
    QString failure;  ///< how the response broke; empty: it was whole
    QByteArray place; ///< in its file: `line 7`, `entry 7`
};

/// What cannot be read of a recording; a sentence that names the place and says what to do.
struct RecordingError {
    QString message;
};
/// The exchange, nothing where an entry has none that can be served, or why it cannot be read.
using RecordedOutcome = Result<std::optional<RecordedExchange>, QString>;

/// What contents are compared by.
[[nodiscard]] inline QByteArray contentDigest(const QByteArray& content) {
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

} // namespace sallyport
