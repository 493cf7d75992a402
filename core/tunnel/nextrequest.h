// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// What a client sends in a tunnel after an upgrade that was refused there. The refusal leaves the
/// connection with HTTP (RFC 9110 7.8, RFC 6455 4.2.2), so that the next bytes can only be another
/// request; held until its head is whole, that frames sent in spite of the refusal reach no server
/// that would take them for something else. Pure; keeps no more than a head and what came with it.
class NextRequest {
public:
    enum class Verdict { Undecided, Request, Other };

    /// Takes the bytes over; call no more once the verdict is not Undecided.
    [[nodiscard]] Verdict clientSent(QByteArrayView bytes);
    /// All that was taken over, in order.
    [[nodiscard]] const QByteArray& held() const { return m_held; }
    /// Once the verdict is Other: why, one clause.
    [[nodiscard]] const QByteArray& reason() const { return m_parser.error().reason; }

private:
    RequestParser m_parser;
    QByteArray m_held;
};

} // namespace sallyport
