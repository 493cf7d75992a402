// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/exchange.h"
#include "tests/upstream/fakeconnector.h"

#include <QByteArrayList>

#include <memory>
#include <vector>

namespace sallyport::test {

/// What a test sees of a request that went to an upstream, and says in its name.
struct UpstreamScript {
    UpstreamRequest request;
    UpstreamObserver* observer = nullptr; ///< null once the exchange was let go
    QByteArray content;
    bool isFinished = false;
    bool isCongested = false;
    bool isReading = true;
    QString contentFailure;

    void respond(int status, const QByteArrayList& fields, Framing framing) const {
        ResponseHead head;
        head.status = status;
        head.reason = "R";
        for (const QByteArray& field : fields) {
            const qsizetype colon = field.indexOf(": ");
            head.fields.append(field.first(colon), field.sliced(colon + 2));
        }
        observer->upstreamHead(std::move(head), framing);
    }
    void send(QByteArrayView bytes) const {
        observer->upstreamBody(bytes);
        observer->upstreamTurnEnded();
    }
    void complete(const FieldList& trailers = {}) const { observer->upstreamComplete(trailers); }
};

class ScriptedTransport final : public UpstreamTransport {
public:
    [[nodiscard]] std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                                          UpstreamObserver& observer) override {
        auto script = std::make_shared<UpstreamScript>();
        script->request = std::move(request);
        script->observer = &observer;
        scripts.push_back(script);
        return std::make_unique<Started>(script);
    }
    std::vector<std::shared_ptr<UpstreamScript>> scripts;

private:
    class Started final : public UpstreamExchange {
    public:
        explicit Started(std::shared_ptr<UpstreamScript> script)
            : m_script(std::move(script)) {}
        Started(const Started&) = delete;
        Started& operator=(const Started&) = delete;
        ~Started() override { m_script->observer = nullptr; }
        void sendBody(QByteArrayView bytes) override { m_script->content.append(bytes); }
        void finishBody(const FieldList&) override { m_script->isFinished = true; }
        [[nodiscard]] bool isCongested() const override { return m_script->isCongested; }
        void setReading(bool on) override { m_script->isReading = on; }
        void contentFailed(const QString& reason) override { m_script->contentFailure = reason; }

    private:
        std::shared_ptr<UpstreamScript> m_script;
    };
};

/// All that an exchange needs but its client: a clock that the test moves, routes `/` to the
/// upstream `up` (open, with comments each 15 s) and `/local` to a response of our own.
class ExchangeRig {
public:
    ExchangeRig() {
        ListenerAccess listener;
        listener.token = "t";
        listener.own.port = 8899;
        const auto made = makeRuleSet(config(), listener, {connector, deadlines}, nullptr);
        auto rules = std::make_shared<RuleSet>(*made);
        rules->upstreams.at(QStringLiteral("scripted")).transport = transport;
        context.rules = std::move(rules);
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        deadlines.expireDue();
    }
    /// The records that changed since the last call.
    [[nodiscard]] std::vector<ExchangeRecord> records() { return log.takeChanges(); }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    ExchangeLog log{clock};
    EventFeed events{deadlines};
    ProxyContext context{connector, deadlines, log, DirectTransports(connector, deadlines),
                         events,    nullptr,   "p"};
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();

private:
    static std::shared_ptr<const Config> config() {
        Config config;
        for (const char* name : {"scripted", "up"}) {
            UpstreamConfig upstream;
            upstream.name = QString::fromLatin1(name);
            UpstreamTarget target;
            target.host = "up.test";
            upstream.targets = {target};
            config.upstreams.push_back(upstream);
        }
        config.routes = {route("scripted", "/", ToUpstream{QStringLiteral("scripted")}),
                         route("up", "/up", ToUpstream{QStringLiteral("up")}),
                         route("local", "/local", ToRespond{200, {}, "local"}),
                         route("guarded", "/guarded", ToRespond{200, {}, "guarded"})};
        config.routes.back().access = RouteAccess::Token;
        return std::make_shared<const Config>(config);
    }
    static Route route(const char* name, const char* path, RouteAction action) {
        Route out;
        out.name = QString::fromLatin1(name);
        out.match.path = path;
        out.action = std::move(action);
        out.access = RouteAccess::Open;
        return out;
    }
};

} // namespace sallyport::test
