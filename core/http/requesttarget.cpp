// SPDX-License-Identifier: MIT
#include "core/http/requesttarget.h"

#include "core/http/byteappend.h"
#include "core/http/headgrammar.h"
#include "core/http/percentencoding.h"
#include "core/support/ascii.h"

#include <array>
#include <charconv>
#include <utility>

namespace sallyport {

namespace {

constexpr qsizetype kMaxHostBytes = 255; // RFC 1035 2.3.4
constexpr qsizetype kMaxPortDigits = 5;

Failure<ParseError> badHost(const char* reason) { return {{ParseErrorKind::BadHost, reason}}; }
Failure<ParseError> badTarget(const char* reason) { return {{ParseErrorKind::BadTarget, reason}}; }

/// dec-octet four times, RFC 3986 3.2.2.
bool isIpv4(QByteArrayView text) {
    for (int part = 0; part < 4; ++part) {
        qsizetype digits = 0;
        int number = 0;
        while (digits < text.size() && digits < 3 && ascii::isDigit(text[digits]))
            number = number * 10 + (text[digits++] - '0');
        if (digits == 0 || number > 255 || (digits > 1 && text[0] == '0')) return false;
        text = text.sliced(digits);
        if (part == 3) return text.isEmpty();
        if (!text.startsWith('.')) return false;
        text = text.sliced(1);
    }
    return false;
}

/// The number of 16-bit groups that colon-separated text stands for; -1 when it is not such text.
/// `mayEndInIpv4`: the last group may be an IPv4 address, which counts for two.
int countGroups(QByteArrayView text, bool mayEndInIpv4) {
    int groups = 0;
    while (!text.isEmpty()) {
        const qsizetype colon = text.indexOf(':');
        const QByteArrayView group = colon < 0 ? text : text.first(colon);
        const bool isLast = colon < 0;
        if (isLast && mayEndInIpv4 && group.contains('.')) return isIpv4(group) ? groups + 2 : -1;
        if (group.isEmpty() || group.size() > 4) return -1;
        for (const char c : group) {
            if (!ascii::isHexDigit(c)) return -1;
        }
        ++groups;
        if (isLast) return groups;
        text = text.sliced(colon + 1);
        if (text.isEmpty()) return -1;
    }
    return groups;
}

bool isIpv6(QByteArrayView text) {
    const qsizetype gap = text.indexOf("::");
    if (gap < 0) return countGroups(text, true) == 8;
    const int before = countGroups(text.first(gap), false);
    const int after = countGroups(text.sliced(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
}

bool isRegisteredName(QByteArrayView text) {
    return !text.isEmpty() && grammar::spanOf(text, grammar::HostByte) == text.size();
}

/// `text` is what follows the host: nothing, or a colon with digits or without.
Result<std::optional<quint16>, ParseError> parsePort(QByteArrayView text) {
    if (text.isEmpty()) return std::optional<quint16>();
    if (text[0] != ':') return badHost("bytes between the host and its port");
    text = text.sliced(1);
    if (text.isEmpty()) return std::optional<quint16>();
    if (text.size() > kMaxPortDigits) return badHost("a port that is too long");
    int port = 0;
    for (const char c : text) {
        if (!ascii::isDigit(c)) return badHost("a port that is not a number");
        port = port * 10 + (c - '0');
    }
    if (port > 65535) return badHost("a port above 65535");
    return std::optional<quint16>(static_cast<quint16>(port));
}

/// An authority, still as views.
struct AuthorityParts {
    QByteArrayView host;
    bool isIpLiteral = false;
    std::optional<quint16> port;
};

Result<AuthorityParts, ParseError> splitAuthority(QByteArrayView bytes) {
    AuthorityParts parts;
    qsizetype end = 0;
    if (bytes.startsWith('[')) {
        const qsizetype close = bytes.indexOf(']');
        if (close < 0 || !isIpv6(bytes.sliced(1, close - 1)))
            return badHost("a bracketed host that is not an IPv6 address");
        parts.isIpLiteral = true;
        parts.host = bytes.sliced(1, close - 1);
        end = close + 1;
    } else {
        const qsizetype colon = bytes.indexOf(':');
        end = colon < 0 ? bytes.size() : colon;
        parts.host = bytes.first(end);
        if (end > kMaxHostBytes || !isRegisteredName(parts.host))
            return badHost("a host that is not a name or an address");
    }
    const auto port = parsePort(bytes.sliced(end));
    if (!port) return Failure{port.error()};
    parts.port = port.value();
    return parts;
}

struct Scheme {
    QByteArrayView start;
    QByteArrayView name;
};
constexpr std::array kSchemes{
    Scheme{QByteArrayView("http://", 7), QByteArrayView("http", 4)},
    Scheme{QByteArrayView("https://", 8), QByteArrayView("https", 5)},
    Scheme{QByteArrayView("ws://", 5), QByteArrayView("ws", 2)},
    Scheme{QByteArrayView("wss://", 6), QByteArrayView("wss", 3)},
};

bool isPathAndQuery(QByteArrayView text) {
    const qsizetype path = grammar::spanOf(text, grammar::PathByte);
    if (path == text.size()) return true;
    if (text[path] != '?') return false;
    const QByteArrayView query = text.sliced(path + 1);
    return grammar::spanOf(query, grammar::QueryByte) == query.size();
}

bool isEncodedOnTheWay(char c) {
    return c == '"' || c == '<' || c == '>' || static_cast<unsigned char>(c) > 0x7F;
}

/// Puts `bytes` into `target`, those from target.pathAt on as path and query; false when one of
/// them is refused.
bool takePathAndQuery(RequestTarget& target, QByteArrayView bytes) {
    if (isPathAndQuery(bytes.sliced(target.pathAt))) {
        target.text = bytes.toByteArray();
        return true;
    }
    target.text = bytes.first(target.pathAt).toByteArray();
    auto wanted = grammar::PathByte;
    for (const char c : bytes.sliced(target.pathAt)) {
        if (c == '?') wanted = grammar::QueryByte;
        if (c == '?' || grammar::isByte(c, wanted))
            target.text += c;
        else if (isEncodedOnTheWay(c))
            percent::appendTriplet(target.text, c);
        else
            return false;
    }
    target.received = bytes.toByteArray();
    return true;
}

Result<RequestTarget, ParseError> parseAuthorityForm(QByteArrayView bytes) {
    auto authority = parseAuthority(bytes);
    if (!authority) return badTarget("CONNECT without a valid host and port");
    // RFC 9110 9.3.6: there is no default port, and an empty or invalid one is a 400.
    if (authority->portOr(0) == 0) return badTarget("CONNECT without a port");
    RequestTarget target;
    target.form = TargetForm::Authority;
    target.text = bytes.toByteArray();
    target.authority = std::move(authority).value();
    target.pathAt = bytes.size();
    return target;
}

Result<RequestTarget, ParseError> parseAbsoluteForm(QByteArrayView bytes, const Scheme& scheme) {
    qsizetype end = scheme.start.size();
    while (end < bytes.size() && bytes[end] != '/' && bytes[end] != '?')
        ++end;
    const qsizetype authorityAt = scheme.start.size();
    auto authority = parseAuthority(bytes.sliced(authorityAt, end - authorityAt));
    if (!authority) return badTarget("a target without a valid host");
    RequestTarget target;
    target.form = TargetForm::Absolute;
    target.scheme = QByteArray::fromRawData(scheme.name.data(), scheme.name.size());
    target.authority = std::move(authority).value();
    target.pathAt = end;
    if (!takePathAndQuery(target, bytes)) return badTarget("a byte that no target may have");
    return target;
}

} // namespace

QByteArray Authority::toBytes() const {
    if (!isIpLiteral && !port) return host;
    std::array<char, 5> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), port.value_or(0)).ptr;
    QByteArray out;
    appendAll(out, {isIpLiteral ? "[" : "", host, isIpLiteral ? "]" : "", port ? ":" : "",
                    QByteArrayView(digits.begin(), port ? end : digits.begin())});
    return out;
}

Result<Authority, ParseError> parseAuthority(QByteArrayView bytes) {
    const auto parts = splitAuthority(bytes);
    if (!parts) return Failure{parts.error()};
    return Authority{ascii::lowered(parts->host), parts->isIpLiteral, parts->port};
}

bool isAuthority(QByteArrayView bytes) { return splitAuthority(bytes).isOk(); }

QByteArray RequestTarget::pathAndQuery() const {
    const QByteArrayView rest = QByteArrayView(text).sliced(pathAt);
    if (pathAt == 0) return text;
    if (rest.startsWith('/')) return rest.toByteArray();
    return QByteArray(1, '/').append(rest);
}

QByteArray RequestTarget::receivedPathAndQuery() const {
    // Nothing before the path is changed.
    return received.isEmpty() ? QByteArray() : received.mid(pathAt);
}

QByteArrayView RequestTarget::path() const {
    if (hasEmptyPath()) return QByteArrayView("/", 1);
    const QByteArrayView rest = QByteArrayView(text).sliced(pathAt);
    const qsizetype question = rest.indexOf('?');
    return question < 0 ? rest : rest.first(question);
}

bool RequestTarget::hasEmptyPath() const { return pathAt >= text.size() || text[pathAt] == '?'; }

Result<RequestTarget, ParseError> parseRequestTarget(QByteArrayView method, QByteArrayView bytes) {
    if (bytes.isEmpty()) return badTarget("an empty target");
    if (method == "CONNECT") return parseAuthorityForm(bytes);
    if (bytes[0] == '/') {
        RequestTarget target;
        if (!takePathAndQuery(target, bytes)) return badTarget("a byte that no target may have");
        return target;
    }
    if (bytes == "*") {
        if (method != "OPTIONS") return badTarget("the target * with a method other than OPTIONS");
        RequestTarget target;
        target.form = TargetForm::Asterisk;
        target.text = bytes.toByteArray();
        return target;
    }
    for (const Scheme& scheme : kSchemes) {
        const qsizetype size = scheme.start.size();
        if (bytes.size() > size && ascii::equalsIgnoreCase(bytes.first(size), scheme.start))
            return parseAbsoluteForm(bytes, scheme);
    }
    return badTarget("a target that is neither a path nor a URI with a known scheme");
}

} // namespace sallyport
