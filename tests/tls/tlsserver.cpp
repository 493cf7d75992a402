// SPDX-License-Identifier: MIT
// The server side of TLS on a port of 127.0.0.1, without the proxy around it: for sslscan and for
// the comparison with nginx. Answers each connection's first request with 200 and closes.
//   tls_server STATE_DIR PORT HOST…     PORT 0: any; prints `listening on 127.0.0.1:PORT`
#include "core/authority/localauthority.h"
#include "core/net/listener.h"
#include "core/net/streamreactor.h"
#include "core/tls/tlshandshake.h"
#include "core/tls/tlsstream.h"

#include <QCoreApplication>

#include <cstdio>
#include <unordered_map>

using namespace sallyport;

namespace {

struct Server;

class Connection final : public TlsHandshake::Observer, public StreamObserver, DeferredTask {
public:
    Connection(Server& server, StreamPtr plain, std::unique_ptr<TlsEngine> engine);

private:
    void handshakeDone(StreamPtr stream) override {
        m_stream = std::move(stream);
        m_stream->setObserver(this);
        m_stream->setReading(true);
    }
    void handshakeFailed(const TlsHandshakeFailure&) override { over(); }
    void streamReceived(QByteArrayView bytes) override {
        m_request.append(bytes.data(), bytes.size());
        if (!m_request.contains("\r\n\r\n")) return;
        m_stream->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK", {});
        m_stream->closeGracefully();
        over();
    }
    void streamPeerFinished() override { over(); }
    void streamWritable() override {}
    void streamFailed(const StreamError&) override { over(); }
    void runDeferred() override;
    void over();

    Server& m_server;
    std::unique_ptr<TlsHandshake> m_handshake;
    StreamPtr m_stream;
    QByteArray m_request;
};

struct Server {
    Server(const QString& stateDir, QByteArray shown)
        : authority(stateDir, clock)
        , host(std::move(shown)) {}
    void accept(StreamPtr plain) {
        auto engine = authority.engineFor(host);
        if (!engine) qFatal("%s", qPrintable(engine.error()));
        auto made =
            std::make_unique<Connection>(*this, std::move(plain), std::move(engine).value());
        Connection* const key = made.get();
        connections.emplace(key, std::move(made));
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    LocalAuthority authority;
    QByteArray host;
    std::unordered_map<Connection*, std::unique_ptr<Connection>> connections;
    Listener listener{*reactor, [this](StreamPtr stream) { accept(std::move(stream)); }};
};

Connection::Connection(Server& server, StreamPtr plain, std::unique_ptr<TlsEngine> engine)
    : m_server(server)
    , m_handshake(std::make_unique<TlsHandshake>(
          std::move(plain), std::move(engine),
          TlsSurroundings{server.reactor->deferredTasks(), server.deadlines}, *this)) {}

void Connection::over() { m_server.reactor->deferredTasks().add(*this); }

void Connection::runDeferred() {
    Server& server = m_server;
    const auto self = std::move(server.connections.at(this));
    server.connections.erase(this);
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 4) return 2;
    HostList hosts;
    for (const QString& word : words.sliced(3))
        hosts.push_back(word.toLatin1());
    const QByteArray first = hosts.front();
    std::sort(hosts.begin(), hosts.end());
    const auto made =
        updateAuthority(words[1], hosts, QDateTime::currentDateTimeUtc(), AuthorityWish::Create);
    if (!made) qFatal("%s", qPrintable(made.error()));
    Server server(words[1], first);
    const auto bound = server.listener.listen(QHostAddress::LocalHost, words[2].toUShort());
    if (!bound) qFatal("%s", qPrintable(bound.error().detail));
    std::printf("listening on 127.0.0.1:%d\n", bound->port);
    std::fflush(stdout);
    return QCoreApplication::exec();
}
