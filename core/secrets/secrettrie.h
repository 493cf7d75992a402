// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretspans.h"

#include <QByteArrayView>

#include <array>
#include <bitset>
#include <vector>

namespace sallyport {

/// All forms in which a set of secrets can stand in a text, as one tree that is searched in one
/// pass. A walk down the tree starts only where two bytes can begin a form, which is true of a few
/// in a thousand: the pass costs about a nanosecond for each byte.
class SecretTrie {
public:
    enum class Form {
        Itself,    ///< also where it is escaped, wholly or in part
        Unescaped, ///< only byte by byte
        InBase64,  ///< what stands for it in base64, also escaped
    };

    SecretTrie();
    /// `bytes`: two at least.
    void add(QByteArrayView bytes, Form form);
    /// Adds what it finds. Returns where the first form starts that goes on after the end of the
    /// text; the size of the text when there is none.
    [[nodiscard]] qsizetype find(QByteArrayView text, SecretSpans& found) const;

private:
    struct Node {
        quint32 firstChild = 0; ///< 0: none; the root is the child of no node
        quint32 nextSibling = 0;
        char byte = 0;
        quint8 endsHere = 0; ///< one bit for each Form
    };
    struct Match;
    [[nodiscard]] quint32 childOf(quint32 node, char byte) const;
    quint32 addChild(quint32 node, char byte);
    void addStart(QByteArrayView bytes, Form form);
    [[nodiscard]] bool canStartAt(QByteArrayView text, qsizetype at) const;
    [[nodiscard]] Match matchAt(QByteArrayView text, qsizetype at) const;

    std::vector<Node> m_nodes;
    std::bitset<256> m_first;          ///< bytes that can begin a form or an escape
    std::bitset<256 * 256> m_firstTwo; ///< the same for two
};

} // namespace sallyport
