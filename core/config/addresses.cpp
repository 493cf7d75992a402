// SPDX-License-Identifier: MIT
#include "core/config/addresses.h"

#include "core/config/quoting.h"
#include "core/route/rulegrammar.h"
#include "core/support/ascii.h"
#include "core/support/defaultport.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport::scalars {

namespace {

/// Only the notations that everybody reads alike: no `127.1`, no octal, no zone.
std::optional<QHostAddress> strictAddress(const QByteArray& text) {
    QHostAddress address;
    if (!address.setAddress(QString::fromLatin1(text)) || text.contains('%')) return std::nullopt;
    if (address.protocol() == QAbstractSocket::IPv4Protocol &&
        address.toString().toLatin1() != text)
        return std::nullopt;
    return address;
}

Failure<QString> badListen(const QByteArray& text) {
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not an address to listen on; write HOST:PORT, like "
                                 "127.0.0.1:8899 or [::1]:8899")
                       .arg(shownValue(text))};
}

/// With the "//" by which a password in it is known.
QString shownAuthority(const QByteArray& authority) {
    const QByteArray mark = "//";
    return shownValue(mark + authority).mid(mark.size());
}

Failure<QString> badUrl(const QByteArray& text, const QString& reason) {
    return Failure{QCoreApplication::translate("Config", "\"%1\" is not a base URL: %2")
                       .arg(shownValue(text), reason)};
}

bool mayBeInName(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '.' || c == '_';
}

/// Splits off what follows the authority; the path is left without its last slash.
struct UrlParts {
    bool isTls = false;
    QByteArray authority;
    QByteArray path;
};
std::optional<UrlParts> splitUrl(const QByteArray& text) {
    UrlParts parts;
    const QByteArray lower = ascii::lowered(text);
    if (lower.startsWith("https://"))
        parts.isTls = true;
    else if (!lower.startsWith("http://"))
        return std::nullopt;
    const QByteArray rest = text.mid(parts.isTls ? 8 : 7);
    const qsizetype slash = rest.indexOf('/');
    parts.authority = slash < 0 ? rest : rest.left(slash);
    parts.path = slash < 0 ? QByteArray() : rest.mid(slash);
    if (parts.path.endsWith('/')) parts.path.chop(1);
    return parts;
}

/// Why the parts cannot be an upstream, or an empty text.
QString urlFault(const QByteArray& text, const UrlParts& parts) {
    if (text.contains('?') || text.contains('#'))
        return QCoreApplication::translate(
            "Config", "it ends with its path; take out the query (?) and fragment (#)");
    if (parts.authority.contains('@'))
        return QCoreApplication::translate(
            "Config", "it has a user name in it; take that out and use credential:");
    if (std::any_of(parts.authority.begin(), parts.authority.end(),
                    [](char c) { return static_cast<unsigned char>(c) > 0x7F; }))
        return QCoreApplication::translate(
            "Config", "the name of the host has letters outside ASCII; write its xn-- form");
    if (!parts.path.isEmpty() && !isRulePath(parts.path))
        return QCoreApplication::translate(
            "Config", "its path has characters or dot-segments that do not belong there");
    return {};
}

/// Nothing of the text is shown where a user may stand in it.
Failure<QString> badProxy(const QString& reason) {
    return Failure{QCoreApplication::translate("Config",
                                               "this is no way out: %1; write direct, system, or "
                                               "http://proxy.example.com:3128")
                       .arg(reason)};
}

/// User information with its percent-encoding undone (RFC 3986 3.2.1); nothing where it has a
/// control character, which could make another field.
std::optional<QByteArray> userPart(const QByteArray& text) {
    const QByteArray plain = QByteArray::fromPercentEncoding(text);
    const bool isClean = std::none_of(plain.begin(), plain.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    return isClean ? std::optional(plain) : std::nullopt;
}

/// Takes the user information off the front of `authority`; false when it cannot be one.
bool takeUser(QByteArray& authority, Via& via) {
    const qsizetype at = authority.lastIndexOf('@');
    if (at < 0) return true;
    const QByteArray information = authority.left(at);
    authority = authority.mid(at + 1);
    const qsizetype colon = information.indexOf(':');
    const auto user = userPart(colon < 0 ? information : information.left(colon));
    const auto password = userPart(colon < 0 ? QByteArray() : information.mid(colon + 1));
    // RFC 7617 2: no colon in the name of a user of Basic.
    if (!user || !password || user->isEmpty() || user->contains(':')) return false;
    via.user = *user;
    via.password = *password;
    return true;
}

} // namespace

Parsed<std::pair<QHostAddress, int>> network(const QByteArray& text) {
    const qsizetype slash = text.indexOf('/');
    const auto address = strictAddress(slash < 0 ? text : text.left(slash));
    if (address) {
        const bool isIpv4 = address->protocol() == QAbstractSocket::IPv4Protocol;
        const int most = isIpv4 ? 32 : 128;
        const auto length = slash < 0 ? Parsed<qint64>(most) : number(text.mid(slash + 1), 0, most);
        if (length) {
            bool isMapped = false;
            const quint32 inner = address->toIPv4Address(&isMapped);
            if (!isIpv4 && isMapped && *length >= 96)
                return std::pair{QHostAddress(inner), static_cast<int>(*length) - 96};
            return std::pair{*address, static_cast<int>(*length)};
        }
    }
    return Failure{QCoreApplication::translate(
                       "Config",
                       "\"%1\" is not a network; write an address, or one with the length "
                       "of its prefix, like 169.254.0.0/16 or \"fe80::/10\"")
                       .arg(shownValue(text))};
}

