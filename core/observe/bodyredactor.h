// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/contentdecoder.h"
#include "core/secrets/secretfilter.h"

#include <memory>

namespace sallyport {

/// Takes known secrets out of the copy of one content that is kept. In a content without codings
/// they are masked. One that has codings is decoded to look into it, as far as
/// the window decodes it, and withheld as a whole when there is a secret in it: it is kept as it
/// went over the wire, and cannot be changed in part.
class BodyRedactor {
public:
    /// Before the first feed(). `contentEncoding` is the value of the field; one that we cannot
    /// decode is not decoded for the window either.
    void setCoding(QByteArrayView contentEncoding);
    /// What may be kept by now, as SecretFilter::feed(); empty once withheld.
    [[nodiscard]] QByteArrayView feed(QByteArrayView bytes, const KnownSecrets& known);
    [[nodiscard]] QByteArrayView finish(const KnownSecrets& known);
    /// A coding hid a secret: nothing of this content may be kept, and what was kept has to go.
    [[nodiscard]] bool isWithheld() const { return m_decoded.hasFound(); }

private:
    void decode(QByteArrayView bytes, const KnownSecrets& known);

    SecretFilter m_raw;
    SecretFilter m_decoded;
    std::unique_ptr<ContentDecoder> m_decoder; ///< null: there is no coding
};

} // namespace sallyport
