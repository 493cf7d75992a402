// SPDX-License-Identifier: MIT
#include "core/secrets/redact.h"

#include "core/secrets/secretmask.h"
#include "core/secrets/secretnames.h"
#include "core/secrets/secretshapes.h"
#include "core/secrets/secretspans.h"
#include "core/secrets/urlsecrets.h"
#include "core/support/ascii.h"
#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sallyport {

namespace {

/// Length of an authentication scheme and the blanks after it, RFC 9110 11.4; 0 when there is
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

namespace {

std::optional<QByteArray> redacted(Wording wording, QByteArrayView text,
                                   const KnownSecrets& known) {
    SecretSpans found;
    findUrlSecrets(text, found);
    findSecretShapes(text, wording, found);
    known.find(text, found);
    return found.masked(text);
}

} // namespace

std::optional<QByteArray> redactionOf(QByteArrayView text, const KnownSecrets& known) {
    return redacted(Wording::Text, text, known);
}

QByteArray redactedText(QByteArrayView text, const KnownSecrets& known) {
    auto out = redactionOf(text, known);
    return out ? std::move(*out) : text.toByteArray();
}

QByteArray redactedTarget(QByteArrayView target, const KnownSecrets& known) {
    auto out = redacted(Wording::Url, target, known);
    return out ? std::move(*out) : target.toByteArray();
}

QByteArray redactedField(QByteArrayView name, QByteArrayView value, const KnownSecrets& known) {
    return isSecretField(name) ? redactedValue(value) : redactedText(value, known);
}

QString redactedMessage(const QString& message, const KnownSecrets& known) {
    const QByteArray text = message.toUtf8();
    const bool mayHaveShape = mayHoldSecretShape(text);
    if (known.isEmpty() && !mayHaveShape) return message;
    SecretSpans found;
    if (mayHaveShape) findSecretShapes(text, Wording::Url, found);
    known.find(text, found);
    const auto out = found.masked(text);
    return out ? QString::fromUtf8(*out) : message;
}

namespace {

/// Where the string of JSON ends that starts at `at`: its closing quote, or the end of the text.
qsizetype stringEnd(QByteArrayView text, qsizetype at) {
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at, text.size());
}

qsizetype afterBlanks(QByteArrayView text, qsizetype at) {
    while (at < text.size() && isJsonWhitespace(text[at]))
        ++at;
    return at;
}

void findSecretMembers(QByteArrayView text, SecretSpans& found) {
    qsizetype at = 0;
    while ((at = text.indexOf('"', at)) >= 0) {
        const qsizetype nameEnd = stringEnd(text, at + 1);
        const QByteArrayView name = text.sliced(at + 1, nameEnd - at - 1);
        at = afterBlanks(text, std::min(nameEnd + 1, text.size()));
        if (at >= text.size() || text[at] != ':') continue;
        at = afterBlanks(text, at + 1);
        if (at >= text.size() || text[at] != '"') continue;
        const qsizetype value = at + 1;
        const qsizetype end = stringEnd(text, value);
        at = std::min(end + 1, text.size());
        if (isSecretParameter(name)) found.add(value, end, true);
    }
}

} // namespace

void findContentSecrets(QByteArrayView content, SecretSpans& found) {
    findSecretMembers(content, found);
    findUrlSecrets(content, found);
    findSecretShapes(content, Wording::Text, found);
}

QByteArray redactedContent(const QByteArray& content, const KnownSecrets& known) {
    SecretSpans found;
    findContentSecrets(content, found);
    known.find(content, found);
    return found.masked(content).value_or(content);
}

} // namespace sallyport
