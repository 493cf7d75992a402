// SPDX-License-Identifier: MIT
// The origin and the client of ./dev bench, in one program without a library:
//   load origin PORT                      answers GET /small, POST /turn, GET /sse until killed
//   load rps PORT CONNECTIONS SECONDS     requests done, and how long the middle one took
//   load turn PORT COUNT                  64 KiB POST: time to the first byte of the response
//   load sse PORT STREAMS [GAP EVENTS]    delay of each event, from the origin's clock to ours;
//                                         GAP: milliseconds between two events of a stream
// Every client checks what it gets and ends with 1 when something is wrong. Plain blocking sockets
// and threads where the rate is low, epoll where it is high.
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
/// How an event stream goes; the path of a request says it: `/sse?gap=5&events=100`.
struct Pace {
    int gapMillis = 5;
    int events = 100;
};
constexpr std::string_view kSmallBody =
    "0123456789012345678901234567890123456789012345678901234567890123"
    "012345678901234567890123456789012345";

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

long long nowNs() { return Clock::now().time_since_epoch().count(); }

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void noDelay(int socket) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connectTo(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("connect");
    noDelay(socket);
    return socket;
}

void sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string chunk(std::string_view bytes) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + std::string(bytes) + "\r\n";
}

// ---- origin: an epoll thread for the quick answers, a thread for each event stream --------------

Pace paceOf(std::string_view line) {
    const auto value = [line](std::string_view name) {
        const std::size_t at = line.find(name);
        return at == std::string_view::npos ? 0 : number(line.substr(at + name.size()));
    };
    return {value("gap="), value("events=")};
}

void streamEvents(int socket, Pace pace) {
    auto next = Clock::now();
    for (int i = 0; i < pace.events; ++i) {
        std::this_thread::sleep_until(next += std::chrono::milliseconds(pace.gapMillis));
        sendAll(socket,
                chunk("data: " + std::to_string(i) + " " + std::to_string(nowNs()) + "\n\n"));
    }
    sendAll(socket, "0\r\n\r\n");
    close(socket);
}

const std::string kSmallResponse =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
    std::to_string(kSmallBody.size()) + "\r\n\r\n" + std::string(kSmallBody);
const std::string kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
/// Said, because streamEvents() closes: who does not say so may close on the next request.
const std::string kEventsHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// Responses every whole request at the front of `input`; false when the socket was given away.
bool respondToAll(int socket, std::string& input, int epoll) {
    for (;;) {
        const std::size_t end = input.find("\r\n\r\n");
        if (end == std::string::npos) return true;
        std::size_t length = 0;
        for (const char* name : {"Content-Length: ", "content-length: "})
            if (const auto at = input.find(name); at < end)
                length =
                    static_cast<std::size_t>(number(std::string_view(input).substr(at + 16, 12)));
        if (input.size() < end + 4 + length) return true;
        const std::string_view line = std::string_view(input).substr(0, input.find('\r'));
        if (line.find("/sse") != std::string_view::npos) {
            epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nullptr);
            sendAll(socket, kEventsHead);
            std::thread(streamEvents, socket, paceOf(line)).detach();
            return false;
        }
        if (line.find("/turn") != std::string_view::npos)
            sendAll(socket, kStreamHead + chunk("data: first\n\n") + "0\r\n\r\n");
        else
            sendAll(socket, kSmallResponse);
        input.erase(0, end + 4 + length);
    }
}

int origin(int port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const sockaddr_in address = loopback(port);
    if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("bind");
    if (listen(listener, 1024) != 0) fail("listen");
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{EPOLLIN, {.fd = listener}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    std::unordered_map<int, std::string> inputs;
    std::vector<char> buffer(1 << 17);
    for (;;) {
        epoll_event events[64];
        const int count = epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < count; ++i) {
            const int socket = events[i].data.fd;
            if (socket == listener) {
                epoll_event add{EPOLLIN, {.fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)}};
                noDelay(add.data.fd);
                epoll_ctl(epoll, EPOLL_CTL_ADD, add.data.fd, &add);
                continue;
            }
            const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
            std::string& input = inputs[socket];
            if (got > 0) input.append(buffer.data(), static_cast<std::size_t>(got));
            if (got <= 0) close(socket);
            if (got <= 0 || !respondToAll(socket, input, epoll)) inputs.erase(socket);
        }
    }
}

// ---- clients ------------------------------------------------------------------------------------

void printTimes(const char* what, std::vector<double>& milliseconds) {
    if (milliseconds.empty()) fail("nothing came");
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto at = [&](double part) {
        return milliseconds[static_cast<std::size_t>(part * double(milliseconds.size() - 1))];
    };
    std::printf("%s %zu p50 %.4f p99 %.4f p99.9 %.4f\n", what, milliseconds.size(), at(0.5),
                at(0.99), at(0.999));
}

std::string request(int port, const char* method, const char* target, std::size_t length) {
    std::string text = std::string(method) + " " + target +
                       " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\n";
    if (length)
        text +=
            "Content-Type: application/json\r\nContent-Length: " + std::to_string(length) + "\r\n";
    return text + "\r\n" + std::string(length, 'x');
}

