// SPDX-License-Identifier: MIT
#include "core/claudecode/maskedsettings.h"

#include "core/claudecode/jsonspans.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretmask.h"
#include "core/secrets/secretnames.h"
#include "core/secrets/secretshapes.h"
#include "core/support/ascii.h"
#include "core/support/jsonstring.h"

#include <algorithm>

namespace sallyport {

namespace {

/// What is written where no token is asked for.
constexpr QByteArrayView kNoToken("sallyport");

bool isWordByte(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '_';
}

/// A secret may stand in a line that somebody commented out.
QByteArray maskedComment(QByteArrayView comment) {
    const QByteArray text = redactedContent(comment.toByteArray());
    SecretSpans found;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype start = at;
        while (at < text.size() && isWordByte(text[at]))
            ++at;
        if (looksRandom(QByteArrayView(text).sliced(start, at - start))) found.add(start, at, true);
    }
    return found.masked(text).value_or(text);
}

qsizetype stringEnd(QByteArrayView text, qsizetype begin) {
    qsizetype at = begin + 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// The end of the comment that begins at `begin`, or of the one byte that begins none.
qsizetype commentEnd(QByteArrayView text, qsizetype begin) {
    if (text.sliced(begin).startsWith("//")) return jsonspans::lineEndAfter(text, begin);
    if (!text.sliced(begin).startsWith("/*")) return begin + 1;
    const qsizetype end = text.indexOf("*/", begin + 2);
    return end < 0 ? text.size() : end + 2;
}

} // namespace

QByteArray maskedSetting(const QByteArray& name, QByteArrayView literal) {
    const QByteArray value = decodedJsonString(literal);
    if (isSecretSetting(name)) {
        if (value.isEmpty() || value == kNoToken) return literal.toByteArray();
        return jsonString(maskOf(value, true));
    }
    const QByteArray shown = redactedText(value);
    return shown == value ? literal.toByteArray() : jsonString(shown);
}

QByteArray maskedSettings(const QByteArray& text) {
    if (!jsonspans::scan(text)) return {};
    QByteArray out;
    QByteArray name;
    QByteArray entry; // of a list of {"name": …, "value": …}, as VS Code keeps variables
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        if (text[at] == '"') {
            end = stringEnd(text, at);
            const QByteArrayView literal = jsonspans::slice(text, {at, end});
            const qsizetype next = jsonspans::skipInsignificant(text, end);
            const bool isName = next < text.size() && text[next] == ':';
            if (isName) name = decodedJsonString(literal);
            if (!isName && name == "name") entry = decodedJsonString(literal);
            const QByteArray owner = name == "value" && !entry.isEmpty() ? entry : name;
            out += isName ? literal.toByteArray() : maskedSetting(owner, literal);
        } else if (text[at] == '/') {
            end = commentEnd(text, at);
            out += maskedComment(jsonspans::slice(text, {at, end}));
        } else {
            if (text[at] == '}') entry.clear();
            out += text[at];
        }
        at = end;
    }
    return out;
}

} // namespace sallyport
