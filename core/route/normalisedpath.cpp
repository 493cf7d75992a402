// SPDX-License-Identifier: MIT
#include "core/route/normalisedpath.h"

#include "core/http/percentencoding.h"
#include "core/route/pathspellings.h"
#include "core/support/ascii.h"

namespace sallyport {

namespace {

enum class Parameters { Kept, Dropped };
enum class EmptySegments { LeftOutFirst, LeftOutLast };

QByteArrayView withoutParameters(QByteArrayView segment) {
    const qsizetype at = segment.indexOf(';');
    return at < 0 ? segment : segment.first(at);
}

/// Resolves segments one by one.
class Resolver {
public:
    explicit Resolver(const IsPrefixBoundary& isPrefixBoundary)
        : m_isPrefixBoundary(isPrefixBoundary) {}

    /// `name` may be empty: a segment that `..` takes away, and that is none of the path.
    void enter(QByteArrayView name, qsizetype end) {
        m_sizes.push_back(m_out.path.size());
        if (name.isEmpty()) return;
        m_out.path += '/';
        appendCanonical(name);
        m_out.ends.push_back(end);
    }
    void leave() {
        const bool isNamed = !m_sizes.empty() && m_sizes.back() != m_out.path.size();
        if (m_sizes.empty() || (isNamed && m_isPrefixBoundary && m_isPrefixBoundary(m_out.path))) {
            m_out.escapesRoot = true;
            return;
        }
        m_out.path.truncate(m_sizes.back());
        m_sizes.pop_back();
        if (isNamed) m_out.ends.pop_back();
    }
    [[nodiscard]] bool escapesRoot() const { return m_out.escapesRoot; }
    [[nodiscard]] NormalisedPath finished() && { return std::move(m_out); }

private:
    void appendCanonical(QByteArrayView name) {
        for (qsizetype i = 0; i < name.size(); ++i) {
            const bool isTriplet = percent::isTriplet(name, i);
            const char byte = isTriplet ? percent::tripletValue(name, i) : name[i];
            if (percent::isUnreserved(byte))
                m_out.path += byte;
            else
                percent::appendTriplet(m_out.path, byte);
            if (isTriplet) i += 2;
        }
    }

    const IsPrefixBoundary& m_isPrefixBoundary;
    NormalisedPath m_out;
    std::vector<qsizetype> m_sizes; ///< of the path, before each segment that can be left
};

NormalisedPath resolve(QByteArrayView text, Parameters parameters, EmptySegments emptySegments,
                       const IsPrefixBoundary& isPrefixBoundary) {
    Resolver resolver(isPrefixBoundary);
    for (qsizetype at = 0; at < text.size() && !resolver.escapesRoot();) {
        const qsizetype from = text[at] == '/' ? at + 1 : at;
        const qsizetype slash = text.indexOf('/', from);
        const qsizetype end = slash < 0 ? text.size() : slash;
        const QByteArrayView segment = text.sliced(from, end - from);
        const QByteArrayView name = withoutParameters(segment);
        const QByteArrayView seen = parameters == Parameters::Kept ? segment : name;
        if (seen == "..")
            resolver.leave();
        else if (!seen.isEmpty() ? seen != "." : emptySegments == EmptySegments::LeftOutLast)
            resolver.enter(name, end);
        at = end;
    }
    return std::move(resolver).finished();
}

bool hasNamelessSegment(QByteArrayView text) {
    for (qsizetype at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1))
        if (at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == ';')) return true;
    return false;
}

} // namespace

bool isPlainPath(QByteArrayView path) {
    if (path.isEmpty() || path.front() != '/') return false;
    char before = 'x';
    for (const char c : path) {
        if (c != '/' && !percent::isUnreserved(c)) return false;
        if (before == '/' && (c == '/' || c == '.')) return false;
        before = c;
    }
    return true;
}

NormalisedPath normalisedPath(QByteArrayView rawPath, const IsPrefixBoundary& isPrefixBoundary) {
    return resolve(rawPath, Parameters::Kept, EmptySegments::LeftOutFirst, isPrefixBoundary);
}

std::optional<std::vector<NormalisedPath>>
normalisedPaths(QByteArrayView rawPath, const IsPrefixBoundary& isPrefixBoundary) {
    const auto spellings = pathSpellings(rawPath);
    if (!spellings) return std::nullopt;
    std::vector<NormalisedPath> readings;
    for (const QByteArray& text : *spellings) {
        const auto read = [&](Parameters parameters, EmptySegments emptySegments) {
            readings.push_back(resolve(text, parameters, emptySegments, isPrefixBoundary));
        };
        read(Parameters::Kept, EmptySegments::LeftOutFirst);
        if (text.contains(';')) read(Parameters::Dropped, EmptySegments::LeftOutFirst);
        if (!hasNamelessSegment(text)) continue;
        read(Parameters::Kept, EmptySegments::LeftOutLast);
        if (text.contains(';')) read(Parameters::Dropped, EmptySegments::LeftOutLast);
    }
    return readings;
}

} // namespace sallyport
