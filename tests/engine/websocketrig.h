// SPDX-License-Identifier: MIT
#pragma once

#include "tests/engine/rig.h"
#include "tests/http/websocketframe.h"

#include <map>

namespace sallyport::test {

/// The three ways in which a WebSocket comes to its origin.
enum class Way { Route, AbsoluteForm, Connect };

inline void addWays() {
    QTest::addColumn<Way>("way");
    QTest::newRow("through a route") << Way::Route;
    QTest::newRow("in absolute-form") << Way::AbsoluteForm;
    QTest::newRow("inside CONNECT") << Way::Connect;
}

/// How long a test waits for what has to come, on a machine that is busy with other things.
constexpr int kPatience = 30'000;

/// A gateway with a route to the origin and an open forward proxy, and what it tells of exchanges.
class WebSocketRig {
public:
    /// `originPort` 0: the rig's own scripted origin.
    explicit WebSocketRig(quint16 originPort = 0)
        : m_originPort(originPort) {
        rig = std::make_unique<Rig>(routes());
        if (originPort == 0) m_originPort = rig->origin.port();
        QObject::connect(rig->engine.get(), &Engine::exchangesChanged, &m_context,
                         [this](const QVector<ExchangeRecord>& changed) {
                             for (const ExchangeRecord& each : changed)
                                 records[each.id] = each;
                         });
        QObject::connect(rig->engine.get(), &Engine::detailChanged, &m_context,
                         [this](const ExchangeDetail& changed) { m_detail = changed; });
    }

    [[nodiscard]] bool open() { return rig->engine->open(); }
    [[nodiscard]] QByteArray origin() const {
        return "127.0.0.1:" + QByteArray::number(m_originPort);
    }
    /// A connection that has said what comes before the handshake; inside CONNECT, that it stands.
    [[nodiscard]] LoopbackPeer client(Way way) const {
        LoopbackPeer peer = rig->client();
        if (way != Way::Connect) return peer;
        peer.send(
            QByteArray("CONNECT " + origin() + " HTTP/1.1\r\nHost: " + origin() + "\r\n\r\n"));
        QByteArray response;
        if (!receives(peer, response, "\r\n\r\n")) peer.close();
        return peer;
    }
    [[nodiscard]] QByteArray request(Way way, const QByteArray& fields,
                                     const QByteArray& path = "/ws") const {
        const QByteArray host = way == Way::Route ? rig->authority() : origin();
        const QByteArray start = way == Way::AbsoluteForm ? "http://" + host : QByteArray();
        return "GET " + start + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
    }
    [[nodiscard]] QByteArray handshake(Way way, const QByteArray& more = {}) const {
        return request(way, "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                                more);
    }
    static QByteArray response(const QByteArray& more = {}) {
        return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" +
               more + "\r\n";
    }

    /// The latest exchange, once it has ended.
    [[nodiscard]] ExchangeRecord ended() {
        const bool hasEnded = QTest::qWaitFor(
            [this] {
                return !records.empty() && records.rbegin()->second.end != ExchangeEnd::Running;
            },
            kPatience);
        return hasEnded ? records.rbegin()->second : ExchangeRecord();
    }
    /// All that is kept of the latest exchange.
    [[nodiscard]] ExchangeDetail detail() {
        m_detail = {};
        rig->engine->watchExchange(records.rbegin()->first);
        const bool came = QTest::qWaitFor([this] { return m_detail.record.id != 0; }, kPatience);
        Q_UNUSED(came)
        return m_detail;
    }

    std::unique_ptr<Rig> rig;
    std::map<quint64, ExchangeRecord> records;

private:
    [[nodiscard]] QByteArray routes() const {
        QByteArray text = Rig::defaultRoutes() + "forward: {enabled: true, ports: [1-65535]}\n";
        // None of these tests is about an origin that is late.
        text.replace("first_byte: 400ms, idle: 300ms", "first_byte: 60s, idle: 60s");
        if (m_originPort != 0) text.replace("ORIGIN", QByteArray("http://" + origin()));
        return text;
    }

    QObject m_context;
    ExchangeDetail m_detail;
    quint16 m_originPort;
};

} // namespace sallyport::test
