// SPDX-License-Identifier: MIT
#include "core/route/normalisedpath.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kMaxEncodingDepth = 4;

bool isUnreserved(char c) {
    const char lower = ascii::toLower(c);
    return (lower >= 'a' && lower <= 'z') || ascii::isDigit(c) || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

bool isTriplet(QByteArrayView text, qsizetype at) {
    return text[at] == '%' && at + 2 < text.size() && ascii::isHexDigit(text[at + 1]) &&
           ascii::isHexDigit(text[at + 2]);
}

char tripletValue(QByteArrayView text, qsizetype at) {
    return static_cast<char>(ascii::hexValue(text[at + 1]) * 16 + ascii::hexValue(text[at + 2]));
}

char toUpper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

/// A segment in the normal form of RFC 3986 6.2.2.1 and 6.2.2.2.
QByteArray normalSegment(QByteArrayView raw) {
    QByteArray out;
    out.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (!isTriplet(raw, i)) {
            out += raw[i];
            continue;
        }
        if (const char value = tripletValue(raw, i); isUnreserved(value)) {
            out += value;
        } else {
            out += '%';
            out += toUpper(raw[i + 1]);
            out += toUpper(raw[i + 2]);
        }
        i += 2;
    }
    return out;
}

QByteArray decoded(QByteArrayView raw) {
    QByteArray out;
    out.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const bool isEncoded = isTriplet(raw, i);
        out += isEncoded ? tripletValue(raw, i) : raw[i];
        if (isEncoded) i += 2;
    }
    return out;
}

QByteArrayView withoutParameters(QByteArrayView segment) {
    const qsizetype at = segment.indexOf(';');
    return at < 0 ? segment : segment.first(at);
}

/// Resolves segments one by one; the path so far has no slash at its end.
class Resolver {
public:
    explicit Resolver(const IsPrefixBoundary& isPrefixBoundary)
        : m_isGate(isPrefixBoundary) {}

    void enter(QByteArrayView segment, qsizetype rawEnd) {
        m_reading.path += '/';
        m_reading.path += segment;
        m_reading.rawEnds.push_back(rawEnd);
        m_endsInFolder = false;
    }
    void stay() { m_endsInFolder = true; }
    void leave() {
        m_endsInFolder = true;
        if (m_reading.rawEnds.empty() || (m_isGate && m_isGate(m_reading.path))) {
            m_reading.escapesRoot = true;
            return;
        }
        m_reading.rawEnds.pop_back();
        m_reading.path.truncate(m_reading.path.lastIndexOf('/'));
    }
    [[nodiscard]] bool escapesRoot() const { return m_reading.escapesRoot; }
    [[nodiscard]] NormalisedPath finished() && {
        if (m_endsInFolder || m_reading.path.isEmpty()) m_reading.path += '/';
        return std::move(m_reading);
    }

private:
    const IsPrefixBoundary& m_isGate;
    NormalisedPath m_reading;
    bool m_endsInFolder = false;
};

/// `segmentOf` gives the form in which a segment is kept, `nameOf` the one that dots are seen in.
template <typename SegmentOf, typename NameOf>
NormalisedPath resolve(QByteArrayView path, const IsPrefixBoundary& isPrefixBoundary,
                       SegmentOf segmentOf, NameOf nameOf) {
    Resolver resolver(isPrefixBoundary);
    for (qsizetype at = 0; at < path.size() && !resolver.escapesRoot();) {
        const qsizetype from = path[at] == '/' ? at + 1 : at;
        const qsizetype slash = path.indexOf('/', from);
        const qsizetype end = slash < 0 ? path.size() : slash;
        const auto segment = segmentOf(path.sliced(from, end - from));
        const QByteArrayView name = nameOf(segment);
        if (name == "..")
            resolver.leave();
        else if (segment.isEmpty() || name == ".")
            resolver.stay();
        else
            resolver.enter(segment, end);
        at = end;
    }
    return std::move(resolver).finished();
}

} // namespace

bool isPlainPath(QByteArrayView path) {
    if (path.isEmpty() || path.front() != '/') return false;
    char before = 'x';
    for (const char c : path) {
        if (c == '%' || c == '\\' || c == '\0') return false;
        if (before == '/' && (c == '/' || c == '.')) return false;
        before = c;
    }
    return true;
}

NormalisedPath normaliseStrictly(QByteArrayView rawPath, const IsPrefixBoundary& isPrefixBoundary) {
    return resolve(rawPath, isPrefixBoundary, normalSegment,
                   [](const QByteArray& segment) { return QByteArrayView(segment); });
}

std::optional<NormalisedPath> normaliseLeniently(QByteArrayView rawPath,
                                                 const IsPrefixBoundary& isPrefixBoundary) {
    QByteArray text = decoded(rawPath);
    for (int depth = 1; text.contains('%'); ++depth) {
        QByteArray next = decoded(text);
        if (next == text) break;
        if (depth == kMaxEncodingDepth) return std::nullopt;
        text = std::move(next);
    }
    if (text.contains('\0')) return std::nullopt;
    std::replace(text.begin(), text.end(), '\\', '/');
    return resolve(
        text, isPrefixBoundary, [](QByteArrayView segment) { return segment; }, withoutParameters);
}

} // namespace sallyport
