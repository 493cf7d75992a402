// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <cstddef>
#include <variant>
#include <vector>

namespace sallyport {

/// A credential for one request.
struct CredentialKey {
    std::size_t index = 0; ///< in `credentials`
    QByteArray secret;
};

/// The keys with which an upstream has refused one request, and whether another one is tried. Pure.
///
/// No secret is tried twice, and of all sources one is renewed once: a source that prints the same
/// token again, or another one each time that is refused as well, would only repeat the refusal.
class CredentialRetry {
public:
    /// Keys that one request is tried with.
    static constexpr std::size_t kMost = 8;

    void refused(CredentialKey key) { m_refused.push_back(std::move(key)); }
    /// Whether the request goes again with `key`.
    [[nodiscard]] bool mayTry(const CredentialKey& key) const;
    /// Whether the response waits for a key that is being read.
    [[nodiscard]] bool mayWait() const;

private:
    [[nodiscard]] bool hasRenewed() const;
    std::vector<CredentialKey> m_refused;
};

} // namespace sallyport
