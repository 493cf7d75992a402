// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"
#include "tests/net/loopbackpeer.h"

#include <deque>
#include <list>
#include <memory>
#include <vector>

namespace sallyport::test {

/// A request as an origin read it, whatever the version.
struct OriginRequest {
    QByteArray method;
    QByteArray path;
    QByteArray host;
    FieldList fields; ///< without those of framing and of the host
    QByteArray content;
    FieldList trailers;
    bool isWhole = false;
    bool isCancelled = false; ///< the other side has let it go
};

/// An origin that a test answers for, in the words that both versions of HTTP have. Requests are
/// numbered in the order in which they came.
class TransportOrigin {
public:
    virtual ~TransportOrigin() = default;
    /// Takes what has come, and sends what can be sent.
    virtual void step() = 0;
    virtual void interim(std::size_t request, int status, const FieldList& fields) = 0;
    virtual void head(std::size_t request, int status, const FieldList& fields, bool isEnd) = 0;
    virtual void body(std::size_t request, QByteArrayView bytes) = 0;
    virtual void end(std::size_t request, const FieldList& trailers) = 0;
    /// Breaks the response off.
    virtual void cut(std::size_t request) = 0;
    /// Bytes of responses that were not taken yet.
    [[nodiscard]] virtual qsizetype unsent() const = 0;
    [[nodiscard]] virtual std::size_t connections() const = 0;

    [[nodiscard]] quint16 port() const { return server.port(); }
    [[nodiscard]] const OriginRequest& request(std::size_t i) const { return *requests[i]; }
    [[nodiscard]] bool hasWhole(std::size_t count) const {
        std::size_t whole = 0;
        for (const auto& each : requests)
            whole += each->isWhole ? 1U : 0U;
        return whole >= count;
    }

    LoopbackServer server;
    std::vector<std::shared_ptr<OriginRequest>> requests;
    bool isReading = true; ///< off: it leaves what comes to the kernel
};

/// In HTTP/1.1: content without a length is chunked.
class Http1Origin final : public TransportOrigin {
public:
    void step() override {
        for (LoopbackPeer peer = server.accept(); peer.descriptor() >= 0; peer = server.accept()) {
            m_lines.emplace_back().peer = std::move(peer);
            ++m_accepted;
        }
        for (Line& line : m_lines)
            step(line);
    }
    void interim(std::size_t request, int status, const FieldList& fields) override {
        say(request, startOf(status, fields) + "\r\n");
    }
    void head(std::size_t request, int status, const FieldList& fields, bool isEnd) override {
        QByteArray text = startOf(status, fields);
        Line& line = lineOf(request);
        const bool hasContent =
            status != 204 && status != 304 && requests[request]->method != "HEAD";
        line.isChunked = hasContent && !isEnd && !fields.contains("Content-Length");
        if (line.isChunked) text += "Transfer-Encoding: chunked\r\n";
        if (hasContent && isEnd && !fields.contains("Content-Length"))
            text += "Content-Length: 0\r\n";
        say(request, text + "\r\n");
    }
    void body(std::size_t request, QByteArrayView bytes) override {
        if (!lineOf(request).isChunked) return say(request, bytes.toByteArray());
        say(request, QByteArray::number(bytes.size(), 16) + "\r\n" + bytes.toByteArray() + "\r\n");
    }
    void end(std::size_t request, const FieldList& trailers) override {
        if (!lineOf(request).isChunked) return;
        QByteArray text = "0\r\n";
        for (const FieldView field : trailers)
            text += field.name.toByteArray() + ": " + field.value.toByteArray() + "\r\n";
        say(request, text + "\r\n");
    }
    void cut(std::size_t request) override { lineOf(request).peer.reset(); }
    [[nodiscard]] qsizetype unsent() const override {
        qsizetype all = 0;
        for (const Line& line : m_lines)
            all += line.unsent.size();
        return all;
    }
    [[nodiscard]] std::size_t connections() const override { return m_accepted; }

private:
    struct Line {
        LoopbackPeer peer;
        RequestParser parser;
        std::shared_ptr<OriginRequest> request;
        QByteArray rest;
        QByteArray unsent;
        bool isChunked = false;
    };
    static QByteArray startOf(int status, const FieldList& fields) {
        QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + " Of Its Own\r\n";
        for (const FieldView field : fields)
            text += field.name.toByteArray() + ": " + field.value.toByteArray() + "\r\n";
        return text;
    }
    Line& lineOf(std::size_t request) {
        for (Line& line : m_lines)
            if (line.request == requests[request]) return line;
        qFatal("no connection has this request");
    }
    void say(std::size_t request, const QByteArray& text) {
        Line& line = lineOf(request);
        line.unsent += text;
        flush(line);
    }
    static void flush(Line& line) {
        if (line.unsent.isEmpty() || line.peer.descriptor() < 0) return;
        if (const qsizetype sent = line.peer.send(line.unsent); sent > 0)
            line.unsent.remove(0, sent);
    }
    void step(Line& line) {
        flush(line);
        if (line.peer.descriptor() < 0 || !isReading) return;
        line.rest += line.peer.receive();
        if (line.request && (line.peer.isAtEnd || line.peer.error != 0))
            line.request->isCancelled = true;
        QByteArrayView input = line.rest;
        while (true) {
            const ParseOutcome step = line.parser.next(input);
            input = input.sliced(step.consumed);
            if (step.step == ParseStep::Error) qFatal("the origin cannot read what it got");
            if (step.step == ParseStep::NeedMore) break;
            take(line, step);
        }
        line.rest = input.toByteArray();
    }
    void take(Line& line, const ParseOutcome& step) {
        if (step.step == ParseStep::Head) {
            const RequestHead& head = line.parser.head();
            line.request = std::make_shared<OriginRequest>();
            line.request->method = head.method;
            line.request->path = head.target.text;
            line.request->host = head.fields.combined("Host");
            line.request->fields = head.fields;
            for (const char* own : {"Host", "Content-Length", "Transfer-Encoding"})
                line.request->fields.removeAll(own);
            requests.push_back(line.request);
        }
        if (!line.request) return;
        line.request->content.append(step.body);
        if (step.step != ParseStep::End) return;
        line.request->trailers = line.parser.trailers();
        line.request->isWhole = true;
        line.parser.reset();
    }

    std::list<Line> m_lines;
    std::size_t m_accepted = 0;
};

} // namespace sallyport::test
