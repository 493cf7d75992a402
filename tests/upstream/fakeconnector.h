// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <QByteArrayList>

#include <memory>
#include <optional>
#include <utility>

namespace sallyport::test {

/// What a test sees of a stream: kept by the connector until its end.
struct StreamScript {
    StreamObserver* observer = nullptr;
    QByteArrayList writes;                      ///< one entry for each call
    qsizetype pending = 0;                      ///< what the "kernel" has not taken
    std::optional<qsizetype> pendingAfterWrite; ///< what `pending` becomes with the next write
    Delivery delivery = Delivery::Unknown;
    bool isReading = false;
    bool isReusable = true;
    bool isAborted = false;
    bool isReleased = false;
};

class FakeStream final : public ByteStream {
public:
    explicit FakeStream(StreamScript& script)
        : m_script(&script) {}
    void setObserver(StreamObserver* observer) override { m_script->observer = observer; }
    void setReading(bool on) override { m_script->isReading = on; }
    void write(QByteArrayView first, QByteArrayView second) override {
        m_script->writes.append(first.toByteArray() + second.toByteArray());
        m_script->pending =
            std::exchange(m_script->pendingAfterWrite, {}).value_or(m_script->pending);
    }
    [[nodiscard]] qsizetype pendingBytes() const override { return m_script->pending; }
    void finishWriting() override {}
    void closeGracefully() override { m_script->observer = nullptr; }
    void abort() override {
        m_script->isAborted = true;
        m_script->observer = nullptr;
    }
    [[nodiscard]] bool isReusable() const override { return m_script->isReusable; }
    [[nodiscard]] Delivery deliverySince(quint64) const override { return m_script->delivery; }
    [[nodiscard]] bool isEncrypted() const override { return false; }
    [[nodiscard]] Endpoint peer() const override { return {}; }
    [[nodiscard]] Endpoint local() const override { return {}; }

private:
    void release() override {
        m_script->isReleased = true;
        m_script->observer = nullptr;
    }
    StreamScript* m_script;
};

/// Keeps what was asked for; the test says when and how it ends.
class FakeConnector final : public Connector {
public:
    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override {
        targets.push_back(std::move(target));
        waiting = &observer;
        return std::make_unique<ConnectAttempt>();
    }
    StreamScript* establish() {
        scripts.push_back(std::make_unique<StreamScript>());
        StreamScript& script = *scripts.back();
        streams.push_back(std::make_unique<FakeStream>(script));
        waiting->connected(StreamPtr(streams.back().get()));
        return &script;
    }
    void refuse(StreamFault fault) { waiting->connectFailed({fault, QStringLiteral("evidence")}); }

    std::vector<std::unique_ptr<StreamScript>> scripts;
    std::vector<std::unique_ptr<FakeStream>> streams;
    std::vector<ConnectTarget> targets;
    ConnectObserver* waiting = nullptr;
};

} // namespace sallyport::test
