// SPDX-License-Identifier: MIT
#include "core/proxy/sandboxtransport.h"

#include "core/anthropic/errorbody.h"
#include "core/anthropic/sandbox.h"
#include "core/http/reasonphrase.h"
#include "core/http/serialiser.h"
#include "core/upstream/observercalls.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace sallyport {

namespace {

using std::chrono::milliseconds;

/// The shortest time that a Deadline takes: a later turn of the event loop.
constexpr milliseconds kSoon{1};

SandboxResponse refusal(int status, const QString& text) {
    SandboxResponse response;
    response.status = status;
    response.fields = {{"Content-Type", "application/json"}};
    if (status == 503) response.fields.emplace_back("Retry-After", "1");
    response.pieces = {{kSoon, errorBody(status, text)}};
    return response;
}

SandboxResponse tooLarge() {
    return refusal(413, QStringLiteral("the sandbox takes requests of up to %1 MiB")
                            .arg(kSandboxMaxContent / (1024 * 1024)));
}

SandboxResponse tooManyAtOnce() {
    return refusal(503, QStringLiteral("the sandbox keeps no more than %1 MiB of unfinished "
                                       "requests at once; try again when others have ended")
                            .arg(kSandboxMaxKept / (1024 * 1024)));
}

/// The content of requests to one sandbox that are not whole yet.
struct KeptContent {
    qsizetype bytes = 0;
};

class SandboxExchange final : public UpstreamExchange {
public:
    SandboxExchange(DeadlineQueue& deadlines, std::shared_ptr<KeptContent> kept,
                    UpstreamRequest request, UpstreamObserver& observer)
        : m_kept(std::move(kept))
        , m_request(std::move(request))
        , m_observer(observer)
        , m_next(deadlines, [this] { goOn(); }) {
        if (m_request.framing.kind == BodyKind::None)
            finishBody({});
        else if (m_request.fields.hasToken("Expect", "100-continue"))
            m_next.arm(kSoon);
    }
    SandboxExchange(const SandboxExchange&) = delete;
    SandboxExchange& operator=(const SandboxExchange&) = delete;
    ~SandboxExchange() override { forgetContent(); }

    void sendBody(QByteArrayView bytes) override;
    void finishBody(const FieldList& trailers) override;
    [[nodiscard]] bool isCongested() const override { return false; }
    void setReading(bool on) override;

private:
    enum class Phase { Collecting, Responding, Streaming, Ended };

    void respondSoon();
    void refuse(SandboxResponse response);
    void forgetContent();
    void goOn();
    void sayContinue();
    void begin();
    void givePiece();
    void armNext();
    [[nodiscard]] ResponseHead head() const;
    [[nodiscard]] Framing framing() const;

