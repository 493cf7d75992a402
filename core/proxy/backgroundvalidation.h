// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/proxy/cachecapture.h"
#include "core/upstream/transport.h"

#include <functional>
#include <memory>

namespace sallyport {

/// Validates a stored response while a client gets the stale one (RFC 5861 3). Its response goes to
/// the store and to no client; a failure leaves the store as it is.
class BackgroundValidation final : private UpstreamObserver, private DeferredTask {
public:
    /// `over` is called once from a later turn of the event loop; it may destroy the renewal.
    BackgroundValidation(DeferredTaskQueue& tasks, CacheCapture capture, StoredPtr stored,
                         std::function<void()> over);

    void start(UpstreamTransport& transport, UpstreamRequest request);

private:
    void upstreamConnected(const UpstreamPeer&) override {}
    void upstreamRequestSent() override { m_capture.requestSent(); }
    void upstreamInterim(const ResponseHead&) override {}
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override { m_capture.body(bytes); }
    void upstreamComplete(const FieldList& trailers) override;
    void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override { end(); }
    void upstreamFailed(const ExchangeError&) override { end(); }
    void upstreamWritable() override {}
    void runDeferred() override;
    void end();

    DeferredTaskQueue& m_tasks;
    CacheCapture m_capture;
    StoredPtr m_stored;
    std::function<void()> m_over;
    std::unique_ptr<UpstreamExchange> m_exchange;
};

} // namespace sallyport
