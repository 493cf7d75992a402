// SPDX-License-Identifier: MIT
#include "core/claudecode/secretmask.h"

#include "core/claudecode/jsonspans.h"
#include "core/support/ascii.h"
#include "core/support/jsonstring.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

bool isSecretName(const QByteArray& name) {
    constexpr std::array<QByteArrayView, 8> kWords{"token",      "key",    "secret", "password",
                                                   "credential", "cookie", "auth",   "header"};
    const QByteArray lower = ascii::lowered(name);
    return std::any_of(kWords.begin(), kWords.end(),
                       [&lower](QByteArrayView word) { return lower.contains(word); });
}

bool isWordByte(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '_';
}

/// `http://user:pass@host` without what stands before the `@`.
QByteArray withoutUserInformation(const QByteArray& value) {
    const qsizetype scheme = value.indexOf("://");
    if (scheme < 0) return value;
    qsizetype end = value.indexOf('/', scheme + 3);
    if (end < 0) end = value.size();
    const qsizetype at = value.lastIndexOf('@', end - 1);
    if (at < scheme) return value;
    return value.left(scheme + 3) + QStringLiteral("…").toUtf8() + value.mid(at);
}

QByteArray maskedValue(const QByteArray& name, QByteArrayView literal) {
    const QByteArray value = decodedJsonString(literal);
    // What is written when there is no token is no secret.
    if (isSecretName(name) && !value.isEmpty() && value != "sallyport")
        return jsonString(maskedSecret(QString::fromUtf8(value)).toUtf8());
    const QByteArray shown = withoutUserInformation(value);
    return shown == value ? literal.toByteArray() : jsonString(shown);
}

/// Hides what could be a commented-out secret.
QByteArray maskedComment(QByteArrayView comment) {
    constexpr qsizetype kLongWord = 20;
    QByteArray out;
    for (qsizetype at = 0; at < comment.size();) {
        qsizetype end = at;
        while (end < comment.size() && isWordByte(comment[end]))
            ++end;
        const QByteArrayView word = comment.sliced(at, end - at);
        const bool hasDigit = std::any_of(word.begin(), word.end(), ascii::isDigit);
        if (word.size() >= kLongWord && hasDigit)
            out += maskedSecret(QString::fromLatin1(word)).toUtf8();
        else
            out += word;
        if (end < comment.size()) out += comment[end++];
        at = end;
    }
    return out;
}

qsizetype stringEnd(QByteArrayView text, qsizetype begin) {
    qsizetype at = begin + 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// Behind the comment that begins at `begin`, or behind the one byte that begins none.
qsizetype commentEnd(QByteArrayView text, qsizetype begin) {
    if (text.sliced(begin).startsWith("//")) return jsonspans::lineEndAfter(text, begin);
    if (!text.sliced(begin).startsWith("/*")) return begin + 1;
    const qsizetype end = text.indexOf("*/", begin + 2);
    return end < 0 ? text.size() : end + 2;
}

} // namespace

QString maskedSecret(const QString& secret) {
    constexpr qsizetype kShort = 12;
    constexpr qsizetype kShown = 4;
    if (secret.size() < kShort) return QStringLiteral("…");
    const QString prefix = secret.startsWith(QLatin1String("sp-")) ? secret.left(3) : QString();
    return prefix + u'…' + secret.right(kShown);
}

QByteArray maskedSettings(const QByteArray& text) {
    if (!jsonspans::scan(text)) return {};
    QByteArray out;
    QByteArray name;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        if (text[at] == '"') {
            end = stringEnd(text, at);
            const QByteArrayView literal = jsonspans::slice(text, {at, end});
            const qsizetype next = jsonspans::skipInsignificant(text, end);
            const bool isName = next < text.size() && text[next] == ':';
            if (isName) name = decodedJsonString(literal);
            out += isName ? literal.toByteArray() : maskedValue(name, literal);
        } else if (text[at] == '/') {
            end = commentEnd(text, at);
            out += maskedComment(jsonspans::slice(text, {at, end}));
        } else {
            out += text[at];
        }
        at = end;
    }
    return out;
}

} // namespace sallyport
