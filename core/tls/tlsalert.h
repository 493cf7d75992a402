// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// Of RFC 8446 6.2, those that are sent without an engine.
enum class TlsAlert : char {
    HandshakeFailure = 40,
    DecodeError = 50,
    InternalError = 80,
    NoApplicationProtocol = 120,
};

/// A fatal alert as the answer to a ClientHello, before any key: one record.
[[nodiscard]] inline QByteArray alertRecord(TlsAlert alert) {
    constexpr char kAlertRecord = 21;
    constexpr char kFatal = 2;
    const char record[] = {kAlertRecord, 3, 3, 0, 2, kFatal, static_cast<char>(alert)};
    return {record, sizeof record};
}

} // namespace sallyport
