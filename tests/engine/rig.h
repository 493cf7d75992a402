// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "tests/net/loopbackpeer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace sallyport::test {

/// A gateway on a free port with a scripted origin behind it, both on loopback.
class Rig {
public:
    /// `routes` is YAML; ORIGIN in it stands for the origin's URL.
    explicit Rig(QByteArray routes = defaultRoutes(), const QByteArray& settings = {}) {
        writeFile("routes.yaml", routes);
        const QByteArray access = settings.contains("access:") ? "" : "access: {token: none}\n";
        writeFile("settings.yaml", "listen: 127.0.0.1:0\n" + access + settings);
        EngineOptions options;
        options.configDir = m_config.path();
        options.stateDir = m_state.path();
        options.watchesFiles = false;
        engine = std::make_unique<Engine>(options);
    }

    /// An upstream that gives up soon; for tests that are about that. Elsewhere a slow machine
    /// would be taken for a silent origin.
    static QByteArray hastyRoutes() {
        return defaultRoutes().replace("first_byte: 10s, idle: 10s",
                                       "first_byte: 400ms, idle: 300ms");
    }
    static QByteArray defaultRoutes() {
        return "upstreams:\n"
               "  - name: origin\n"
               "    targets: [{url: \"ORIGIN\"}]\n"
               "    credential: none\n"
               "    timeouts: {connect: 2s, first_byte: 10s, idle: 10s}\n"
               "routes:\n"
               "  - {name: all, match: {path: /}, upstream: origin, access: open, "
               "keepalive_comment: 0s}\n";
    }

    void writeFile(const char* name, QByteArray text) {
        text.replace("ORIGIN", QByteArray("http://127.0.0.1:" + QByteArray::number(origin.port())));
        QFile file(m_config.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
    }
    [[nodiscard]] QByteArray readFile(const char* name) const {
        QFile file(m_config.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString pathOf(const char* name) const {
        return m_config.filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] QByteArray authority() const { return engine->status().address.toLatin1(); }
    [[nodiscard]] quint16 port() const {
        return static_cast<quint16>(authority().split(':').last().toUInt());
    }
    /// A client's connection to the gateway.
    [[nodiscard]] LoopbackPeer client() const { return connectToLoopback(port()); }
    [[nodiscard]] QByteArray get(const QByteArray& path) const {
        return "GET " + path + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n";
    }

    LoopbackServer origin;
    std::unique_ptr<Engine> engine;

private:
    QTemporaryDir m_config;
    QTemporaryDir m_state;
};

/// Waits until `peer` has got `text`; everything received is added to `all`.
inline bool receives(LoopbackPeer& peer, QByteArray& all, const QByteArray& text) {
    return QTest::qWaitFor([&] {
        all += peer.receive();
        return all.contains(text);
    });
}
inline bool ends(LoopbackPeer& peer, QByteArray& all) {
    return QTest::qWaitFor([&] {
        all += peer.receive();
        return peer.isAtEnd || peer.error != 0;
    });
}
inline LoopbackPeer accepted(LoopbackServer& server) {
    LoopbackPeer peer;
    const bool came = QTest::qWaitFor([&] {
        peer = server.accept();
        return peer.descriptor() >= 0;
    });
    Q_UNUSED(came)
    return peer;
}

} // namespace sallyport::test
