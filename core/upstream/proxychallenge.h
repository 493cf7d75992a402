// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>
#include <vector>

namespace sallyport {

/// One challenge of a 407 (RFC 9110 11.3): a scheme with a token68 or with parameters.
struct ProxyChallenge {
    QByteArray scheme;                                         ///< lower case
    QByteArray token;                                          ///< token68; empty: none
    std::vector<std::pair<QByteArray, QByteArray>> parameters; ///< names in lower case, unquoted

    /// The first parameter of that name, empty without one.
    [[nodiscard]] QByteArray parameter(QByteArrayView name) const;
    friend bool operator==(const ProxyChallenge&, const ProxyChallenge&) = default;
};

/// The challenges of all Proxy-Authenticate fields, in order. A parameter before any scheme is
/// dropped; at most 16 are read.
[[nodiscard]] std::vector<ProxyChallenge> proxyChallenges(const FieldList& response);

} // namespace sallyport
