// SPDX-License-Identifier: MIT
#include "core/config/yamlposition.h"

#include "core/config/yamlscan.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport::yaml {

namespace {

unsigned byteAt(QByteArrayView text, qsizetype at) { return static_cast<unsigned char>(text[at]); }

/// Bytes of the well-formed UTF-8 sequence at `at` (Unicode 3.9, table 3-7), or 0.
qsizetype sequenceLength(QByteArrayView text, qsizetype at) {
    const unsigned lead = byteAt(text, at);
    if (lead < 0x80) return 1;
    const qsizetype length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    for (qsizetype i = 1; i < length; ++i) {
        const unsigned next = byteAt(text, at + i);
        if (next < low || next > high) return 0;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

bool isRefusedControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool isIndentedByTab(QByteArrayView line) {
    const auto end =
        std::find_if(line.begin(), line.end(), [](char c) { return c != ' ' && c != '\t'; });
    return std::find(line.begin(), end, '\t') != end;
}

constexpr const char* kNoAnchor = QT_TRANSLATE_NOOP(
    "Config", "this alias has no anchor before it; a value that begins with \"*\" "
              "must be quoted");

/// Our words for the complaints that people meet; the parser's own for the rest.
QString explained(const QString& complaint) {
    const struct {
        QLatin1String theirs;
        const char* ours;
    } table[] = {
        {QLatin1String("end of map not found"),
         QT_TRANSLATE_NOOP(
             "Config", "this does not fit the map that it stands in; check its indentation, that "
                       "keys are written \"key: value\", and quote a value like \"[::1]:80\"")},
        {QLatin1String("end of sequence not found"),
         QT_TRANSLATE_NOOP("Config", "this line does not fit the list that it stands in; check its "
                                     "indentation, and that items begin with \"- \"")},
        {QLatin1String("end of map flow not found"),
         QT_TRANSLATE_NOOP("Config", "the map in { } is not closed, or a comma is missing in it")},
        {QLatin1String("end of sequence flow not found"),
         QT_TRANSLATE_NOOP("Config", "the list in [ ] is not closed, or a comma is missing in it")},
        {QLatin1String("illegal map value"),
         QT_TRANSLATE_NOOP("Config", "a \":\" is not expected here; quote a value that has one, "
                                     "and check the indentation")},
        {QLatin1String("illegal EOF in scalar"),
         QT_TRANSLATE_NOOP("Config", "a quoted text is not closed")},
        {QLatin1String("unknown token"),
         QT_TRANSLATE_NOOP("Config", "a value cannot begin with this character; put it in quotes")},
        {QLatin1String("illegal block entry"),
         QT_TRANSLATE_NOOP("Config", "a \"- \" is not expected here; check the indentation")},
        {QLatin1String("the referenced anchor is not defined"), kNoAnchor},
        {QLatin1String("alias not found after *"), kNoAnchor},
        {QLatin1String("illegal character found while scanning alias"), kNoAnchor},
        {QLatin1String("illegal flow end"),
         QT_TRANSLATE_NOOP("Config", "a \"]\" or \"}\" stands here that nothing opened")},
    };
    for (const auto& row : table)
        if (complaint.startsWith(row.theirs))
            return QCoreApplication::translate("Config", row.ours);
    return QCoreApplication::translate("Config", "this is not valid YAML: %1").arg(complaint);
}

} // namespace

LineColumn lineColumnOf(const QByteArray& bytes, const Place& place) {
    if (place.offset < 0) return {};
    const qsizetype at = std::min(place.offset, bytes.size());
    const qsizetype newline = at == 0 ? -1 : bytes.lastIndexOf('\n', at - 1);
    QByteArrayView before = QByteArrayView(bytes).sliced(newline + 1, at - newline - 1);
    if (newline < 0 && before.startsWith(kByteOrderMark))
        before = before.sliced(kByteOrderMark.size());
    const auto lines = std::count(bytes.begin(), bytes.begin() + at, '\n');
    const auto characters =
        std::count_if(before.begin(), before.end(), [](char c) { return !isContinuation(c); });
    return {static_cast<int>(lines) + 1, static_cast<int>(characters) + 1};
}

FileText::FileText(const QByteArray& bytes)
    : m_bytes(bytes)
    , m_markBytes(bytes.startsWith(kByteOrderMark) ? kByteOrderMark.size() : 0) {}

std::optional<qsizetype> FileText::firstBadUtf8() const {
    for (qsizetype at = 0; at < m_bytes.size();) {
        const qsizetype length = sequenceLength(m_bytes, at);
        if (length == 0) return at;
        at += length;
    }
    return std::nullopt;
}

std::optional<Problem> FileText::problem() const {
    if (m_bytes.size() > kMaxFileBytes)
        return Problem{{},
                       QCoreApplication::translate(
                           "Config", "the file is larger than %1 MiB; is it the right one?")
                           .arg(kMaxFileBytes / (1024 * 1024))};
    if (const auto bad = firstBadUtf8())
        return Problem{Place{*bad}, QCoreApplication::translate(
                                        "Config", "the file is not UTF-8 here; save it as UTF-8")};
    const auto control = std::find_if(m_bytes.begin(), m_bytes.end(), isRefusedControl);
    if (control == m_bytes.end()) return std::nullopt;
    return Problem{
        Place{control - m_bytes.begin()},
        QCoreApplication::translate("Config", "a control character (0x%1) stands here; take it out")
            .arg(static_cast<unsigned char>(*control), 2, 16, QLatin1Char('0'))};
}

Place FileText::placeOf(qsizetype parserOffset) const {
    return {std::clamp<qsizetype>(parserOffset + m_markBytes, 0, m_bytes.size())};
}

Problem FileText::problemOf(qsizetype parserOffset, qsizetype column,
                            const QString& complaint) const {
    const Place place = placeOf(parserOffset);
    const Place lineStart = placeOf(parserOffset - column);
    if (isIndentedByTab(m_bytes.sliced(lineStart.offset)))
        return {lineStart,
                QCoreApplication::translate(
                    "Config", "YAML is indented with spaces, and this line begins with a "
                              "tab; replace it by spaces")};
    return {place, explained(complaint)};
}

} // namespace sallyport::yaml
