// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretspans.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace sallyport {

/// The secrets that this process holds, known to the byte: the credentials of its upstreams and the
/// local token. A value; copies share what was built, and may be used on any thread.
///
/// A secret is found as it is; in lower case, as the names of hosts are read; percent-encoded and
/// escaped as in JSON, wholly or in part, up to twice; and in base64 and base64url at each of the
/// three offsets that it can have in what was encoded, as in `Basic`. One shorter than 8 bytes is
/// found as it is and in no other form, one shorter than 4 bytes not at all: text would be full of
/// it by chance.
class KnownSecrets {
public:
    /// Bytes of a secret that are one also where the text ends inside it.
    static constexpr qsizetype kShortestStart = 8;
    /// Secrets of earlier sets that stay known: records of their time may still run.
    static constexpr qsizetype kMaxEarlier = 64;

    /// Knows none.
    KnownSecrets() = default;
    /// Knows `secrets`, and the latest of those that this set knows. Returns this set again when
    /// `secrets` did not change.
    [[nodiscard]] KnownSecrets renewed(const QByteArrayList& secrets) const;

    [[nodiscard]] bool isEmpty() const { return !m_set; }
    /// Adds what it finds, and what the end of the text cuts off after kShortestStart bytes: texts
    /// are shortened before they come here.
    void find(QByteArrayView text, SecretSpans& found) const;
    /// The text with maskOf() in place of what find() finds; absent when that is nothing.
    [[nodiscard]] std::optional<QByteArray> masked(QByteArrayView text) const;
    /// find() for a text of which the end is still to come; what goes on after it is not found.
    /// Returns where that starts, and the size of the text when there is none.
    [[nodiscard]] qsizetype findInStart(QByteArrayView text, SecretSpans& found) const;

private:
    struct Set;
    std::shared_ptr<const Set> m_set; ///< null: none
};

} // namespace sallyport
