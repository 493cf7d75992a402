// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/jsonmemberreader.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// Puts the model that the client asked for in place of the one in a Messages response: the
/// first top-level `model` of a JSON body, or `message.model` of the `message_start` of an event
/// stream. Every other byte passes as it came. Held are, of a body, what comes before the end of
/// that string, and of a stream a line that has not ended; neither beyond kMaxHeld, after which all
/// passes as it came.
class ModelEcho {
public:
    static constexpr qsizetype kMaxHeld = qsizetype{64} * 1024;
    /// Lines of a stream among which `message_start` is looked for.
    static constexpr int kMaxLines = 64;

    ModelEcho(QByteArray asked, bool isEventStream);

    /// What goes on now; valid until the next call.
    [[nodiscard]] QByteArrayView feed(QByteArrayView bytes);
    /// The content has ended, whole or not: what was still held.
    [[nodiscard]] QByteArrayView finish();

private:
    [[nodiscard]] QByteArrayView feedBody(QByteArrayView bytes);
    [[nodiscard]] QByteArrayView feedStream(QByteArrayView bytes);
    void takeLine();

    QByteArray m_asked;
    std::optional<JsonMemberReader> m_body; ///< none: an event stream
    QByteArray m_held;
    QByteArray m_out;
    int m_lines = 0;
    bool m_isDone = false;
};

} // namespace sallyport
