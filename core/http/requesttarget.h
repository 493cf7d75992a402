// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/parseerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// The four forms of a request target, RFC 9112 3.2.
enum class TargetForm { Origin, Absolute, Authority, Asterisk };

/// `host[:port]`, RFC 3986 3.2 without user information (which is refused).
struct Authority {
    QByteArray host;             ///< lower case; an IPv6 literal without its brackets
    bool isIpLiteral = false;    ///< written in brackets
    std::optional<quint16> port; ///< absent when none or an empty one was written

    /// As it goes into a Host field: brackets put back, port only when present.
    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] quint16 portOr(quint16 fallback) const { return port.value_or(fallback); }
    friend bool operator==(const Authority&, const Authority&) = default;
};

/// Parses `host[:port]`. Refuses an empty host, user information, blanks, ports over 65535 and
/// anything that RFC 3986 does not allow in a host; of what it allows, also percent-encoding,
/// sub-delimiters, zones and IPvFuture, which no name on a network has and which others split on.
[[nodiscard]] Result<Authority, ParseError> parseAuthority(QByteArrayView bytes);
/// Whether parseAuthority() would take it; allocates nothing.
[[nodiscard]] bool isAuthority(QByteArrayView bytes);

/// A request target, taken apart.
struct RequestTarget {
    TargetForm form = TargetForm::Origin;
    /// As it is decided on and goes on: no byte is changed, but those of path and query that
    /// RFC 3986 does not have and that have one reading only are percent-encoded.
    QByteArray text;
    QByteArray received;  ///< as it came, where that is not `text`; empty otherwise
    QByteArray scheme;    ///< absolute-form only: lower case
    Authority authority;  ///< absolute-form and authority-form
    qsizetype pathAt = 0; ///< where the path starts in `text` (origin- and absolute-form)

    /// Path and query of `text`; an empty path of absolute-form reads "/" ("*" for OPTIONS is
    /// the caller's decision, RFC 9112 3.2.4).
    [[nodiscard]] QByteArray pathAndQuery() const;
    /// The path alone, "/" when empty.
    [[nodiscard]] QByteArrayView path() const;
    [[nodiscard]] bool hasEmptyPath() const;
    /// `received` where there is one, else `text`.
    [[nodiscard]] const QByteArray& asReceived() const {
        return received.isEmpty() ? text : received;
    }
    /// Path and query as they came; empty where that is not another text.
    [[nodiscard]] QByteArray receivedPathAndQuery() const;
};

/// Parses the target of a request line. Authority-form for CONNECT and only there, asterisk-form
/// for OPTIONS and only there; absolute-form with http, https, ws or wss. In path and query `"`,
/// `<`,
/// `>` and bytes above 127 are percent-encoded: curl and others send them as they are, and there is
/// no second way to read them. `|^`{}[]` pass as they came, though RFC 3986 wants them encoded:
/// browsers and Node send them so. Refused are a blank, a control byte, DEL, a `#` (a fragment to
/// some and a part of the path to others) and a `\` in a path (a slash to some).
[[nodiscard]] Result<RequestTarget, ParseError> parseRequestTarget(QByteArrayView method,
                                                                   QByteArrayView bytes);

} // namespace sallyport
