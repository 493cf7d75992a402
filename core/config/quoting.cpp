// SPDX-License-Identifier: MIT
#include "core/config/quoting.h"

#include "core/support/visibletext.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr QChar kMask(0x2026);
constexpr QLatin1String kAuthorityMark("//");

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isUpper(QChar c) { return c >= u'A' && c <= u'Z'; }
bool isLetterOrDigit(QChar c) { return isDigit(c) || isUpper(c) || (c >= u'a' && c <= u'z'); }

QString maskedBehind(const QString& text, qsizetype at) {
    return at >= 0 && at < text.size() ? QString(text.left(at) + kMask) : text;
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
    return mark < 0 ? QString(begin + kMask) : maskedBehind(begin, mark + kAuthorityMark.size());
}

/// Read as people write it wrongly: a password may hold a blank, a slash or another "@".
QString withoutUserInformation(const QString& text) {
    const qsizetype mark = text.indexOf(kAuthorityMark);
    if (mark < 0 && text.startsWith(u'/')) return text;
    const qsizetype from = mark < 0 ? 0 : mark + kAuthorityMark.size();
    const qsizetype at = text.lastIndexOf(u'@');
    return at <= from ? text : QString(text.left(from) + kMask + text.mid(at));
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

/// Behind the colon of an authority stands a number, or else a password of which the "@" is
/// missing.
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
    return maskedBehind(text, colon + 1);
}

QString withoutQuery(const QString& text) {
    const qsizetype mark = text.indexOf(kAuthorityMark);
    if (mark < 0) return text;
    const auto at = std::find_if(text.begin() + mark, text.end(),
                                 [](QChar c) { return c == u'?' || c == u'#'; });
    return maskedBehind(text, at - text.begin() + 1);
}

/// What gives a name to the value behind it.
QString withoutNamedValue(QString text) {
    static constexpr std::array kMarks{QLatin1String("="), QLatin1String(": "),
                                       QLatin1String("bearer "), QLatin1String("basic ")};
    for (const QLatin1String mark : kMarks)
        if (const qsizetype at = text.indexOf(mark, 0, Qt::CaseInsensitive); at >= 0)
            text = maskedBehind(text, at + mark.size());
    return text;
}

/// Chance mixes letters, digits and capitals; words are of one kind, with a number at their end.
bool isMixture(QStringView word) {
    constexpr qsizetype kShortestKey = 20;
    constexpr int kMostTurns = 3;
    if (word.size() < kShortestKey) return false;
    qsizetype row = 0;
    int turns = 0;
    for (qsizetype i = 0; i < word.size(); ++i) {
        row = isLetterOrDigit(word[i]) ? row + 1 : 0;
        if (row == kShortestKey) return true;
        if (row < 2) continue;
        const QChar before = word[i - 1];
        if (isDigit(before) != isDigit(word[i]) || (!isUpper(before) && isUpper(word[i]))) ++turns;
    }
    return turns > kMostTurns;
}

/// Where a key begins in a word, or its size.
qsizetype keyStart(QStringView word) {
    constexpr qsizetype kShortestKey = 8;
    if (isMixture(word)) return 0;
    for (qsizetype at = 0; at + kShortestKey <= word.size(); ++at)
        if (word.sliced(at).startsWith(QLatin1String("sk-"), Qt::CaseInsensitive) &&
            (at == 0 || !isLetterOrDigit(word[at - 1])))
            return at;
    return word.size();
}

QString withoutKeys(const QString& text) {
    // A slash is a sign of base64, and in a path or URL it is not.
    const bool isPath = text.startsWith(u'/') || text.contains(kAuthorityMark);
    const auto isInWord = [isPath](QChar c) {
        return isLetterOrDigit(c) || c == u'-' || c == u'_' || c == u'+' || (c == u'/' && !isPath);
    };
    QString out;
    for (auto at = text.begin(); at != text.end();) {
        const auto end = std::find_if_not(at, text.end(), isInWord);
        const QStringView word(at, end);
        const qsizetype start = keyStart(word);
        out += word.first(start);
        if (start < word.size()) out += kMask;
        at = end;
        if (at != text.end()) out += *at++;
    }
    return out;
}

QString cut(const QString& text) {
    constexpr qsizetype kMaxShown = 100;
    if (text.size() <= kMaxShown) return text;
    return maskedBehind(text, text[kMaxShown].isLowSurrogate() ? kMaxShown - 1 : kMaxShown);
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
    return shown(maskedBehind(name, at - name.begin() + 1));
}

} // namespace sallyport
