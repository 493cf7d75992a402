// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/exchangeerror.h"

#include <QTest>

namespace sallyport {

[[nodiscard]] inline const char* nameOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::MalformedRequest: return "MalformedRequest";
    case ErrorCode::HeadTooLarge: return "HeadTooLarge";
    case ErrorCode::TargetTooLong: return "TargetTooLong";
    case ErrorCode::VersionUnsupported: return "VersionUnsupported";
    case ErrorCode::MethodUnsupported: return "MethodUnsupported";
    case ErrorCode::HeadTimeout: return "HeadTimeout";
    case ErrorCode::BodyTimeout: return "BodyTimeout";
    case ErrorCode::TooManyConnections: return "TooManyConnections";
    case ErrorCode::TooManyReaders: return "TooManyReaders";
    case ErrorCode::TokenRequired: return "TokenRequired";
    case ErrorCode::ForbiddenOrigin: return "ForbiddenOrigin";
    case ErrorCode::ForbiddenHost: return "ForbiddenHost";
    case ErrorCode::TargetEscapesRoute: return "TargetEscapesRoute";
    case ErrorCode::NoRoute: return "NoRoute";
    case ErrorCode::Blocked: return "Blocked";
    case ErrorCode::Loop: return "Loop";
    case ErrorCode::CredentialMissing: return "CredentialMissing";
    case ErrorCode::UpstreamResolve: return "UpstreamResolve";
    case ErrorCode::UpstreamRefused: return "UpstreamRefused";
    case ErrorCode::UpstreamConnectTimeout: return "UpstreamConnectTimeout";
    case ErrorCode::UpstreamTls: return "UpstreamTls";
    case ErrorCode::UpstreamReset: return "UpstreamReset";
    case ErrorCode::UpstreamProtocol: return "UpstreamProtocol";
    case ErrorCode::UpstreamFirstByteTimeout: return "UpstreamFirstByteTimeout";
    case ErrorCode::UpstreamIdleTimeout: return "UpstreamIdleTimeout";
    case ErrorCode::UpstreamDown: return "UpstreamDown";
    case ErrorCode::Internal: return "Internal";
    }
    Q_UNREACHABLE();
}

[[nodiscard]] inline const char* nameOf(ExchangePhase phase) {
    switch (phase) {
    case ExchangePhase::Accepted: return "Accepted";
    case ExchangePhase::HeadReceived: return "HeadReceived";
    case ExchangePhase::Routed: return "Routed";
    case ExchangePhase::UpstreamChosen: return "UpstreamChosen";
    case ExchangePhase::RequestSent: return "RequestSent";
    case ExchangePhase::ResponseHead: return "ResponseHead";
    case ExchangePhase::Streaming: return "Streaming";
    case ExchangePhase::Ended: return "Ended";
    }
    Q_UNREACHABLE();
}

[[nodiscard]] inline const char* nameOf(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Running: return "Running";
    case ExchangeEnd::Complete: return "Complete";
    case ExchangeEnd::Refused: return "Refused";
    case ExchangeEnd::UpstreamError: return "UpstreamError";
    case ExchangeEnd::Truncated: return "Truncated";
    case ExchangeEnd::Stalled: return "Stalled";
    case ExchangeEnd::ClientGone: return "ClientGone";
    }
    Q_UNREACHABLE();
}

// What QCOMPARE prints.
inline char* toString(ErrorCode code) { return qstrdup(nameOf(code)); }
inline char* toString(ExchangePhase phase) { return qstrdup(nameOf(phase)); }
inline char* toString(ExchangeEnd end) { return qstrdup(nameOf(end)); }

} // namespace sallyport