Parsed<std::pair<QHostAddress, quint16>> listenAddress(const QByteArray& text) {
    const qsizetype colon = text.lastIndexOf(':');
    if (colon <= 0) return badListen(text);
    QByteArray host = text.left(colon);
    const auto port = number(text.mid(colon + 1), 0, 65535);
    const bool isBracketed = host.startsWith('[') && host.endsWith(']');
    if (isBracketed) host = host.mid(1, host.size() - 2);
    if (ascii::equalsIgnoreCase(host, "localhost")) host = "127.0.0.1";
    const auto address = strictAddress(host);
    if (!port || !address || isBracketed != (address->protocol() == QAbstractSocket::IPv6Protocol))
        return badListen(text);
    return std::pair{*address, static_cast<quint16>(*port)};
}

Parsed<QByteArray> hostName(const QByteArray& text) {
    const auto authority = parseAuthority(text);
    if (authority && !authority->port && !text.endsWith(':')) {
        QByteArray host = authority->host;
        if (host.endsWith('.')) host.chop(1);
        const bool isName = std::all_of(host.begin(), host.end(), mayBeInName) &&
                            !host.startsWith('.') && !host.contains("..");
        if (!host.isEmpty() && (authority->isIpLiteral || isName)) return host;
    }
    if (const auto address = strictAddress(text);
        address && address->protocol() == QAbstractSocket::IPv6Protocol)
        return ascii::lowered(text);
    return Failure{QCoreApplication::translate(
                       "Config",
                       "\"%1\" is not the name of a host; write one without a scheme, port "
                       "or path, like api.example.com")
                       .arg(shownValue(text))};
}

Parsed<QByteArray> hostPattern(const QByteArray& text) {
    if (text == "*") return text;
    if (text.startsWith("*.")) {
        const auto suffix = hostName(text.mid(2));
        if (suffix && !suffix->contains(':')) return QByteArray("*." + *suffix);
    } else if (const auto host = hostName(text)) {
        return *host;
    }
    return Failure{
        QCoreApplication::translate(
            "Config", "\"%1\" is not a host to match; write a name, \"*.suffix\" or \"*\"")
            .arg(shownValue(text))};
}

Parsed<InterceptEntry> interceptEntry(const QByteArray& text) {
    const auto hostOf = [](const QByteArray& host) {
        return host == "*" ? Parsed<QByteArray>(Failure{QString()}) : hostPattern(host);
    };
    if (auto host = hostOf(text)) return InterceptEntry{*host};
    const qsizetype colon = text.lastIndexOf(':');
    const QByteArray named = colon < 0 ? QByteArray() : text.left(colon);
    // What has more than one colon is an address, which needs its brackets before a port.
    if (!named.contains(':') || named.startsWith('[')) {
        const auto host = hostOf(named);
        const auto port = number(text.mid(colon + 1), 1, 65535);
        if (host && port) return InterceptEntry{*host, static_cast<quint16>(*port)};
    }
    return Failure{QCoreApplication::translate(
                       "Config",
                       "\"%1\" is not a host to open tunnels to; write a name, an address or "
                       "\"*.suffix\", with a port where it is not 443, like api.example.com or "
                       "git.example.com:8443")
                       .arg(shownValue(text))};
}

Parsed<UpstreamTarget> upstreamUrl(const QByteArray& text) {
    const auto parts = splitUrl(text);
    if (!parts)
        return badUrl(text, QCoreApplication::translate(
                                "Config", "it must begin with http:// or https://, like "
                                          "https://gateway.example.com/llm"));
    if (const QString fault = urlFault(text, *parts); !fault.isEmpty()) return badUrl(text, fault);
    auto authority = parseAuthority(parts->authority);
    if (!authority || (authority->port && *authority->port == 0))
        return badUrl(text, QCoreApplication::translate(
                                "Config", "\"%1\" is not a host, or a host and a port")
                                .arg(shownAuthority(parts->authority)));
    UpstreamTarget target;
    target.isTls = parts->isTls;
    target.host = authority->host;
    const quint16 usual = defaultPort(parts->isTls);
    target.port = authority->portOr(usual);
    if (target.port == usual) authority->port.reset();
    target.authority = authority->toBytes();
    target.basePath = parts->path;
    return target;
}

Parsed<Via> via(const QByteArray& text) {
    Via via;
    if (text == "direct") return via;
    if (text == "system") {
        via.kind = Via::Kind::System;
        return via;
    }
    auto parts = splitUrl(text);
    if (!parts || parts->isTls)
        return badProxy(QCoreApplication::translate(
            "Config", "a proxy is spoken to in plain HTTP and begins with http://"));
    if (!parts->path.isEmpty() || text.contains('?') || text.contains('#'))
        return badProxy(
            QCoreApplication::translate("Config", "a proxy has no path, query or fragment"));
    if (!takeUser(parts->authority, via))
        return badProxy(QCoreApplication::translate(
            "Config", "its user is empty, or has a colon or a control character"));
    const auto authority = parseAuthority(parts->authority);
    if (!authority || authority->portOr(0) == 0)
        return badProxy(QCoreApplication::translate("Config", "it needs a host and a port"));
    via.kind = Via::Kind::Proxy;
    via.host = authority->host;
    via.port = *authority->port;
    return via;
}

} // namespace sallyport::scalars
