// SPDX-License-Identifier: MIT
// The client of ./dev bench --only interception: TLS inside tunnels of CONNECT, or straight to a
// server (HOST is -), by OpenSSL; certificates are not checked.
//   tunnels rps PORT HOST CONNECTIONS SECONDS   requests done
//   tunnels handshakes PORT HOST COUNT          connections made one after the other, each with a
//                                               full handshake and one request
//   tunnels hold PORT COUNT SUFFIX              opens tunnels to h0.SUFFIX, h1.SUFFIX …, asks for
//                                               something in each, says "ready", waits for a line
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

int connectTo(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("connect");
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void enterTunnel(int socket, const std::string& host) {
    const std::string ask = "CONNECT " + host + ":443 HTTP/1.1\r\nHost: " + host + ":443\r\n\r\n";
    if (write(socket, ask.data(), ask.size()) < 0) fail("write");
    std::string response;
    char byte = 0;
    while (!response.ends_with("\r\n\r\n")) {
        if (read(socket, &byte, 1) != 1) fail("the proxy ended");
        response += byte;
    }
    if (!response.starts_with("HTTP/1.1 200 ")) fail(response.c_str());
}

class Client {
public:
    Client(SSL_CTX* context, int port, const std::string& host)
        : m_socket(connectTo(port))
        , m_ssl(SSL_new(context)) {
        const bool isTunnel = host != "-";
        if (isTunnel) enterTunnel(m_socket, host);
        const std::string name = isTunnel ? host : "localhost";
        SSL_set_tlsext_host_name(m_ssl.get(), name.c_str());
        SSL_set_fd(m_ssl.get(), m_socket);
        if (SSL_connect(m_ssl.get()) != 1) fail("TLS");
        m_ask = "GET /small HTTP/1.1\r\nHost: " + name + "\r\n\r\n";
    }
    ~Client() { close(m_socket); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void ask() {
        if (SSL_write(m_ssl.get(), m_ask.data(), static_cast<int>(m_ask.size())) <= 0)
            fail("SSL_write");
    }
    /// The whole response; it fits one record.
    void take() {
        char buffer[1 << 14];
        const int got = SSL_read(m_ssl.get(), buffer, sizeof buffer);
        if (got <= 0) fail("SSL_read");
        if (!std::string_view(buffer, static_cast<std::size_t>(got)).starts_with("HTTP/1.1 200"))
            fail("not 200");
    }
    [[nodiscard]] int socket() const { return m_socket; }

private:
    int m_socket;
    std::unique_ptr<SSL, Free> m_ssl;
    std::string m_ask;
};

using Context = std::unique_ptr<SSL_CTX, Free>;

Context makeContext() {
    Context context(SSL_CTX_new(TLS_client_method()));
    static const unsigned char kProtocols[] = "\x08http/1.1";
    SSL_CTX_set_alpn_protos(context.get(), kProtocols, sizeof kProtocols - 1);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    return context;
}

int requestsPerSecond(int port, const std::string& host, int connections, int seconds) {
    const Context context = makeContext();
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<pollfd> waits;
    for (int i = 0; i < connections; ++i) {
        clients.push_back(std::make_unique<Client>(context.get(), port, host));
        waits.push_back({clients.back()->socket(), POLLIN, 0});
    }
    std::puts("begin");
    std::fflush(stdout);
    std::getchar();
    for (const auto& client : clients)
        client->ask();
    long long done = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (std::chrono::steady_clock::now() < until) {
        poll(waits.data(), waits.size(), 1000);
        for (std::size_t i = 0; i < waits.size(); ++i) {
            if ((waits[i].revents & POLLIN) == 0) continue;
            clients[i]->take();
            clients[i]->ask();
            ++done;
        }
    }
    std::printf("%lld\n", done);
    return 0;
}

int handshakes(int port, const std::string& host, int count) {
    const Context context = makeContext();
    for (int i = 0; i < count; ++i) {
        Client client(context.get(), port, host);
        client.ask();
        client.take();
    }
    return 0;
}

int hold(int port, int count, const std::string& suffix) {
    const Context context = makeContext();
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(
            std::make_unique<Client>(context.get(), port, "h" + std::to_string(i) + '.' + suffix));
        clients.back()->ask();
        clients.back()->take();
    }
    std::puts("ready");
    std::fflush(stdout);
    std::getchar();
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    const auto number = [&](std::size_t i) { return std::atoi(words[i].c_str()); };
    if (words.size() == 5 && words[0] == "rps")
        return requestsPerSecond(number(1), words[2], number(3), number(4));
    if (words.size() == 4 && words[0] == "handshakes")
        return handshakes(number(1), words[2], number(3));
    if (words.size() == 4 && words[0] == "hold") return hold(number(1), number(2), words[3]);
    std::fputs("tunnels rps PORT HOST CONNECTIONS SECONDS | handshakes PORT HOST COUNT | "
               "hold PORT COUNT SUFFIX\n",
               stderr);
    return 2;
}
