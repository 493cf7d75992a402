// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"
#include "core/http/responseparser.h"
#include "tests/engine/rig.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <deque>
#include <list>

namespace sallyport::test {

/// As what the client uses Sallyport.
enum class Mode { Gateway, Forward };
enum class Then { Keep, Close, Reset };

/// What the origin says to one request.
struct Response {
    QByteArray bytes;
    Then then = Then::Keep;
    bool isEarly = false; ///< at the request's head, whatever content is still to come
};

/// A request as the origin read it.
struct Seen {
    RequestHead head;
    QByteArray content;
    FieldList trailers;
    [[nodiscard]] QByteArray line() const { return head.method + ' ' + head.target.text; }
    [[nodiscard]] QByteArray all(const char* name) const { return head.fields.combined(name); }
};

/// A final response as the client read it, with the interim ones before it.
struct Got {
    ResponseHead head;
    QByteArray content;
    FieldList trailers;
    std::vector<ResponseHead> interim;
    bool isWhole = false;
    [[nodiscard]] QByteArray all(const char* name) const { return head.fields.combined(name); }
};

/// What is left over behind the responses, and the responses.
struct Reader {
    std::vector<Got> responses;
    QByteArray surplus;
    bool isBad = false;
};

/// Reads `bytes` as the responses to requests of these methods; `isAtEnd`: nothing more comes.
inline Reader readAll(QByteArrayView bytes, const std::vector<QByteArray>& methods, bool isAtEnd) {
    Reader out;
    for (const QByteArray& method : methods) {
        if (bytes.isEmpty()) break;
        ResponseParser parser;
        parser.expectResponseTo(method);
        Got got;
        bool isGoing = true;
        while (isGoing) {
            const ParseOutcome step = parser.next(bytes);
            bytes = bytes.sliced(step.consumed);
            isGoing = step.step == ParseStep::Head || step.step == ParseStep::Body;
            got.content.append(step.body);
            if (step.step == ParseStep::Head) got.head = parser.head();
            if (step.step == ParseStep::Error) out.isBad = true;
            if (step.step == ParseStep::End && got.head.isInterim()) {
                got.interim.push_back(got.head);
                parser.reset();
                isGoing = true;
            } else if (step.step == ParseStep::End) {
                got.isWhole = true;
                got.trailers = parser.trailers();
            } else if (step.step == ParseStep::NeedMore && isAtEnd) {
                got.isWhole = parser.finish().step == ParseStep::End;
            }
        }
        out.responses.push_back(std::move(got));
    }
    out.surplus = bytes.toByteArray();
    return out;
}

/// An origin that reads what comes on all its connections and answers by the script. A request for
/// /probe is answered with the text that its query has.
class ScriptedOrigin {
public:
    explicit ScriptedOrigin(LoopbackServer& server)
        : m_server(server) {}

    void expect(std::deque<Response> answers) {
        m_answers = std::move(answers);
        m_seen.clear();
    }
    /// Takes what has come.
    void step() {
        for (LoopbackPeer peer = m_server.accept(); peer.descriptor() >= 0;
             peer = m_server.accept())
            m_lines.emplace_back().peer = std::move(peer);
        for (auto line = m_lines.begin(); line != m_lines.end();)
            line = isOver(*line) ? m_lines.erase(line) : std::next(line);
    }
    [[nodiscard]] const std::vector<Seen>& seen() const { return m_seen; }
    /// Every byte that came, probes and all; never reset.
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    struct Line {
        LoopbackPeer peer;
        RequestParser parser;
        Seen request;
        QByteArray rest;
    };

    bool isOver(Line& line) {
        const QByteArray came = line.peer.receive();
        m_bytes += came;
        line.rest += came;
        QByteArrayView input = line.rest;
        while (true) {
            const ParseOutcome step = line.parser.next(input);
            input = input.sliced(step.consumed);
            line.request.content.append(step.body);
            if (step.step == ParseStep::Error) qFatal("the origin cannot read what it got");
            if (step.step == ParseStep::NeedMore) break;
            if (step.step == ParseStep::Head && headCame(line)) return true;
            if (step.step == ParseStep::End && requestCame(line)) return true;
        }
        line.rest = input.toByteArray();
        return line.peer.isAtEnd || line.peer.error != 0;
    }
    bool headCame(Line& line) {
        line.request.head = line.parser.head();
        const bool isEarly = !m_answers.empty() && m_answers.front().isEarly;
        return isEarly && say(line);
    }
    bool requestCame(Line& line) {
        Seen request = std::exchange(line.request, {});
        request.trailers = line.parser.trailers();
        line.parser.reset();
        const QByteArray target = request.head.target.text;
        if (target.startsWith("/probe?")) {
            const QByteArray text = target.mid(7);
            line.peer.send(QByteArray("HTTP/1.1 200 OK\r\nContent-Length: " +
                                      QByteArray::number(text.size()) + "\r\n\r\n" + text));
            return false;
        }
        m_seen.push_back(std::move(request));
        return !m_answers.empty() && !m_answers.front().isEarly && say(line);
    }
    bool say(Line& line) {
        const Response response = m_answers.front();
        m_answers.pop_front();
        line.peer.send(response.bytes);
        if (response.then == Then::Keep) return false;
        if (response.then == Then::Close)
            line.peer.close();
        else
            line.peer.reset();
        return true;
    }