    std::shared_ptr<KeptContent> m_kept;
    UpstreamRequest m_request;
    UpstreamObserver& m_observer;
    Deadline m_next;
    QByteArray m_content;
    std::optional<SandboxResponse> m_refusal;
    Phase m_phase = Phase::Collecting;
    SandboxResponse m_response;
    std::size_t m_at = 0;
    bool m_isReading = true;
    bool m_isHeld = false; ///< a piece was due while reading was off
    ObserverCalls m_calls;
};

void SandboxExchange::sendBody(QByteArrayView bytes) {
    if (m_phase != Phase::Collecting) return;
    if (m_content.size() + bytes.size() > kSandboxMaxContent) {
        refuse(tooLarge());
    } else if (m_kept->bytes + bytes.size() > kSandboxMaxKept) {
        refuse(tooManyAtOnce());
    } else {
        m_content.append(bytes);
        m_kept->bytes += bytes.size();
    }
}

void SandboxExchange::refuse(SandboxResponse response) {
    m_refusal = std::move(response);
    forgetContent();
    respondSoon();
}

void SandboxExchange::forgetContent() { m_kept->bytes -= std::exchange(m_content, {}).size(); }

void SandboxExchange::finishBody(const FieldList&) {
    if (m_phase == Phase::Collecting) respondSoon();
}

void SandboxExchange::respondSoon() {
    m_phase = Phase::Responding;
    m_next.arm(kSoon);
}

void SandboxExchange::setReading(bool on) {
    m_isReading = on;
    if (!on || !m_isHeld) return;
    m_isHeld = false;
    m_next.arm(kSoon);
}

void SandboxExchange::goOn() {
    switch (m_phase) {
    case Phase::Collecting: sayContinue(); return;
    case Phase::Ended: return;
    case Phase::Responding: begin(); return;
    case Phase::Streaming: givePiece(); return;
    }
}

void SandboxExchange::sayContinue() {
    ResponseHead head;
    head.status = 100;
    head.reason = "Continue";
    m_observer.upstreamInterim(head);
}

void SandboxExchange::begin() {
    m_response =
        m_refusal ? *m_refusal : sandboxResponse(m_request.method, m_request.target, m_content);
    forgetContent();
    m_phase = Phase::Streaming;
    UpstreamPeer peer;
    peer.target = QStringLiteral("sandbox");
    if (!m_calls.make([&] { m_observer.upstreamConnected(peer); })) return;
    if (!m_refusal && !m_calls.make([this] { m_observer.upstreamRequestSent(); })) return;
    armNext();
}

void SandboxExchange::armNext() {
    const bool hasPiece = m_at < m_response.pieces.size();
    m_next.arm(hasPiece ? std::max(m_response.pieces[m_at].after, kSoon) : kSoon);
}

void SandboxExchange::givePiece() {
    if (!m_isReading) {
        m_isHeld = true;
        return;
    }
    if (m_at == 0 && !m_calls.make([this] { m_observer.upstreamHead(head(), framing()); })) return;
    if (m_at < m_response.pieces.size()) {
        // Moved out, for the exchange may be gone before the call returns.
        const QByteArray bytes = std::move(m_response.pieces[m_at].bytes);
        if (!m_calls.make([&] { m_observer.upstreamBody(bytes); })) return;
        ++m_at;
    }
    if (m_at >= m_response.pieces.size()) {
        m_phase = Phase::Ended;
        m_observer.upstreamComplete({});
        return;
    }
    if (m_calls.make([this] { m_observer.upstreamTurnEnded(); })) armNext();
}

Framing SandboxExchange::framing() const {
    if (m_request.method == "HEAD") return {BodyKind::None, 0};
    if (m_response.pieces.size() != 1) return {BodyKind::Chunked, 0};
    return {BodyKind::Length, static_cast<quint64>(m_response.pieces.front().bytes.size())};
}

ResponseHead SandboxExchange::head() const {
    ResponseHead head;
    head.status = m_response.status;
    head.reason = reasonPhrase(m_response.status).toByteArray();
    for (const auto& [name, value] : m_response.fields)
        head.fields.append(name, value);
    const Framing content = framing();
    if (content.kind == BodyKind::Length)
        head.fields.append("Content-Length", QByteArray::number(content.length));
    if (content.kind == BodyKind::Chunked) head.fields.append("Transfer-Encoding", "chunked");
    return head;
}

class SandboxTransport final : public UpstreamTransport {
public:
    explicit SandboxTransport(DeadlineQueue& deadlines)
        : m_deadlines(deadlines)
        , m_kept(std::make_shared<KeptContent>()) {}
    std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                            UpstreamObserver& observer) override {
        return std::make_unique<SandboxExchange>(m_deadlines, m_kept, std::move(request), observer);
    }

private:
    DeadlineQueue& m_deadlines;
    std::shared_ptr<KeptContent> m_kept; ///< an exchange may outlive its transport
};

} // namespace

std::unique_ptr<UpstreamTransport> makeSandboxTransport(DeadlineQueue& deadlines) {
    return std::make_unique<SandboxTransport>(deadlines);
}

} // namespace sallyport
