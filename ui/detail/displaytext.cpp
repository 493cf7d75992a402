// SPDX-License-Identifier: MIT
#include "ui/detail/displaytext.h"

#include "ui/detail/exchangetext.h"
#include "ui/log/rowtext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

constexpr std::array<bool, 256> makeAlphabet() {
    std::array<bool, 256> set{};
    for (const char c : {'+', '/', '-', '_', '='})
        set[static_cast<unsigned char>(c)] = true;
    for (unsigned char c = '0'; c <= '9'; ++c)
        set[c] = true;
    for (unsigned char c = 'A'; c <= 'Z'; ++c)
        set[c] = true;
    for (unsigned char c = 'a'; c <= 'z'; ++c)
        set[c] = true;
    return set;
}
constexpr std::array<bool, 256> kAlphabet = makeAlphabet();

/// A long run of one case or of digits alone is a text, not base64.
bool looksEncoded(QByteArrayView run) {
    const auto has = [run](char first, char last) {
        return std::any_of(run.begin(), run.end(),
                           [first, last](char c) { return c >= first && c <= last; });
    };
    return has('0', '9') && has('A', 'Z') && has('a', 'z');
}

} // namespace

bool isBase64(char c) { return kAlphabet[static_cast<unsigned char>(c)]; }

QLatin1String mediaType(QByteArrayView run) {
    const QByteArray start =
        QByteArray::fromBase64(run.first(std::min<qsizetype>(run.size(), 32)).toByteArray());
    const std::pair<QByteArrayView, QLatin1String> magics[]{
        {"\x89PNG\r\n", QLatin1String("image/png")},
        {"\xff\xd8\xff", QLatin1String("image/jpeg")},
        {"GIF8", QLatin1String("image/gif")},
        {"%PDF-", QLatin1String("application/pdf")},
        {"PK\x03\x04", QLatin1String("application/zip")},
    };
    for (const auto& [magic, type] : magics)
        if (start.startsWith(magic)) return type;
    if (start.startsWith("RIFF") && start.mid(8, 4) == "WEBP") return QLatin1String("image/webp");
    return {};
}

void Base64Folder::endRun(QByteArray& out) {
    if (m_runLength <= m_run.size()) {
        out += m_run;
    } else {
        const QLatin1String type = mediaType(m_run);
        const QString size = sizeText(m_runLength * 3 / 4);
        const QString note = type.isEmpty() ? QStringLiteral("‹%1, base64›").arg(size)
                                            : QStringLiteral("‹%1, %2, base64›").arg(type, size);
        out += note.toUtf8();
    }
    m_run.clear();
    m_runLength = 0;
}

QByteArray Base64Folder::feed(QByteArrayView bytes) {
    QByteArray out;
    out.reserve(bytes.size());
    for (auto at = bytes.begin(); at != bytes.end();) {
        auto end = std::find_if_not(at, bytes.end(), isBase64);
        const auto length = static_cast<qsizetype>(end - at);
        const bool isWord = m_runLength == 0 && length <= kMaxDisplayLine && end != bytes.end();
        if (isWord) {
            out.append(at, length);
        } else {
            extendRun(out, QByteArrayView(at, length));
            if (end == bytes.end()) break;
            endRun(out);
        }
        at = std::find_if(end, bytes.end(), isBase64);
        out.append(end, at - end);
    }
    return out;
}

void Base64Folder::extendRun(QByteArray& out, QByteArrayView run) {
    const qsizetype room = std::min(run.size(), kMaxDisplayLine - m_run.size());
    m_run += run.first(room);
    m_runLength += run.size();
    if (m_runLength == m_run.size() || looksEncoded(m_run)) return;
    out += m_run;
    out += run.sliced(room);
    m_run.clear();
    m_runLength = 0;
}

QByteArray Base64Folder::finish() {
    QByteArray out;
    endRun(out);
    return out;
}

QString LineBreaker::feed(QStringView text) {
    QString out;
    out.reserve(text.size() + text.size() / kMaxDisplayLine + 1);
    while (!text.isEmpty()) {
        const qsizetype lineEnd = text.indexOf(u'\n');
        const qsizetype length = lineEnd < 0 ? text.size() : lineEnd;
        qsizetype taken = std::min(length, kMaxDisplayLine - m_column);
        if (taken < length && taken > 0 && text[taken - 1].isHighSurrogate()) --taken;
        out += text.first(taken);
        m_column += taken;
        text = text.sliced(taken);
        if (taken < length) {
            out += u'\n';
            m_hasBroken = true;
            m_column = 0;
        } else if (lineEnd >= 0) {
            out += u'\n';
            text = text.sliced(1);
            m_column = 0;
        }
    }
    return out;
}

QString displayText(QByteArrayView text, bool isJson) {
    Base64Folder folder;
    QByteArray folded = folder.feed(text);
    folded += folder.finish();
    if (isJson) folded = prettyJson(folded);
    return LineBreaker().feed(QString::fromUtf8(folded));
}

} // namespace sallyport
