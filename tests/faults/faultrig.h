// SPDX-License-Identifier: MIT
#pragma once

#include "tests/engine/rig.h"

#include <QSignalSpy>

#include <vector>

namespace sallyport::test {

/// How a connection ended, as its peer sees it.
enum class Ended { No, ByClose, ByReset };

inline Ended endOf(const LoopbackPeer& peer) {
    if (peer.error != 0) return Ended::ByReset;
    return peer.isAtEnd ? Ended::ByClose : Ended::No;
}

/// A rig that keeps what the log was told of the last exchange.
class FaultRig : public Rig {
public:
    explicit FaultRig(const QByteArray& routes = defaultRoutes())
        : Rig(routes)
        , m_records(engine.get(), &Engine::exchangesChanged) {}

    /// The last exchange once it has ended; one that has not where that does not come.
    [[nodiscard]] ExchangeRecord endedRecord() {
        ExchangeRecord last;
        const bool came = QTest::qWaitFor([&] {
            if (m_records.isEmpty()) return false;
            last = m_records.last().at(0).value<QVector<ExchangeRecord>>().last();
            return last.phase == ExchangePhase::Ended;
        });
        Q_UNUSED(came)
        return last;
    }
    [[nodiscard]] bool hasRecords() const { return !m_records.isEmpty(); }

private:
    QSignalSpy m_records;
};

/// A listener that never accepts, its backlog full: the next SYN gets no response.
class BlackHole {
public:
    BlackHole() {
        ::listen(m_server.descriptor(), 0);
        for (int i = 0; i < 4; ++i) {
            LoopbackPeer filler(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            sockaddr_in in{};
            in.sin_family = AF_INET;
            in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            in.sin_port = htons(m_server.port());
            ::connect(filler.descriptor(), reinterpret_cast<sockaddr*>(&in), sizeof in);
            m_fillers.push_back(std::move(filler));
        }
    }
    [[nodiscard]] QByteArray authority() const {
        return "127.0.0.1:" + QByteArray::number(m_server.port());
    }

private:
    LoopbackServer m_server;
    std::vector<LoopbackPeer> m_fillers;
};

} // namespace sallyport::test
