// SPDX-License-Identifier: MIT
#include "core/observe/redact.h"

#include "core/observe/credentials.h"
#include "core/observe/masking.h"
#include "core/observe/secretname.h"
#include "core/observe/urlsecrets.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sallyport {

namespace {

/// Whether a credential, or a URL with one, can stand in a value.
bool mayHoldSecret(QByteArrayView value) {
    return mayHoldUrlSecret(value) || mayHoldCredential(value);
}

/// Length of an authentication scheme and the blanks behind it, RFC 9110 11.4; 0 when there is
/// none.
qsizetype schemeLength(QByteArrayView value) {
    static constexpr std::array<QByteArrayView, 8> kSchemes{
        "Bearer", "Basic", "Digest", "Negotiate", "NTLM", "Token", "ApiKey", "AWS4-HMAC-SHA256"};
    const qsizetype blank = value.indexOf(' ');
    const auto isIt = [&](QByteArrayView s) {
        return ascii::equalsIgnoreCase(value.first(blank), s);
    };
    if (blank <= 0 || std::none_of(kSchemes.begin(), kSchemes.end(), isIt)) return 0;
    qsizetype length = blank;
    while (length < value.size() && value[length] == ' ')
        ++length;
    return length;
}

} // namespace

QByteArray redactedValue(QByteArrayView value) {
    const qsizetype scheme = schemeLength(value);
    // The end of a base64 pair is the end of a password, which may be short.
    const bool isBasic = scheme > 0 && ascii::equalsIgnoreCase(value.first(5), "Basic");
    QByteArray out = value.first(scheme).toByteArray();
    out += maskOf(value.sliced(scheme), !isBasic);
    return out;
}

QByteArray redactedField(QByteArrayView name, QByteArrayView value) {
    if (isSecretField(name)) return redactedValue(value);
    return mayHoldSecret(value) ? redactedText(value) : value.toByteArray();
}

FieldList redactedFields(const FieldList& fields) {
    constexpr qsizetype kTypicalLine = 64;
    FieldList out;
    out.reserve(fields.size(), static_cast<qsizetype>(fields.size()) * kTypicalLine);
    for (const FieldView field : fields) {
        if (isSecretField(field.name))
            out.append(field.name, redactedValue(field.value));
        else if (mayHoldSecret(field.value))
            out.append(field.name, redactedText(field.value));
        else
            out.append(field.name, field.value);
    }
    return out;
}

namespace {

/// URLs first: what is left in the place of a secret is not taken for one.
QByteArray redactedAs(Wording wording, QByteArray text) {
    if (auto out = withoutUrlSecrets(text)) text = std::move(*out);
    if (mayHoldCredential(text))
        if (auto out = withoutCredentials(text, wording)) text = std::move(*out);
    return text;
}

} // namespace

QByteArray redactedTarget(QByteArrayView target) {
    QByteArray out = target.toByteArray();
    return mayHoldSecret(target) ? redactedAs(Wording::Url, std::move(out)) : out;
}

QByteArray redactedText(QByteArrayView text) {
    return redactedAs(Wording::Text, text.toByteArray());
}

namespace {

/// Where the string of JSON ends that starts at `at`: its closing quote, or the end of the text.
qsizetype stringEnd(QByteArrayView text, qsizetype at) {
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at, text.size());
}

qsizetype behindBlanks(QByteArrayView text, qsizetype at) {
    while (at < text.size() &&
           (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        ++at;
    return at;
}

std::optional<QByteArray> withoutSecretMembers(QByteArrayView text) {
    Masking out(text);
    qsizetype at = 0;
    while ((at = text.indexOf('"', at)) >= 0) {
        const qsizetype nameEnd = stringEnd(text, at + 1);
        const QByteArrayView name = text.sliced(at + 1, nameEnd - at - 1);
        at = behindBlanks(text, std::min(nameEnd + 1, text.size()));
        if (at >= text.size() || text[at] != ':') continue;
        at = behindBlanks(text, at + 1);
        if (at >= text.size() || text[at] != '"') continue;
        const qsizetype value = at + 1;
        const qsizetype end = stringEnd(text, value);
        at = std::min(end + 1, text.size());
        if (isSecretParameter(name)) out.mask(value, end, true);
    }
    return out.take();
}

} // namespace

QByteArray redactedContent(QByteArray content) {
    if (auto out = withoutSecretMembers(content)) content = std::move(*out);
    return redactedAs(Wording::Text, std::move(content));
}

} // namespace sallyport
