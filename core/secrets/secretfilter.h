// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/knownsecrets.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Masks known secrets in a content that comes in pieces, also where a piece ends inside a secret:
/// the bytes from its start on are held back until it is plain what they are. Holds no more than
/// one secret in its longest form, and nothing nearly always.
class SecretFilter {
public:
    /// What may be kept by now; valid until the next call, and no longer than `piece`.
    [[nodiscard]] QByteArrayView feed(QByteArrayView piece, const KnownSecrets& known);
    /// What was held back, when nothing more comes.
    [[nodiscard]] QByteArrayView finish(const KnownSecrets& known);
    /// Whether a secret was found so far.
    [[nodiscard]] bool hasFound() const { return m_hasFound; }

private:
    QByteArray m_held;
    QByteArray m_out;
    qsizetype m_masked = 0; ///< bytes at the front of m_held that a mark stands for already
    bool m_hasFound = false;
};

} // namespace sallyport
