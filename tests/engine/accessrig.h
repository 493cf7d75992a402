// SPDX-License-Identifier: MIT
#pragma once

#include "rig.h"

namespace sallyport::test {

/// The route of the defaults with more keys.
inline QByteArray routes(const QByteArray& ofRoute,
                         const QByteArray& ofUpstream = "credential: none") {
    return Rig::defaultRoutes()
        .replace("keepalive_comment: 0s", QByteArray("keepalive_comment: 0s, " + ofRoute))
        .replace("credential: none", ofUpstream);
}

inline QByteArray post(const QByteArray& path, const QByteArray& content,
                       const QByteArray& fields = {}) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Type: application/json\r\n" + fields +
           "Content-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
}

inline QByteArray response(int status, const QByteArray& content, const QByteArray& fields = {}) {
    return "HTTP/1.1 " + QByteArray::number(status) + " R\r\n" + fields +
           "Content-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
}

inline const QByteArray kModel = "{\"model\":\"claude-opus-5-5\",\"messages\":[]}";

class AccessRig : public Rig {
public:
    using Rig::Rig;

    /// A client that has sent `request`, in which PORT stands for the gateway's.
    [[nodiscard]] LoopbackPeer sent(QByteArray request) const {
        LoopbackPeer peer = client();
        peer.send(request.replace("PORT", QByteArray::number(port())));
        return peer;
    }
    [[nodiscard]] ExchangeRecord record(QSignalSpy& changes, quint64 id) const {
        ExchangeRecord found;
        const bool came = QTest::qWaitFor([&] {
            for (const auto& signal : changes)
                for (const auto& each : signal.at(0).value<QVector<ExchangeRecord>>())
                    if (each.id == id) found = each;
            return found.phase == ExchangePhase::Ended;
        });
        Q_UNUSED(came)
        return found;
    }
};

/// The id of the newest record.
inline quint64 lastId(const QSignalSpy& changes) {
    quint64 id = 0;
    for (const auto& signal : changes)
        for (const auto& each : signal.at(0).value<QVector<ExchangeRecord>>())
            id = std::max(id, each.id);
    return id;
}

} // namespace sallyport::test
