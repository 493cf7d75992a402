// SPDX-License-Identifier: MIT
#include "core/route/pathspellings.h"

#include "core/http/percentencoding.h"
#include "core/support/ascii.h"

#include <QString>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr int kMaxEncodingDepth = 4;
constexpr std::size_t kMaxSpellings = 16;
constexpr qsizetype kMaxSpelledBytes = 64 * 1024;

bool isNotAscii(char c) { return static_cast<unsigned char>(c) > 0x7F; }

QByteArray unreservedDecoded(const QByteArray& text) {
    return percent::decoded(text, percent::isUnreserved);
}

QByteArray allDecoded(const QByteArray& text) {
    return percent::decoded(text, [](char) { return true; });
}

/// `%uXXXX`, which IIS and the unescape() of JavaScript know.
QByteArray unicodeEscapesDecoded(const QByteArray& text) {
    QByteArray out;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
        if (at + 5 >= text.size() || ascii::toLower(text[at + 1]) != 'u') continue;
        const QByteArrayView digits = QByteArrayView(text).sliced(at + 2, 4);
        if (!std::all_of(digits.begin(), digits.end(), ascii::isHexDigit)) continue;
        char16_t unit = 0;
        for (const char digit : digits)
            unit = static_cast<char16_t>(unit * 16 + ascii::hexValue(digit));
        out.append(QByteArrayView(text).sliced(from, at - from)).append(QString(unit).toUtf8());
        from = at + 6;
    }
    return from == 0 ? text : out.append(QByteArrayView(text).sliced(from));
}

/// How many bytes a UTF-8 sequence that starts so has, in the form of RFC 2279 up to six.
qsizetype sequenceLength(unsigned char lead) {
    qsizetype length = 0;
    while (lead & (0x80U >> length) && length < 7)
        ++length;
    return length;
}

/// UTF-8 of two to six bytes for a character that needs one (RFC 3629 3 forbids it). What follows
/// the first byte is not looked at more closely than careless decoders do (`%c0%2e`).
QByteArray overlongShortened(const QByteArray& text) {
    if (std::none_of(text.begin(), text.end(), isNotAscii)) return text;
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const qsizetype length = sequenceLength(lead);
        const bool mayBe = length >= 2 && length <= 6 && i + length <= text.size();
        quint32 value = lead & (0x7FU >> length);
        for (qsizetype k = 1; mayBe && k < length; ++k)
            value = (value << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        if (!mayBe || value > 0x7F) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(value);
        i += length - 1;
    }
    return out;
}

/// Full-width forms and their like become ASCII (NFKC), and so do the three slashes that the best
/// fit of Windows code pages makes of mathematical signs.
QByteArray compatibleForm(const QByteArray& text) {
    if (std::none_of(text.begin(), text.end(), isNotAscii)) return text;
    QString form = QString::fromUtf8(text).normalized(QString::NormalizationForm_KC);
    form.replace(QChar(0x2044), QLatin1Char('/'));  // FRACTION SLASH
    form.replace(QChar(0x2215), QLatin1Char('/'));  // DIVISION SLASH
    form.replace(QChar(0x2216), QLatin1Char('\\')); // SET MINUS
    return form.toUtf8();
}

QByteArray slashesForBackslashes(const QByteArray& text) {
    QByteArray out = text;
    std::replace(out.begin(), out.end(), '\\', '/');
    return out;
}

QByteArray beforeDecodedQuery(const QByteArray& text) {
    const auto isEnd = [](char c) { return c == '?' || c == '#'; };
    return text.left(std::find_if(text.begin(), text.end(), isEnd) - text.begin());
}

struct Spelling {
    QByteArray text;
    int depth = 0; ///< how often percent-encoding was undone
};

class Spellings {
public:
    /// False when it is one too many.
    bool add(QByteArray text, int depth) {
        const auto isSame = [&](const Spelling& each) { return each.text == text; };
        if (std::any_of(m_all.begin(), m_all.end(), isSame)) return true;
        m_bytes += text.size();
        if (m_all.size() == kMaxSpellings || m_bytes > kMaxSpelledBytes ||
            depth > kMaxEncodingDepth || text.contains('\0'))
            return false;
        m_all.push_back({std::move(text), depth});
        return true;
    }
    /// Adds all that one step makes of the spelling at that place.
    bool addStepsFrom(std::size_t at) {
        static constexpr std::array kSteps{unicodeEscapesDecoded, overlongShortened,
                                           compatibleForm,        slashesForBackslashes,
                                           beforeDecodedQuery,    unreservedDecoded};
        const Spelling from = m_all[at];
        return add(allDecoded(from.text), from.depth + 1) &&
               std::all_of(kSteps.begin(), kSteps.end(),
                           [&](auto step) { return add(step(from.text), from.depth); });
    }
    [[nodiscard]] std::size_t size() const { return m_all.size(); }
    [[nodiscard]] std::vector<QByteArray> texts() && {
        std::vector<QByteArray> out;
        for (Spelling& each : m_all)
            out.push_back(std::move(each.text));
        return out;
    }

private:
    std::vector<Spelling> m_all;
    qsizetype m_bytes = 0;
};

} // namespace

std::optional<std::vector<QByteArray>> pathSpellings(QByteArrayView rawPath) {
    Spellings all;
    if (!all.add(rawPath.toByteArray(), 0)) return std::nullopt;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all.addStepsFrom(i)) return std::nullopt;
    return std::move(all).texts();
}

} // namespace sallyport
