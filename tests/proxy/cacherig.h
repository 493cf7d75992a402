// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/cachingtransport.h"
#include "tests/proxy/exchangerig.h"

#include <QByteArrayList>

namespace sallyport::test {

/// Notes in short lines what an exchange gives.
class NotingObserver final : public UpstreamObserver {
public:
    void upstreamConnected(const UpstreamPeer& peer) override {
        lines << "connected " + peer.target.toLatin1();
    }
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        lines << "passed over " + target.toLatin1() + ": " + reason.toLatin1();
    }
    void upstreamRequestSent() override {}
    void upstreamInterim(const ResponseHead& interim) override {
        lines << QByteArray::number(interim.status);
    }
    void upstreamHead(ResponseHead response, Framing) override {
        head = std::move(response);
        lines << QByteArray::number(head.status);
    }
    void upstreamBody(QByteArrayView bytes) override {
        ++pieces;
        content.append(bytes);
    }
    void upstreamComplete(const FieldList&) override { lines << "complete"; }
    void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override { lines << "switched"; }
    void upstreamFailed(const ExchangeError&) override { lines << "failed"; }
    void upstreamWritable() override {}

    [[nodiscard]] QByteArray cacheStatus() const { return head.fields.combined("Cache-Status"); }

    QByteArrayList lines;
    ResponseHead head;
    QByteArray content;
    int pieces = 0;
};

/// A caching transport over a scripted one, on a clock and a task queue that the test moves.
class CacheRig {
public:
    explicit CacheRig(const CacheRules& rules = {})
        : cache(std::make_shared<ResponseCache>(rules, false))
        , transport(makeCachingTransport(inner, cache, {tasks, deadlines})) {}

    /// One request by one client.
    struct Client {
        std::unique_ptr<NotingObserver> seen = std::make_unique<NotingObserver>();
        std::unique_ptr<UpstreamExchange> exchange;
    };
    [[nodiscard]] Client ask(const QByteArray& method = "GET", const QByteArrayList& fields = {}) {
        UpstreamRequest request;
        request.method = method;
        request.target = "/a";
        for (const QByteArray& line : fields) {
            const qsizetype colon = line.indexOf(": ");
            request.fields.append(line.first(colon), line.sliced(colon + 2));
        }
        Client client;
        client.exchange = transport->start(std::move(request), *client.seen);
        client.exchange->finishBody({});
        run();
        return client;
    }
    void run() {
        while (!tasks.isEmpty())
            tasks.run();
    }
    /// The latest request that went to the upstream.
    [[nodiscard]] UpstreamScript& last() const { return *inner->scripts.back(); }
    [[nodiscard]] int sent() const { return static_cast<int>(inner->scripts.size()); }
    /// Responds to it, whole.
    void respond(const QByteArrayList& fields, const QByteArray& content = "content",
                 int status = 200) const {
        const std::shared_ptr<UpstreamScript> script = inner->scripts.back();
        script->respond(status, fields, {BodyKind::Length, static_cast<quint64>(content.size())});
        if (script->observer && !content.isEmpty()) script->send(content);
        if (script->observer) script->complete();
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    DeferredTaskQueue tasks;
    std::shared_ptr<ScriptedTransport> inner = std::make_shared<ScriptedTransport>();
    std::shared_ptr<ResponseCache> cache;
    std::unique_ptr<UpstreamTransport> transport;
};

} // namespace sallyport::test
