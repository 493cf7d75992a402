// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"
#include "tests/engine/transport.h"

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
        if (transport == Transport::TlsOrigin) {
            speakTls(origin);
            writeFile("origin.pem", originRoot().certificate);
        }
        if (transport == Transport::Intercepted) makeLocalAuthority();
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
        const char* const scheme = transport == Transport::TlsOrigin ? "https" : "http";
        if (qstrcmp(name, "routes.yaml") == 0) text = routesFor(transport, text);
        text.replace("ORIGIN",
                     QByteArray(scheme + ("://127.0.0.1:" + QByteArray::number(origin.port()))));
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
    /// Whom a client names in Host.
    [[nodiscard]] QByteArray authority() const {
        return transport == Transport::Intercepted ? kTunnelHost
                                                   : engine->status().address.toLatin1();
    }
    [[nodiscard]] quint16 port() const {
        return static_cast<quint16>(engine->status().address.split(u':').last().toUInt());
    }
    /// A client's connection to the gateway, or inside a tunnel of it.
    [[nodiscard]] LoopbackPeer client() const {
        LoopbackPeer peer = connectToLoopback(port());
        if (transport == Transport::Intercepted) enterTunnel(peer, m_root);
        return peer;
    }
    [[nodiscard]] QByteArray get(const QByteArray& path) const {
        return "GET " + path + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n";
    }

    const Transport transport = transportOfRun();
    LoopbackServer origin;
    std::unique_ptr<Engine> engine;

private:
    void makeLocalAuthority() {
        const auto made = updateAuthority(m_state.path(), {kTunnelHost},
                                          QDateTime::currentDateTimeUtc(), AuthorityWish::Create);
        if (!made) qFatal("%s", qPrintable(made.error()));
        QFile bundle(AuthorityFolder(m_state.path()).bundlePath());
        if (bundle.open(QIODevice::ReadOnly)) m_root = bundle.readAll();
    }

    QByteArray m_root; ///< PEM, of tunnels
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
    const bool isReady = turnUntil([&] { return (peer.turn(), peer.isReady()); });
    Q_UNUSED(came)
    Q_UNUSED(isReady)
    return peer;
}

} // namespace sallyport::test
