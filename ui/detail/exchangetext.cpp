// SPDX-License-Identifier: MIT
#include "ui/detail/exchangetext.h"

#include "core/http/mediatype.h"
#include "core/support/ascii.h"
#include "ui/detail/contentreader.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Walks JSON bytes once; knows only strings, brackets, commas and colons.
class JsonFormatter {
public:
    QByteArray format(QByteArrayView json) {
        m_out.reserve(json.size() + json.size() / 4);
        for (qsizetype i = 0; i < json.size(); ++i)
            take(json[i], json.sliced(i + 1));
        return std::move(m_out);
    }

private:
    void take(char c, QByteArrayView rest) {
        if (m_isInString) {
            takeInString(c);
            return;
        }
        switch (c) {
        case ' ':
        case '\t':
        case '\r':
        case '\n': return;
        case '{':
        case '[': open(c, rest); return;
        case '}':
        case ']': close(c); return;
        case ',':
            m_out += c;
            breakLine();
            return;
        case ':': m_out += ": "; return;
        default: break;
        }
        m_isInString = c == '"';
        m_out += c;
    }
    void takeInString(char c) {
        m_out += c;
        if (m_isEscaped)
            m_isEscaped = false;
        else if (c == '\\')
            m_isEscaped = true;
        else if (c == '"')
            m_isInString = false;
    }
    void open(char c, QByteArrayView rest) {
        m_out += c;
        const auto next = std::find_if(rest.begin(), rest.end(), [](char o) {
            return o != ' ' && o != '\t' && o != '\r' && o != '\n';
        });
        m_isEmpty = next != rest.end() && (*next == '}' || *next == ']');
        ++m_depth;
        if (!m_isEmpty) breakLine();
    }
    void close(char c) {
        m_depth = std::max(0, m_depth - 1);
        if (!m_isEmpty) breakLine();
        m_isEmpty = false;
        m_out += c;
    }
    void breakLine() {
        // Deep nesting is an attack on memory, not a document.
        m_out += '\n' + QByteArray(2 * std::min(m_depth, 64), ' ');
    }

    QByteArray m_out;
    int m_depth = 0;
    bool m_isInString = false;
    bool m_isEscaped = false;
    bool m_isEmpty = false;
};

} // namespace

QByteArray prettyJson(QByteArrayView json) { return JsonFormatter().format(json); }

bool isJsonType(QByteArrayView contentType) {
    const auto media = parseMediaType(contentType);
    if (!media) return false;
    const QByteArray subtype = ascii::lowered(media->subtype);
    return subtype.endsWith("+json") ||
           (subtype == "json" && ascii::equalsIgnoreCase(media->type, "application"));
}

bool isBinary(QByteArrayView bytes) {
    const QByteArrayView start = bytes.first(std::min<qsizetype>(bytes.size(), 4096));
    const auto odd = std::count_if(start.begin(), start.end(), [](char c) {
        return c == 0 || (static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' &&
                          c != '\t' && c != 27 && c != '\f');
    });
    return odd > 0 && odd * 20 >= start.size();
}

QString hexDump(QByteArrayView bytes, qsizetype limit) {
    QString out;
    const qsizetype end = std::min(bytes.size(), limit);
    for (qsizetype at = 0; at < end; at += 16) {
        const QByteArrayView line = bytes.sliced(at, std::min<qsizetype>(16, end - at));
        QString text;
        for (const char c : line)
            text += c >= 32 && c < 127 ? QLatin1Char(c) : QLatin1Char('.');
        const QByteArray hex = line.toByteArray().toHex(' ');
        out += QStringLiteral("%1  %2  %3\n")
                   .arg(at, 8, 16, QLatin1Char('0'))
                   .arg(QString::fromLatin1(hex), -47)
                   .arg(text);
    }
    return out;
}

QByteArray wholeBody(const QVector<BodyPiece>& pieces, QByteArrayView coding) {
    ContentReader reader(coding);
    QByteArray out;
    for (const BodyPiece& piece : reader.readMore(pieces))
        out += piece.bytes;
    return out;
}

QString fieldsText(const FieldList& fields) {
    QString text;
    for (const FieldView field : fields)
        text += QString::fromUtf8(field.name) + QLatin1String(": ") +
                QString::fromUtf8(field.value) + u'\n';
    return text;
}

} // namespace sallyport
