// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/transport.h"

#include <QByteArray>
#include <QByteArrayList>

#include <functional>
#include <memory>
#include <optional>

namespace sallyport::test {

/// Keeps what an exchange tells, as a list of words and by value; `onEvent` can act inside.
class RecordingUpstream : public UpstreamObserver {
public:
    void upstreamConnected(const UpstreamPeer& f) override {
        facts = f;
        note("connected");
    }
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        passedOver << target + QStringLiteral(": ") + reason;
    }
    void upstreamRequestSent() override { note("sent"); }
    void upstreamInterim(const ResponseHead& h) override {
        note("interim " + QByteArray::number(h.status));
    }
    void upstreamHead(ResponseHead h, Framing f) override {
        head = std::move(h);
        framing = f;
        note("head " + QByteArray::number(head.status));
    }
    void upstreamBody(QByteArrayView bytes) override {
        body.append(bytes.data(), bytes.size());
        total += bytes.size();
        if (events.isEmpty() || events.last() != "body")
            note("body");
        else if (onEvent)
            onEvent("body");
    }
    void upstreamComplete(const FieldList& t) override {
        trailers = t;
        isOver = true;
        note("complete");
    }
    void upstreamSwitched(ResponseHead h, StreamPtr s, QByteArray e) override {
        head = std::move(h);
        stream = std::move(s);
        early = std::move(e);
        isOver = true;
        note("switched");
    }
    void upstreamFailed(const ExchangeError& e) override {
        error = e;
        isOver = true;
        note("failed");
    }
    void upstreamWritable() override { note("writable"); }

    [[nodiscard]] QByteArray story() const { return events.join(", "); }

    QByteArrayList events;
    QStringList passedOver;
    std::optional<UpstreamPeer> facts;
    ResponseHead head;
    Framing framing;
    QByteArray body;
    qint64 total = 0;
    FieldList trailers;
    StreamPtr stream;
    QByteArray early;
    ExchangeError error;
    bool isOver = false;
    std::function<void(const QByteArray&)> onEvent;

private:
    void note(const QByteArray& event) {
        events.append(event);
        if (onEvent) onEvent(event);
    }
};

} // namespace sallyport::test
