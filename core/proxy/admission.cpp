// SPDX-License-Identifier: MIT
#include "core/proxy/admission.h"

#include "core/support/ascii.h"
#include "core/support/defaultport.h"

#include <algorithm>

namespace sallyport {

namespace {

bool isLoopbackName(QByteArrayView host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

/// The authority of an http URL, where it is well-formed; user information is not.
std::optional<Authority> authorityOfUrl(QByteArrayView url) {
    constexpr QByteArrayView kScheme("http://", 7);
    if (url.size() < kScheme.size() || !ascii::equalsIgnoreCase(url.first(kScheme.size()), kScheme))
        return std::nullopt;
    const QByteArrayView rest = url.sliced(kScheme.size());
    const auto isEnd = [](char c) { return c == '/' || c == '?' || c == '#'; };
    const auto end = std::find_if(rest.begin(), rest.end(), isEnd);
    const auto parsed = parseAuthority(rest.first(end - rest.begin()));
    if (!parsed) return std::nullopt;
    return parsed.value();
}

/// What a browser says of a request that a page of the same origin made, or its user.
bool isOwnFetchSite(QByteArrayView value) { return value == "same-origin" || value == "none"; }

ExchangeError misdirected(const Authority& asked) {
    return {ErrorCode::Misdirected, Side::Downstream, QString::fromLatin1(asked.toBytes())};
}

bool isSameHost(QByteArrayView a, QByteArrayView b) {
    const auto withoutRootDot = [](QByteArrayView host) {
        return host.endsWith('.') ? host.chopped(1) : host;
    };
    return withoutRootDot(a) == withoutRootDot(b);
}

/// Whether a request inside the tunnel may name `asked`. Clients that leave a port out that is not
/// 443 are common enough, and there is no other that they could mean.
bool isOfTunnel(const Authority& asked, const Authority& tunnel) {
    return isSameHost(asked.host, tunnel.host) &&
           (!asked.port || *asked.port == tunnel.portOr(kHttpsPort));
}

/// What a request in origin-form is inside an opened tunnel (RFC 9112 3.3: https).
std::variant<Admission, ExchangeError> admitInside(const RequestHead& head,
                                                   const OpenedTunnel& tunnel) {
    if (const auto host = head.fields.first("Host")) {
        const auto asked = parseAuthority(*host);
        if (!asked || !isOfTunnel(*asked, tunnel.authority))
            return misdirected(asked ? *asked : Authority());
    }
    Admission out;
    out.role = RequestRole::Forward;
    out.authority = tunnel.authority;
    out.isTls = true;
    out.isOwn = false;
    out.routeHost = out.authority.host;
    out.pathAndQuery =
        head.target.form == TargetForm::Asterisk ? QByteArray("*") : head.target.pathAndQuery();
    return out;
}

std::variant<Admission, ExchangeError>
admitAbsolute(const RequestHead& head, const OwnAuthority& own, const OpenedTunnel* tunnel) {
    Admission out;
    const RequestTarget& target = head.target;
    out.authority = target.authority;
    out.isTls = target.scheme == "https" || target.scheme == "wss";
    out.isOwn = !out.isTls && own.isOwn(target.authority, kHttpPort);
    if (out.isTls && own.isOwn(target.authority, kHttpsPort))
        return ExchangeError{ErrorCode::TlsToPlainPort, Side::Downstream, {}};
    if (tunnel && !out.isOwn && (!out.isTls || !isOfTunnel(target.authority, tunnel->authority)))
        return misdirected(target.authority);
    out.role = out.isOwn ? RequestRole::Gateway : RequestRole::Forward;
    if (!out.isOwn) out.routeHost = target.authority.host;
    // RFC 9112 3.2.4: OPTIONS with an empty path and no query is about the whole server.
    out.pathAndQuery =
        head.method == "OPTIONS" && target.hasEmptyPath() && !target.text.contains('?')
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
    const auto end = std::find_if(member.begin(), member.end(), ascii::isOws);
    const QByteArrayView rest = ascii::trimmedOws(member.sliced(end - member.begin()));
    return rest.first(std::find_if(rest.begin(), rest.end(), ascii::isOws) - rest.begin());
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

std::variant<Admission, ExchangeError> admit(const RequestHead& head, const OwnAuthority& own,
                                             const OpenedTunnel* tunnel) {
    switch (head.target.form) {
    case TargetForm::Absolute: return admitAbsolute(head, own, tunnel);
    case TargetForm::Authority: {
        Admission out;
        out.role = RequestRole::Tunnel;
        out.authority = head.target.authority;
        out.isOwn = own.isOwn(out.authority, kHttpsPort);
        out.routeHost = out.authority.host;
        return out;
    }
    case TargetForm::Origin:
    case TargetForm::Asterisk: return tunnel ? admitInside(head, *tunnel) : admitOrigin(head, own);
    }
    Q_UNREACHABLE();
}

bool isForeignOrigin(const FieldList& fields, const OwnAuthority& own, const Authority& asked) {
    const auto isOurs = [&](QByteArrayView url) {
        const auto page = authorityOfUrl(url);
        if (!page) return false;
        if (own.isOwn(*page, kHttpPort)) return true;
        return own.isAllowedHost(page->host) && page->host == asked.host &&
               page->portOr(kHttpPort) == asked.portOr(kHttpPort);
    };
    const std::size_t origins = fields.count("Origin");
    for (const FieldView field : fields) {
        if (ascii::equalsIgnoreCase(field.name, "Origin") && (origins > 1 || !isOurs(field.value)))
            return true;
        if (ascii::equalsIgnoreCase(field.name, "Sec-Fetch-Site") && !isOwnFetchSite(field.value))
            return true;
        // What is no URL with an authority does not come from a browser.
        if (origins == 0 && ascii::equalsIgnoreCase(field.name, "Referer") &&
            field.value.contains("://") && !isOurs(field.value))
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
