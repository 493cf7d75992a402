// SPDX-License-Identifier: MIT
#include "core/proxy/clienttoken.h"

#include "core/support/ascii.h"

namespace sallyport {

namespace {

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

} // namespace

bool carriesToken(const FieldList& fields, QByteArrayView token) {
    if (token.isEmpty()) return false;
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

ClientIdentity identifyClient(const FieldList& fields, QByteArrayView localToken,
                              const std::vector<NamedClient>& clients) {
    ClientIdentity out;
    for (const NamedClient& client : clients) {
        const bool isIt = carriesToken(fields, client.token);
        if (isIt && !out.client) out.client = &client;
    }
    const bool isLocal = carriesToken(fields, localToken);
    if (isLocal) out.client = nullptr;
    out.hasToken = isLocal || out.client;
    return out;
}

} // namespace sallyport
