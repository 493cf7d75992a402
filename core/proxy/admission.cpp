// SPDX-License-Identifier: MIT
#include "core/proxy/admission.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;

bool isLoopbackName(QByteArrayView host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

bool sameBytes(QByteArrayView a, QByteArrayView b) {
    if (a.size() != b.size()) return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

/// What follows `scheme` and blanks, or empty.
QByteArrayView credentialsOf(QByteArrayView value, QByteArrayView scheme) {
    if (value.size() <= scheme.size() || value[scheme.size()] != ' ') return {};
    if (!ascii::equalsIgnoreCase(value.first(scheme.size()), scheme)) return {};
    return ascii::trimmedOws(value.sliced(scheme.size() + 1));
}

bool basicPasswordIs(QByteArrayView value, QByteArrayView token) {
    const QByteArrayView encoded = credentialsOf(value, "Basic");
    if (encoded.isEmpty()) return false;
    const QByteArray plain = QByteArray::fromBase64(encoded.toByteArray());
    const qsizetype colon = plain.indexOf(':');
    return colon >= 0 && sameBytes(QByteArrayView(plain).sliced(colon + 1), token);
}

/// The authority of `scheme://authority…`, where it is http or https and well-formed.
std::optional<std::pair<Authority, quint16>> authorityOfUrl(QByteArrayView url) {
    quint16 defaultPort = kHttpPort;
    QByteArrayView rest;
    if (url.startsWith("http://")) {
        rest = url.sliced(7);
    } else if (url.startsWith("https://")) {
        rest = url.sliced(8);
        defaultPort = kHttpsPort;
    } else {
        return std::nullopt;
    }
    const auto isEnd = [](char c) { return c == '/' || c == '?' || c == '#'; };
    const auto end = std::find_if(rest.begin(), rest.end(), isEnd);
    const auto parsed = parseAuthority(rest.first(end - rest.begin()));
    if (!parsed) return std::nullopt;
    return std::pair(parsed.value(), defaultPort);
}

Admission admitAbsolute(const RequestHead& head, const OwnAuthority& own) {
    Admission out;
    const RequestTarget& target = head.target;
    out.authority = target.authority;
    out.isTls = target.scheme == "https" || target.scheme == "wss";
    out.isOwn = !out.isTls && own.isOwn(target.authority, kHttpPort);
    out.role = out.isOwn ? RequestRole::Gateway : RequestRole::Forward;
    if (!out.isOwn) out.routeHost = target.authority.host;
    // RFC 9112 3.2.4: OPTIONS with an empty path and no query is about the whole server.
    out.pathAndQuery =
        head.method == "OPTIONS" && target.hasEmptyPath() && !target.raw.contains('?')
            ? QByteArray("*")
            : target.pathAndQuery();
    return out;
}

std::variant<Admission, ExchangeError> admitOrigin(const RequestHead& head,
                                                   const OwnAuthority& own) {
    Admission out;
    out.pathAndQuery =
        head.target.form == TargetForm::Asterisk ? QByteArray("*") : head.target.pathAndQuery();
    const auto host = head.fields.first("Host");
    if (!host) return out; // HTTP/1.0; the parser refused it in 1.1
    const auto parsed = parseAuthority(*host);
    if (!parsed) return ExchangeError{ErrorCode::ForbiddenHost, Side::Downstream, {}};
    out.authority = parsed.value();
    if (own.isAllowedHost(out.authority.host)) {
        out.routeHost = out.authority.host;
        return out;
    }
    // Without a port the name alone has to be ours: a browser that was led here names the port.
    if (own.isOwn(out.authority, own.port)) return out;
    return ExchangeError{ErrorCode::ForbiddenHost, Side::Downstream,
                         QString::fromLatin1(out.authority.toBytes())};
}

/// Takes the next member of a Via value; comments may hold commas (RFC 9110 5.6.5, 7.6.3).
QByteArrayView takeViaMember(QByteArrayView& value) {
    int depth = 0;
    qsizetype at = 0;
    for (; at < value.size(); ++at) {
        const char c = value[at];
        if (c == '\\' && depth > 0) {
            ++at;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            depth = std::max(0, depth - 1);
        } else if (c == ',' && depth == 0) {
            break;
        }
    }
    const QByteArrayView member = value.first(std::min(at, value.size()));
    value = at < value.size() ? value.sliced(at + 1) : QByteArrayView();
    return ascii::trimmedOws(member);
}

/// The received-by part of `[name/]version received-by [comment]`.
QByteArrayView receivedBy(QByteArrayView member) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    const auto blank = std::find_if(member.begin(), member.end(), isBlank);
    const QByteArrayView rest = ascii::trimmedOws(member.sliced(blank - member.begin()));
    return rest.first(std::find_if(rest.begin(), rest.end(), isBlank) - rest.begin());
}

} // namespace

