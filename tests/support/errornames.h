// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/exchangeerror.h"

#include <QTest>

namespace sallyport {

[[nodiscard]] inline const char* nameOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::MalformedRequest: return "MalformedRequest";
    case ErrorCode::HeadTooLarge: return "HeadTooLarge";
    case ErrorCode::TargetTooLong: return "TargetTooLong";
    case ErrorCode::ContentTooLarge: return "ContentTooLarge";
    case ErrorCode::VersionUnsupported: return "VersionUnsupported";
    case ErrorCode::MethodUnsupported: return "MethodUnsupported";
    case ErrorCode::HeadTimeout: return "HeadTimeout";
    case ErrorCode::BodyTimeout: return "BodyTimeout";
    case ErrorCode::TooManyConnections: return "TooManyConnections";
    case ErrorCode::TooManyReaders: return "TooManyReaders";
    case ErrorCode::RateLimited: return "RateLimited";
    case ErrorCode::TooManyInFlight: return "TooManyInFlight";
    case ErrorCode::TokenBudgetSpent: return "TokenBudgetSpent";
    case ErrorCode::TokenRequired: return "TokenRequired";
    case ErrorCode::ForbiddenOrigin: return "ForbiddenOrigin";
    case ErrorCode::ForbiddenHost: return "ForbiddenHost";
    case ErrorCode::TargetEscapesRoute: return "TargetEscapesRoute";
    case ErrorCode::NoRoute: return "NoRoute";
    case ErrorCode::Blocked: return "Blocked";
    case ErrorCode::Misdirected: return "Misdirected";
    case ErrorCode::TlsToPlainPort: return "TlsToPlainPort";
    case ErrorCode::NoCertificate: return "NoCertificate";
    case ErrorCode::Loop: return "Loop";
    case ErrorCode::CredentialMissing: return "CredentialMissing";
    case ErrorCode::UpstreamResolve: return "UpstreamResolve";
    case ErrorCode::UpstreamRefused: return "UpstreamRefused";
    case ErrorCode::UpstreamConnectTimeout: return "UpstreamConnectTimeout";
    case ErrorCode::UpstreamTls: return "UpstreamTls";
    case ErrorCode::ProxyLogin: return "ProxyLogin";
    case ErrorCode::ProxyRefused: return "ProxyRefused";
    case ErrorCode::UpstreamReset: return "UpstreamReset";
    case ErrorCode::UpstreamProtocol: return "UpstreamProtocol";
    case ErrorCode::UpstreamFirstByteTimeout: return "UpstreamFirstByteTimeout";
    case ErrorCode::UpstreamIdleTimeout: return "UpstreamIdleTimeout";
    case ErrorCode::UpstreamDown: return "UpstreamDown";
    case ErrorCode::Internal: return "Internal";
    }
    Q_UNREACHABLE();
}

/// What QCOMPARE prints.
inline char* toString(ErrorCode code) { return qstrdup(nameOf(code)); }

} // namespace sallyport
