// SPDX-License-Identifier: MIT
#pragma once

#include "tests/gateway/rig.h"

#include <QSignalSpy>

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
    explicit FaultRig(const QByteArray& settings = {})
        : Rig(defaultRoutes(), settings)
        , m_records(gateway.get(), &Gateway::exchangesChanged) {}

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

} // namespace sallyport::test
