// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/proxy/exchangemachine.h"
#include "core/proxy/ssetail.h"
#include "core/support/deadline.h"

#include <QByteArrayView>

#include <chrono>
#include <functional>

namespace sallyport {

/// Whether comments of ours may stand in a response: a 200 of the type text/event-stream without a
/// content coding, without `no-transform` (RFC 9110 7.7) and without a length.
[[nodiscard]] bool mayHaveComments(const ResponseHead& head, DownstreamFraming framing);

/// Says when a comment is due in an event stream: after a silence, and only between two events
/// (WHATWG HTML 9.2.5). The first one waits for the first bytes of the content, since only they
/// can begin with a byte order mark.
class KeepaliveComments {
public:
    static constexpr QByteArrayView kComment{": keepalive\n\n"};

    /// `due` is called from the event loop after each silence of `every`.
    KeepaliveComments(DeadlineQueue& deadlines, std::chrono::milliseconds every,
                      std::function<void()> due);

    /// After each piece of the stream's own content.
    void contentPassed(QByteArrayView bytes);

private:
    void expired();

    SseTail m_tail;
    std::chrono::milliseconds m_every;
    std::function<void()> m_due;
    Deadline m_deadline; ///< armed by the first content
};

} // namespace sallyport