    LoopbackServer& m_server;
    std::list<Line> m_lines;
    std::deque<Response> m_answers;
    std::vector<Seen> m_seen;
    QByteArray m_bytes;
};

/// One client connection, what it sent for which methods and what it got.
struct Client {
    LoopbackPeer peer;
    std::vector<QByteArray> methods;
    QByteArray bytes;

    [[nodiscard]] bool hasEnded() const { return peer.isAtEnd || peer.error != 0; }
    [[nodiscard]] Reader read() const { return readAll(bytes, methods, peer.isAtEnd); }
    [[nodiscard]] std::size_t wholeOnes() const {
        std::size_t whole = 0;
        for (const Got& each : readAll(bytes, methods, false).responses)
            whole += each.isWhole ? 1U : 0U;
        return whole;
    }
};

/// A whole gateway between a scripted origin and clients of bare bytes, for many rows.
class Play {
public:
    explicit Play(QByteArray routes = defaultRoutes(), const QByteArray& settings = {})
        : rig(std::move(routes), settings)
        , origin(rig.origin) {}

    static QByteArray defaultRoutes() {
        return "upstreams:\n"
               "  - name: origin\n"
               "    targets: [{url: \"ORIGIN\"}]\n"
               "    credential: none\n"
               "    timeouts: {connect: 10s, first_byte: 20s, idle: 20s}\n"
               "routes:\n"
               "  - {name: all, match: {path: /}, upstream: origin, access: open, "
               "keepalive_comment: 0s}\n"
               "forward: {enabled: true, ports: [1-65535]}\n";
    }

    /// `@T@` becomes what stands before a path in the target, `@H@` the authority for Host, `@O@`
    /// the origin's, `@@` a NUL.
    [[nodiscard]] QByteArray placed(QByteArray bytes, Mode mode) const {
        const bool isInside = rig.transport == Transport::Intercepted;
        const QByteArray target = "127.0.0.1:" + QByteArray::number(rig.origin.port());
        const QByteArray host = isInside ? kTunnelHost : target;
        const bool isForward = mode == Mode::Forward;
        const char* const scheme = isInside ? "https://" : "http://";
        bytes.replace("@T@", isForward ? QByteArray(scheme + host) : QByteArray());
        bytes.replace("@H@", isForward ? host : rig.authority());
        bytes.replace("@O@", target);
        return bytes.replace("@@", QByteArray(1, '\0'));
    }
    [[nodiscard]] Client connect() const { return {rig.client(), {}, {}}; }

    /// Sends and waits until all that was asked for on this connection is answered or it ends.
    bool tell(Client& client, const QByteArray& bytes, std::vector<QByteArray> methods = {"GET"}) {
        client.methods.insert(client.methods.end(), methods.begin(), methods.end());
        client.peer.send(bytes);
        return waitFor(client, [&client] { return client.wholeOnes() >= client.methods.size(); });
    }
    /// Waits until the connection has ended or `isDone`.
    template <typename Predicate>
    bool waitFor(Client& client, Predicate isDone) {
        // QTest::qWaitFor() naps between its looks, which adds up over some hundred rows.
        QDeadlineTimer deadline(20'000);
        while (!deadline.hasExpired()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            origin.step();
            client.bytes += client.peer.receive();
            if (client.hasEnded() || isDone()) return true;
        }
        return false;
    }
    bool waitForEnd(Client& client) {
        return waitFor(client, [] { return false; });
    }
    /// Asks for something with a response of its own, on this connection or, when it has ended, on
    /// a new one: true when that response comes, whole, and nothing besides.
    bool isNextResponseItsOwn(Client& client, Mode mode) {
        const QByteArray text = "probe-" + QByteArray::number(++m_probes);
        Client fresh = connect();
        Client& used = client.hasEnded() ? fresh : client;
        const QByteArray probe =
            placed(QByteArray("GET @T@/probe?" + text + " HTTP/1.1\r\nHost: @H@\r\n\r\n"), mode);
        if (!tell(used, probe)) return false;
        const Reader read = used.read();
        return !read.isBad && read.surplus.isEmpty() && read.responses.back().isWhole &&
               read.responses.back().head.status == 200 && read.responses.back().content == text;
    }

    Rig rig;
    ScriptedOrigin origin;

private:
    int m_probes = 0;
};

} // namespace sallyport::test

Q_DECLARE_METATYPE(sallyport::test::Mode)
Q_DECLARE_METATYPE(sallyport::test::Then)
