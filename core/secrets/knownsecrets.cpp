// SPDX-License-Identifier: MIT
#include "core/secrets/knownsecrets.h"

#include "core/secrets/secrettrie.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <limits>

namespace sallyport {

namespace {

constexpr qsizetype kShortest = 4;
constexpr qsizetype kShortestEncoded = 8;

/// What of the base64 of anything that holds `secret` depends on the secret alone, when `offset`
/// bytes of a group of three stand before it (RFC 4648 4): a character has six bits.
QByteArray base64Form(const QByteArray& secret, qsizetype offset,
                      QByteArray::Base64Options options) {
    const QByteArray padded = QByteArray(offset, '\0') + secret;
    const QByteArray whole = padded.toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype from = (offset * 8 + 5) / 6;
    return whole.mid(from, padded.size() * 8 / 6 - from);
}

} // namespace

struct KnownSecrets::Set {
    QByteArrayList current;
    QByteArrayList earlier; ///< the latest first
    SecretTrie trie;
    qsizetype shortest = std::numeric_limits<qsizetype>::max(); ///< of all forms

    void add(const QByteArray& secret);
    void addForm(const QByteArray& bytes, SecretTrie::Form form);
};

void KnownSecrets::Set::addForm(const QByteArray& bytes, SecretTrie::Form form) {
    trie.add(bytes, form);
    shortest = std::min(shortest, bytes.size());
}

void KnownSecrets::Set::add(const QByteArray& secret) {
    if (secret.size() < kShortestEncoded) {
        addForm(secret, SecretTrie::Form::Unescaped);
        return;
    }
    addForm(secret, SecretTrie::Form::Itself);
    if (const QByteArray lowered = ascii::lowered(secret); lowered != secret)
        addForm(lowered, SecretTrie::Form::Itself);
    for (qsizetype offset = 0; offset < 3; ++offset)
        for (const auto options : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
            addForm(base64Form(secret, offset, options), SecretTrie::Form::InBase64);
}

KnownSecrets KnownSecrets::renewed(const QByteArrayList& secrets) const {
    auto set = std::make_shared<Set>();
    for (const QByteArray& secret : secrets)
        if (secret.size() >= kShortest && !set->current.contains(secret)) set->current << secret;
    if (m_set ? m_set->current == set->current : set->current.isEmpty()) return *this;
    if (m_set)
        for (const QByteArray& secret : m_set->current + m_set->earlier)
            if (!set->current.contains(secret) && set->earlier.size() < kMaxEarlier)
                set->earlier << secret;
    for (const QByteArray& secret : set->current + set->earlier)
        set->add(secret);
    KnownSecrets out;
    out.m_set = std::move(set);
    return out;
}

void KnownSecrets::find(QByteArrayView text, SecretSpans& found) const {
    // Most values of fields are shorter than any form, and than the start of one that counts.
    if (!m_set || text.size() < std::min(m_set->shortest, kShortestStart)) return;
    const qsizetype open = m_set->trie.find(text, found);
    if (text.size() - open >= kShortestStart) found.add(open, text.size(), false);
}

std::optional<QByteArray> KnownSecrets::masked(QByteArrayView text) const {
    SecretSpans found;
    find(text, found);
    return found.masked(text);
}

qsizetype KnownSecrets::findInStart(QByteArrayView text, SecretSpans& found) const {
    return m_set ? m_set->trie.find(text, found) : text.size();
}

} // namespace sallyport
