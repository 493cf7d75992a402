// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

namespace sallyport {

// NTLM and Negotiate authenticate a connection, not a request (RFC 4559 6): whatever follows on it
// is done in the name of that client. Basic, Bearer, Digest, DPoP (RFC 9449), Token, ApiKey
// and AWS4-HMAC-SHA256 repeat or sign the credentials in each request, as RFC 9110 11.1 asks, and
// so does a key without a scheme. Any other scheme is taken for one of the first kind.

/// Whether the credentials of a request (Authorization, Proxy-Authorization) may authenticate the
/// connection that it is sent on.
[[nodiscard]] bool credentialsBindConnection(const FieldList& request);

/// Whether a response challenges for such a scheme, goes on with its handshake, or says that the
/// connection is authenticated: WWW-Authenticate and Proxy-Authenticate of any status,
/// Authentication-Info, Proxy-Authentication-Info, Persistent-Auth.
[[nodiscard]] bool responseBindsConnection(const FieldList& response);

} // namespace sallyport