int requestsPerSecond(int port, int connections, int seconds) {
    const std::string ask = request(port, "GET", "/small", 0);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    std::unordered_map<int, std::pair<std::string, Clock::time_point>> open;
    for (int i = 0; i < connections; ++i) {
        const int socket = connectTo(port);
        epoll_event event{EPOLLIN, {.fd = socket}};
        epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
        open[socket].second = Clock::now();
        sendAll(socket, ask);
    }
    std::vector<double> times;
    std::vector<char> buffer(1 << 16);
    const auto until = Clock::now() + std::chrono::seconds(seconds);
    while (Clock::now() < until) {
        epoll_event events[64];
        const int count = epoll_wait(epoll, events, 64, 1000);
        for (int i = 0; i < count; ++i) {
            auto& [response, began] = open[events[i].data.fd];
            const ssize_t got = recv(events[i].data.fd, buffer.data(), buffer.size(), 0);
            if (got <= 0) fail("a connection ended");
            response.append(buffer.data(), static_cast<std::size_t>(got));
            if (!response.ends_with(kSmallBody)) continue;
            if (!response.starts_with("HTTP/1.1 200")) fail("not 200");
            const auto now = Clock::now();
            times.push_back(std::chrono::duration<double, std::milli>(now - began).count());
            response.clear();
            began = now;
            sendAll(events[i].data.fd, ask);
        }
    }
    printTimes("rps", times);
    return 0;
}

int firstBytes(int port, int count) {
    const std::string ask = request(port, "POST", "/turn", 64 * 1024);
    const int socket = connectTo(port);
    std::vector<double> times;
    char buffer[1 << 14];
    for (int i = 0; i < count; ++i) {
        const auto began = Clock::now();
        sendAll(socket, ask);
        std::string response;
        while (response.find("0\r\n\r\n") == std::string::npos) {
            const ssize_t got = recv(socket, buffer, sizeof buffer, 0);
            if (got <= 0) fail("the connection ended");
            if (response.empty())
                times.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - began).count());
            response.append(buffer, static_cast<std::size_t>(got));
            if (response.size() > 12 && !response.starts_with("HTTP/1.1 200 ")) fail("not 200");
        }
        if (response.find("data: first\n\n") == std::string::npos) fail("another response");
    }
    printTimes("turn", times);
    return 0;
}

/// Delays of one stream's events, in milliseconds; fewer than were asked for when one was lost or
/// in the wrong place.
std::vector<double> oneStream(int port, Pace pace) {
    const int socket = connectTo(port);
    const std::string target =
        "/sse?gap=" + std::to_string(pace.gapMillis) + "&events=" + std::to_string(pace.events);
    sendAll(socket, request(port, "GET", target.c_str(), 0));
    std::vector<double> delays;
    std::string input;
    char buffer[1 << 14];
    ssize_t got = 0;
    while ((got = recv(socket, buffer, sizeof buffer, 0)) > 0) {
        const long long now = nowNs();
        input.append(buffer, static_cast<std::size_t>(got));
        for (std::size_t end; (end = input.find("\n\n")) != std::string::npos;) {
            const std::string_view line = std::string_view(input).substr(0, end);
            const std::string mark = "data: " + std::to_string(delays.size()) + " ";
            const std::size_t at = line.find(mark);
            if (at == std::string_view::npos) return {};
            const long long sent = std::strtoll(line.data() + at + mark.size(), nullptr, 10);
            delays.push_back(double(now - sent) / 1e6);
            input.erase(0, end + 2);
        }
        if (input.find("\r\n0\r\n\r\n") != std::string::npos) break;
    }
    close(socket);
    return delays;
}

/// They begin one after the other, so that their events do not come all at once.
int streams(int port, int count, Pace pace) {
    std::mutex mutex;
    std::vector<double> all;
    std::atomic<int> broken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        std::this_thread::sleep_for(std::chrono::microseconds(pace.gapMillis * 1000 / count));
        threads.emplace_back([&] {
            const std::vector<double> delays = oneStream(port, pace);
            if (delays.size() != static_cast<std::size_t>(pace.events)) ++broken;
            const std::lock_guard lock(mutex);
            all.insert(all.end(), delays.begin(), delays.end());
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    printTimes("sse", all);
    if (broken) std::fprintf(stderr, "%d streams lost an event\n", broken.load());
    return broken ? 1 : 0;
}

} // namespace

int main(int count, char** arguments) {
    const std::vector<std::string_view> words(arguments + 1, arguments + count);
    if (words.size() == 2 && words[0] == "origin") return origin(number(words[1]));
    if (words.size() == 4 && words[0] == "rps")
        return requestsPerSecond(number(words[1]), number(words[2]), number(words[3]));
    if (words.size() == 3 && words[0] == "turn")
        return firstBytes(number(words[1]), number(words[2]));
    if (words.size() == 3 && words[0] == "sse")
        return streams(number(words[1]), number(words[2]), {});
    if (words.size() == 5 && words[0] == "sse")
        return streams(number(words[1]), number(words[2]), {number(words[3]), number(words[4])});
    std::fputs("load origin PORT | rps PORT CONNECTIONS SECONDS | turn PORT COUNT | "
               "sse PORT STREAMS [GAP EVENTS]\n",
               stderr);
    return 2;
}
