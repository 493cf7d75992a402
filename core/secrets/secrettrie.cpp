// SPDX-License-Identifier: MIT
#include "core/secrets/secrettrie.h"

#include "core/secrets/escapedbyte.h"
#include "core/support/ascii.h"

#include <QVarLengthArray>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kMaxLevels = 2;

constexpr quint8 bitOf(SecretTrie::Form form) { return static_cast<quint8>(1U << int(form)); }

std::size_t indexOf(char c) { return static_cast<unsigned char>(c); }
std::size_t indexOf(char a, char b) { return indexOf(a) * 256 + indexOf(b); }

} // namespace

/// What starts at one place.
struct SecretTrie::Match {
    qsizetype end = -1; ///< of the longest form; -1: none
    bool isItself = false;
    bool isOpen = false; ///< the text ended inside a form
};

SecretTrie::SecretTrie()
    : m_nodes(1) {}

quint32 SecretTrie::childOf(quint32 node, char byte) const {
    quint32 child = m_nodes[node].firstChild;
    while (child != 0 && m_nodes[child].byte != byte)
        child = m_nodes[child].nextSibling;
    return child;
}

quint32 SecretTrie::addChild(quint32 node, char byte) {
    if (const quint32 there = childOf(node, byte)) return there;
    const auto child = static_cast<quint32>(m_nodes.size());
    m_nodes.push_back({0, m_nodes[node].firstChild, byte, 0});
    m_nodes[node].firstChild = child;
    return child;
}

void SecretTrie::add(QByteArrayView bytes, Form form) {
    Q_ASSERT(bytes.size() >= 2);
    quint32 node = 0;
    for (const char byte : bytes)
        node = addChild(node, byte);
    m_nodes[node].endsHere = static_cast<quint8>(m_nodes[node].endsHere | bitOf(form));
    addStart(bytes, form);
}

void SecretTrie::addStart(QByteArrayView bytes, Form form) {
    m_first.set(indexOf(bytes[0]));
    m_firstTwo.set(indexOf(bytes[0], bytes[1]));
    if (form == Form::Unescaped) return;
    for (const char mark : {'%', '\\'}) {
        m_first.set(indexOf(mark));
        m_firstTwo.set(indexOf(bytes[0], mark));
    }
    for (int i = 0; i < 256; ++i)
        if (const char digit = static_cast<char>(i); ascii::isHexDigit(digit))
            m_firstTwo.set(indexOf('%', digit));
    m_firstTwo.set(indexOf('\\', 'u'));
    m_firstTwo.set(indexOf('\\', '\\'));
    if (bytes[0] == '/' || bytes[0] == '"') m_firstTwo.set(indexOf('\\', bytes[0]));
}

bool SecretTrie::canStartAt(QByteArrayView text, qsizetype at) const {
    return at + 1 < text.size() ? m_firstTwo[indexOf(text[at], text[at + 1])]
                                : m_first[indexOf(text[at])];
}

SecretTrie::Match SecretTrie::matchAt(QByteArrayView text, qsizetype at) const {
    struct Place {
        quint32 node;
        qsizetype at;
        bool isEscaped;
    };
    Match match;
    // Nearly always of one place; of more where a form holds the sign of an escape itself.
    QVarLengthArray<Place, 8> places{{0, at, false}};
    while (!places.isEmpty()) {
        const Place place = places.last();
        places.removeLast();
        const quint8 ends = m_nodes[place.node].endsHere;
        const bool isItself = (ends & bitOf(Form::Itself)) != 0 ||
                              (!place.isEscaped && (ends & bitOf(Form::Unescaped)) != 0);
        if ((isItself || (ends & bitOf(Form::InBase64)) != 0) && place.at > match.end) {
            match.end = place.at;
            match.isItself = isItself && !place.isEscaped;
        }
        if (m_nodes[place.node].firstChild == 0) continue;
        const bool mayBeEscape =
            place.at < text.size() && (text[place.at] == '%' || text[place.at] == '\\');
        qsizetype lengthBefore = 0;
        for (int levels = 0; levels <= (mayBeEscape ? kMaxLevels : 0); ++levels) {
            const EscapedByte read = readEscapedByte(text, place.at, levels);
            match.isOpen = match.isOpen || read.isCut;
            if (read.isCut) break;
            if (read.length == lengthBefore) continue;
            lengthBefore = read.length;
            if (const quint32 child = childOf(place.node, read.byte))
                places.push_back({child, place.at + read.length, place.isEscaped || levels > 0});
        }
    }
    return match;
}

qsizetype SecretTrie::find(QByteArrayView text, SecretSpans& found) const {
    qsizetype open = text.size();
    for (qsizetype at = 0; at < text.size(); ++at) {
        // Most of all bytes end here: this runs over every target and value of every exchange.
        if (!m_first[indexOf(text[at])] || !canStartAt(text, at)) continue;
        const Match match = matchAt(text, at);
        if (match.end > at) found.add(at, match.end, match.isItself);
        if (match.isOpen) open = std::min(open, at);
    }
    return open;
}

} // namespace sallyport