bool OwnAuthority::isAllowedHost(QByteArrayView host) const {
    return std::any_of(allowedHosts.begin(), allowedHosts.end(),
                       [host](const QByteArray& allowed) { return allowed == host; });
}

bool OwnAuthority::isOwn(const Authority& authority, quint16 defaultPort) const {
    if (isAllowedHost(authority.host)) return authority.portOr(defaultPort) == port;
    if (authority.portOr(defaultPort) != port) return false;
    return isLoopbackName(authority.host) || (!boundHost.isEmpty() && authority.host == boundHost);
}

std::variant<Admission, ExchangeError> admit(const RequestHead& head, const OwnAuthority& own) {
    switch (head.target.form) {
    case TargetForm::Absolute: return admitAbsolute(head, own);
    case TargetForm::Authority: {
        Admission out;
        out.role = RequestRole::Tunnel;
        out.authority = head.target.authority;
        out.isOwn = own.isOwn(out.authority, kHttpsPort);
        out.routeHost = out.authority.host;
        return out;
    }
    case TargetForm::Origin:
    case TargetForm::Asterisk: return admitOrigin(head, own);
    }
    Q_UNREACHABLE();
}

bool isForeignOrigin(const FieldList& fields, const OwnAuthority& own) {
    const auto isOurs = [&own](QByteArrayView url) {
        const auto authority = authorityOfUrl(url);
        if (!authority) return false;
        if (own.isAllowedHost(authority->first.host)) return true;
        // The listener speaks plain HTTP: a page of https is another's, whatever its port.
        return authority->second == kHttpPort && own.isOwn(authority->first, kHttpPort);
    };
    const auto origin = fields.first("Origin");
    if (origin && (fields.count("Origin") > 1 || !isOurs(*origin))) return true;
    if (const auto site = fields.first("Sec-Fetch-Site");
        site && (*site == "cross-site" || *site == "same-site"))
        return true;
    const auto referer = fields.first("Referer");
    return !origin && referer && referer->startsWith("http") && !isOurs(*referer);
}

bool carriesToken(const FieldList& fields, QByteArrayView token) {
    for (const FieldView field : fields) {
        if (ascii::equalsIgnoreCase(field.name, "x-api-key") && sameBytes(field.value, token))
            return true;
        if (ascii::equalsIgnoreCase(field.name, "authorization") &&
            sameBytes(credentialsOf(field.value, "Bearer"), token))
            return true;
        if (ascii::equalsIgnoreCase(field.name, "proxy-authorization") &&
            (sameBytes(credentialsOf(field.value, "Bearer"), token) ||
             basicPasswordIs(field.value, token)))
            return true;
    }
    return false;
}

bool hasPassedHere(const FieldList& fields, QByteArrayView pseudonym) {
    for (const FieldView field : fields) {
        if (!ascii::equalsIgnoreCase(field.name, "via")) continue;
        for (QByteArrayView rest = field.value; !rest.isEmpty();)
            if (receivedBy(takeViaMember(rest)) == pseudonym) return true;
    }
    return false;
}

} // namespace sallyport
