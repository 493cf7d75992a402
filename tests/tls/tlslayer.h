// SPDX-License-Identifier: MIT
#pragma once

#include "opensslclient.h"
#include "opensslpeer.h"
#include "tests/net/peerlayer.h"

#include <memory>
#include <utility>

namespace sallyport::test {

/// TLS of a loopback peer; `Side` is OpenSslClient or OpenSslPeer. What is written before the
/// handshake is done goes after it.
template <typename Side>
class TlsLayer final : public PeerLayer {
public:
    explicit TlsLayer(std::unique_ptr<Side> side)
        : m_side(std::move(side)) {}
    void write(QByteArrayView plain) override {
        if (isEstablished() && !plain.isEmpty())
            m_side->write(plain);
        else
            m_early.append(plain.data(), plain.size());
    }
    void take(QByteArrayView wire) override {
        m_side->take(wire);
        if (!isEstablished()) return;
        if (const QByteArray early = std::exchange(m_early, {}); !early.isEmpty()) write(early);
    }
    [[nodiscard]] QByteArray give() override { return m_side->give(); }
    [[nodiscard]] QByteArray read() override { return std::exchange(m_side->received, {}); }
    [[nodiscard]] bool isEstablished() const override { return m_side->isEstablished(); }
    [[nodiscard]] bool hasEnded() const override { return m_side->sawCloseNotify(); }
    void end() override {
        if (isEstablished()) m_side->closeNotify();
    }

private:
    std::unique_ptr<Side> m_side;
    QByteArray m_early;
};

} // namespace sallyport::test
