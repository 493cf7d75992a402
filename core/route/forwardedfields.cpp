// SPDX-License-Identifier: MIT
#include "core/route/forwardedfields.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

bool isToken(QByteArrayView text) {
    constexpr QByteArrayView kSigns("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&](char c) {
        const char lower = ascii::toLower(c);
        return (lower >= 'a' && lower <= 'z') || ascii::isDigit(c) || kSigns.contains(c);
    });
}

/// RFC 7239 4: a value that is no token, as one with a colon, is a quoted-string.
QByteArray valueOf(QByteArrayView text) {
    if (isToken(text)) return text.toByteArray();
    QByteArray quoted("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted.append('\\');
        quoted.append(c);
    }
    return quoted.append('"');
}

void addTo(QByteArrayView name, QByteArrayView value, FieldList& fields) {
    fields.removeOtherSpellings(name);
    QByteArray all = fields.combined(name);
    if (!all.isEmpty()) all.append(", ");
    fields.set(name, all.append(value));
}

} // namespace

void addForwardedFields(const ForwardedFor& client, FieldList& fields) {
    const bool isV6 = client.address.contains(':');
    // RFC 7239 6: an IPv6 address stands in brackets, and so in quotes.
    QByteArray node = client.address;
    if (isV6) node.prepend('[').append(']');
    const QByteArray proto = client.isTls ? "https" : "http";
    QByteArray element = QByteArray("for=").append(valueOf(node));
    if (!client.host.isEmpty()) element.append(";host=").append(valueOf(client.host));
    element.append(";proto=").append(proto);
    addTo("Forwarded", element, fields);
    addTo("X-Forwarded-For", client.address, fields);
    if (!client.host.isEmpty()) addTo("X-Forwarded-Host", client.host, fields);
    addTo("X-Forwarded-Proto", proto, fields);
}

} // namespace sallyport
