// SPDX-License-Identifier: MIT
#pragma once

#include "tests/net/testcertificates.h"

#include <QSslSocket>
#include <QTcpServer>

#include <map>

namespace sallyport::test {

/// Answers `/healthz`, the Messages API's `/v1/models`, and, as an intercepting proxy, requests
/// inside CONNECT with a certificate of its own authority.
class FakeSallyport : public QTcpServer {
public:
    FakeSallyport() { listen(QHostAddress::LocalHost); }
    [[nodiscard]] QString address() const {
        return QStringLiteral("127.0.0.1:%1").arg(serverPort());
    }

    CertifiedKey authority = makeAuthority("Local CA of a test");
    std::map<QByteArray, int> statuses; ///< by path; anything else is 404
    QByteArray date;                    ///< a whole field line, or nothing
    QByteArrayList asked;

protected:
    void incomingConnection(qintptr descriptor) override {
        auto* socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSslConfiguration(serverConfiguration(
            makeLeaf(authority, "DNS:api.anthropic.com,DNS:platform.claude.com")));
        connect(socket, &QSslSocket::readyRead, socket, [this, socket] { serve(*socket); });
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    }

private:
    void serve(QSslSocket& socket) {
        const QByteArray request = socket.readAll();
        asked << request;
        if (request.startsWith("CONNECT ")) {
            socket.write("HTTP/1.1 200 OK\r\n\r\n");
            socket.startServerEncryption();
            return;
        }
        const auto found = statuses.find(request.split(' ').value(1));
        const int status = found == statuses.end() ? 404 : found->second;
        const QByteArray body = R"({"data":[{"id":"claude-a"}]})";
        socket.write("HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + date +
                     "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
};

} // namespace sallyport::test
