// SPDX-License-Identifier: MIT
#include "core/history/searchabletext.h"

#include "core/history/messageassembly.h"
#include "core/support/jsontext.h"

#include <algorithm>

namespace sallyport {

namespace {

bool isIdeograph(QChar c) {
    const char16_t unit = c.unicode();
    if (unit < 0x3040) return false; // most of all text
    return unit <= 0x30ff || (unit >= 0x3400 && unit <= 0x9fff) ||
           (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0xf900 && unit <= 0xfaff);
}

/// Whether a content is worth indexing: an octet of no text in its beginning says that it is not.
bool isText(QByteArrayView content) {
    constexpr qsizetype kLookedAt = 512;
    const QByteArrayView start = content.first(std::min(content.size(), kLookedAt));
    return !std::any_of(start.begin(), start.end(), [](char c) { return c == '\0'; });
}

QString textOf(QByteArrayView content) {
    return isText(content) ? QString::fromUtf8(content) : QString();
}

} // namespace

QString searchableText(const ExchangeDetail& detail) {
    const QByteArray request =
        plainBody(detail.requestBody, detail.requestFields, {kMaxUnpackedBytes, 0});
    QString out = textOf(QByteArrayView(request).last(std::min(request.size(), kMaxIndexed)));
    const QJsonObject message = assembledMessage(detail);
    const QByteArray response =
        message.isEmpty()
            ? plainBody(detail.responseBody, detail.responseFields, {kMaxUnpackedBytes, 0})
            : jsonBytes(message);
    const QString answered =
        textOf(QByteArrayView(response).first(std::min(response.size(), kMaxIndexed)));
    if (!out.isEmpty() && !answered.isEmpty()) out += u'\n';
    return indexedForm(out + answered);
}

QString indexedForm(const QString& text) {
    if (!std::any_of(text.begin(), text.end(), isIdeograph)) return text;
    QString out;
    out.reserve(text.size() * 2);
    for (const QChar c : text) {
        const bool isOne = isIdeograph(c);
        if (isOne) out += u' ';
        out += c;
        if (isOne) out += u' ';
    }
    return out;
}

QString matchExpression(const QString& words) {
    QString inside = indexedForm(words);
    // A string of FTS5 (3.1) doubles its quotes; a null character would end it.
    inside.replace(u'"', QLatin1String("\"\"")).remove(QChar(u'\0'));
    return QString(u'"' + inside + QLatin1String("\" *"));
}

} // namespace sallyport
