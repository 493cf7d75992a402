// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/authorityupdate.h"
#include "tests/net/loopbackpeer.h"
#include "tests/tls/tlslayer.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QString>
#include <QTest>

#include <functional>

namespace sallyport::test {

/// How the bytes of a test get to Sallyport and on, by SALLYPORT_TEST_TRANSPORT: the same rows run
/// in plain text, inside a tunnel that is opened, and to an origin that speaks TLS.
enum class Transport { Plain, Intercepted, TlsOrigin };

inline Transport transportOfRun() {
    const QByteArray word = qgetenv("SALLYPORT_TEST_TRANSPORT");
    if (word.isEmpty()) return Transport::Plain;
    if (word == "intercepted") return Transport::Intercepted;
    if (word == "tls-origin") return Transport::TlsOrigin;
    qFatal("SALLYPORT_TEST_TRANSPORT is intercepted, tls-origin or nothing");
}

/// What intercepted requests are for.
inline const QByteArray kTunnelHost = "origin.test";

/// The root of origins that speak TLS.
inline const CertifiedKey& originRoot() {
    static const CertifiedKey made = makeAuthority("Root of the origins");
    return made;
}

/// Makes each connection of `server` one by TLS.
inline void speakTls(LoopbackServer& server) {
    static const OpenSslPeer model(makeLeaf(originRoot(), "IP:127.0.0.1"));
    server.makeLayer = [] { return std::make_shared<TlsLayer<OpenSslPeer>>(model.again()); };
}

/// The routes of a test for that transport: the upstreams at ORIGIN speak TLS and are trusted, or
/// all routes are for kTunnelHost.
inline QByteArray routesFor(Transport transport, const QByteArray& yaml) {
    QString text = QString::fromUtf8(yaml);
    if (transport == Transport::TlsOrigin) {
        static const QRegularExpression block(
            QStringLiteral("\\n( +)(targets: \\[[^\\]]*ORIGIN[^\\]]*\\])\\n"));
        static const QRegularExpression flow(
            QStringLiteral(", (targets: \\[[^\\]]*ORIGIN[^\\]]*\\])"));
        text.replace(block, QStringLiteral("\n\\1\\2\n\\1tls: {ca_file: origin.pem}\n"));
        text.replace(flow, QStringLiteral(", \\1, tls: {ca_file: origin.pem}"));
        text.replace(QLatin1String("routes:\n"),
                     QLatin1String("routes:\n  - {name: forwarded, match: {host: \"127.0.0.1\"}, "
                                   "upstream: origin, access: open, keepalive_comment: 0s}\n"));
    }
    if (transport == Transport::Intercepted) {
        static const QRegularExpression match(QStringLiteral("match: \\{path: ([^,}]*)\\}"));
        text.replace(match, QStringLiteral("match: {host: origin.test, path: \\1}"));
        text += QLatin1String("intercept: [origin.test]\n");
    }
    return text.toUtf8();
}

/// Turns the loop until `isDone`; ten seconds at most.
inline bool turnUntil(const std::function<bool()>& isDone) {
    for (QDeadlineTimer deadline(10'000); !deadline.hasExpired();) {
        if (isDone()) return true;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    return false;
}

/// Opens a tunnel to kTunnelHost on a connection to Sallyport.
inline void enterTunnel(LoopbackPeer& peer, const QByteArray& root) {
    peer.send("CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n");
    QByteArray response;
    const bool isOpen = turnUntil([&] {
        response += peer.receive();
        return response.endsWith("\r\n\r\n");
    });
    if (!isOpen || !response.startsWith("HTTP/1.1 200 ")) qFatal("no tunnel");
    OpenSslClientOptions options;
    options.root = root;
    options.serverName = kTunnelHost;
    auto client = std::make_unique<OpenSslClient>(options);
    client->take();
    peer.setLayer(std::make_shared<TlsLayer<OpenSslClient>>(std::move(client)));
    if (!turnUntil([&] { return (peer.turn(), peer.isReady()); })) qFatal("no TLS in the tunnel");
}

/// For init(): skips the running row where tests/engine/unfit.txt says that it does not fit the
/// transport of this run, and why.
inline void skipUnfit() {
    if (transportOfRun() == Transport::Plain) return;
    QFile file(QFINDTESTDATA("../engine/unfit.txt"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no tests/engine/unfit.txt");
    const QByteArray executable =
        QFileInfo(QCoreApplication::applicationFilePath()).baseName().toUtf8();
    while (!file.atEnd()) {
        const QByteArrayList cells = file.readLine().trimmed().split('|');
        if (cells.size() != 5) continue;
        const auto is = [&](qsizetype i, const QByteArray& text) {
            return cells[i].trimmed() == text;
        };
        const QByteArray tag = cells[3].trimmed();
        if (is(0, qgetenv("SALLYPORT_TEST_TRANSPORT")) && is(1, executable) &&
            is(2, QTest::currentTestFunction()) &&
            (tag.isEmpty() || QByteArray(QTest::currentDataTag()).contains(tag)))
            QSKIP(cells[4].trimmed().constData());
    }
}

} // namespace sallyport::test
