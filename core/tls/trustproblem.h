// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/tls/certificatesummary.h"

#include <QString>

#include <vector>

namespace sallyport {

/// Why a peer's certificate is not accepted, as OpenSSL's verifier tells it.
struct TrustProblem {
    int code = 0;  ///< X509_V_ERR_…
    int depth = 0; ///< which link of the chain is at fault; 0 is the peer's own certificate
    std::vector<CertificateSummary> chain;    ///< as far as it could be built, the peer's own first
    QString askedName;                        ///< the name or address that was asked for
    NamedBy namedBy = NamedBy::Configuration; ///< decides what the way out is
};

/// One clause for people: which link of the chain, the evidence, and the way out where there is
/// one.
[[nodiscard]] QString trustProblemText(const TrustProblem& problem);

} // namespace sallyport
