// SPDX-License-Identifier: MIT
#include "core/proxy/admission.h"

#include "core/support/defaultport.h"

namespace sallyport {

namespace {

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

} // namespace

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

} // namespace sallyport
