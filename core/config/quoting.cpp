// SPDX-License-Identifier: MIT
#include "core/config/quoting.h"

#include "core/secrets/secretmask.h"
#include "core/secrets/secretshapes.h"
#include "core/support/visibletext.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr QChar kEllipsis(0x2026);
constexpr QLatin1String kAuthorityMark("//");

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isLetterOrDigit(QChar c) { return isDigit(c) || (c.toLower() >= u'a' && c.toLower() <= u'z'); }

/// Without its end: the secret itself is in the file, at the place that the error names.
QString markOf(QStringView secret) { return QString::fromUtf8(maskOf(secret.toUtf8(), false)); }

QString maskedFrom(const QString& text, qsizetype at) {
    if (at < 0 || at >= text.size()) return text;
    return text.left(at) + markOf(QStringView(text).sliced(at));
}

/// As much of it as is looked at: an alias may have the same long value read a thousand times.
QString beginOf(const QByteArray& text) {
    constexpr qsizetype kMaxBytes = 1024;
    if (text.size() <= kMaxBytes) return QString::fromUtf8(text);
    qsizetype end = kMaxBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    const QString begin = QString::fromUtf8(text.left(end));
    const qsizetype mark = begin.indexOf(kAuthorityMark);
    // The "@" that ends a user name may stand in what is left away.
    return mark < 0 ? QString(begin + kEllipsis) : maskedFrom(begin, mark + kAuthorityMark.size());
}

/// Read as people write it wrongly: a password may hold a blank, a slash or another "@".
QString withoutUserInformation(const QString& text) {
    const qsizetype mark = text.indexOf(kAuthorityMark);
    if (mark < 0 && text.startsWith(u'/')) return text;
    const qsizetype from = mark < 0 ? 0 : mark + kAuthorityMark.size();
    const qsizetype at = text.lastIndexOf(u'@');
    if (at <= from) return text;
    return text.left(from) + markOf(QStringView(text).sliced(from, at - from)) + text.mid(at);
}

qsizetype authorityEnd(const QString& text, qsizetype from) {
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c.isSpace(); };
    return std::find_if(text.begin() + from, text.end(), isEnd) - text.begin();
}

/// An IPv6 address that lacks its brackets.
bool isAddress(QStringView authority) {
    return authority.count(u':') > 1 &&
           std::all_of(authority.begin(), authority.end(), [](QChar c) {
               return isDigit(c) || (c.toLower() >= u'a' && c.toLower() <= u'f') || c == u':' ||
                      c == u'.';
           });
}

/// After the colon of an authority stands a port, or else a password that lacks its "@".
QString withoutPassword(const QString& text) {
    const qsizetype mark = text.indexOf(kAuthorityMark);
    if (mark < 0) return text;
    qsizetype from = std::max(mark + kAuthorityMark.size(), text.lastIndexOf(u'@') + 1);
    const qsizetype end = authorityEnd(text, from);
    if (isAddress(QStringView(text).sliced(from, end - from))) return text;
    if (from < end && text[from] == u'[') from = std::max(from, text.indexOf(u']', from));
    const qsizetype colon = text.indexOf(u':', from);
    if (colon < 0 || colon >= end ||
        std::all_of(text.begin() + colon + 1, text.begin() + end, isDigit))
        return text;
    return maskedFrom(text, colon + 1);
}

QString withoutQuery(const QString& text) {
    const qsizetype mark = text.indexOf(kAuthorityMark);
    if (mark < 0) return text;
    const auto at = std::find_if(text.begin() + mark, text.end(),
                                 [](QChar c) { return c == u'?' || c == u'#'; });
    return maskedFrom(text, at - text.begin() + 1);
}

/// From the first of the marks that give a name to the value after them.
QString withoutNamedValue(const QString& text) {
    static constexpr std::array kMarks{QLatin1String("="), QLatin1String(": "),
                                       QLatin1String("bearer "), QLatin1String("basic ")};
    qsizetype first = text.size();
    for (const QLatin1String mark : kMarks)
        if (const qsizetype at = text.indexOf(mark, 0, Qt::CaseInsensitive); at >= 0)
            first = std::min(first, at + mark.size());
    return maskedFrom(text, first);
}

QString withoutKeys(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    SecretSpans found;
    findSecretShapes(bytes, Wording::Url, found);
    // A slash is a sign of base64, and in a path or URL it is not.
    const bool isPath = bytes.startsWith('/') || bytes.contains("//");
    const auto isInWord = [isPath](char c) {
        return isLetterOrDigit(QLatin1Char(c)) || c == '-' || c == '_' || c == '+' ||
               (c == '/' && !isPath);
    };
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        const qsizetype start = at;
        while (at < bytes.size() && isInWord(bytes[at]))
            ++at;
        if (looksRandom(QByteArrayView(bytes).sliced(start, at - start)))
            found.add(start, at, false);
    }
    const auto masked = found.masked(bytes);
    return masked ? QString::fromUtf8(*masked) : text;
}

QString cut(const QString& text) {
    constexpr qsizetype kMaxShown = 100;
    if (text.size() <= kMaxShown) return text;
    return text.left(text[kMaxShown].isLowSurrogate() ? kMaxShown - 1 : kMaxShown) + kEllipsis;
}

QString shown(const QString& text) {
    const QString url = withoutQuery(withoutPassword(withoutUserInformation(text)));
    return cut(visibleText(withoutKeys(withoutNamedValue(url))));
}

} // namespace

QString shownValue(const QByteArray& text) { return shown(beginOf(text)); }

QString shownName(const QByteArray& text) {
    const QString name = beginOf(text);
    const auto at =
        std::find_if(name.begin(), name.end(), [](QChar c) { return c == u':' || c == u'='; });
    return shown(maskedFrom(name, at - name.begin() + 1));
}

} // namespace sallyport
