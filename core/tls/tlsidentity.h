// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

namespace sallyport {

/// A certificate and its private key, as a server shows them. Nothing follows it in the chain that
/// is sent: clients have the root that signed it, and RFC 8446 4.4.2 lets that be left out.
struct TlsIdentity {
    X509Ptr certificate;
    PrivateKeyPtr key; ///< secret; never leaves the process
};

} // namespace sallyport
