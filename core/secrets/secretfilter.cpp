// SPDX-License-Identifier: MIT
#include "core/secrets/secretfilter.h"

#include <utility>

namespace sallyport {

QByteArrayView SecretFilter::feed(QByteArrayView piece, const KnownSecrets& known) {
    QByteArray joined = std::exchange(m_held, {});
    if (!joined.isEmpty()) joined += piece;
    const QByteArrayView text = joined.isEmpty() ? piece : QByteArrayView(joined);
    SecretSpans found;
    found.add(0, m_masked, false);
    const qsizetype open = known.findInStart(text, found);
    m_masked = found.cutAt(open);
    m_held = text.sliced(open).toByteArray();
    m_hasFound = m_hasFound || !found.isEmpty();
    if (found.isEmpty() && joined.isEmpty()) return piece.first(open);
    m_out = found.masked(text.first(open)).value_or(text.first(open).toByteArray());
    return m_out;
}

QByteArrayView SecretFilter::finish(const KnownSecrets& known) {
    SecretSpans found;
    found.add(0, std::exchange(m_masked, 0), false);
    const qsizetype open = known.findInStart(m_held, found);
    if (m_held.size() - open >= KnownSecrets::kShortestStart) found.add(open, m_held.size(), false);
    m_hasFound = m_hasFound || !found.isEmpty();
    m_out = found.masked(m_held).value_or(m_held);
    m_held.clear();
    return m_out;
}

} // namespace sallyport
