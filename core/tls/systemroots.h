// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

#include <vector>

namespace sallyport {

/// The roots that the system trusts.
///
/// Where the system keeps them in a folder with hashed names (Debian, and OpenSSL's convention
/// since ever; SSL_CERT_DIR names another), a root is read when a chain ends at it: 1 ms each.
/// Elsewhere all are read once, through QSslConfiguration::systemCaCertificates(): 150 roots took
/// 0.3 s to read and 0.2 s to convert, on the thread that asked.
class SystemRoots {
public:
    /// Lets `store` find them. The first call reads what has to be read.
    void addTo(X509_STORE& store);

private:
    void readAll();

    bool m_isRead = false;
    std::vector<X509Ptr> m_certificates;
};

} // namespace sallyport
