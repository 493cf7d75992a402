// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <optional>

namespace sallyport {

class DeadlineQueue;

/// Dials by QTcpSocket, and by QSslSocket where TLS is wanted.
class QtDialler final : public Dialler {
public:
    /// `deadlines` must outlive the dialler and its streams.
    explicit QtDialler(DeadlineQueue& deadlines)
        : m_deadlines(deadlines) {}
    [[nodiscard]] std::unique_ptr<Dial> dial(const Endpoint& to,
                                             const std::shared_ptr<const TlsClientOptions>& tls,
                                             Dial::Observer& observer) override;

private:
    [[nodiscard]] QSslConfiguration configurationFor(const TlsClientOptions& options);

    DeadlineQueue& m_deadlines;
    /// Read once, and only when certificates of our own stand beside them: without those, OpenSSL
    /// looks roots up in the system's folder as it needs them.
    std::optional<QList<QSslCertificate>> m_systemRoots;
};

} // namespace sallyport
