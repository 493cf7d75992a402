// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/outboundproxies.h"
#include "core/upstream/upstreamtestvalues.h"

#include <QObject>

#include <memory>

namespace sallyport {

/// Tests an upstream by what carries real requests, makeUpstreamTransport(): `GET v1/models`, and
/// where that is unknown `POST v1/messages/count_tokens`. Redirects are not followed; 10 s for each
/// connection, head and pause. Lives on the thread of its deadlines; one test at a time, a new one
/// cancels the one before.
class UpstreamTest : public QObject {
    Q_OBJECT
public:
    /// Both outlive it. `connector` does TLS and ways out.
    UpstreamTest(Connector& connector, DeadlineQueue& deadlines, QObject* parent = nullptr);
    ~UpstreamTest() override;
    /// Ends in finished(), never from inside the call. `proxies`: by which the upstream is reached;
    /// null: directly.
    void start(const UpstreamTestRequest& request, std::shared_ptr<OutboundProxies> proxies);
    /// finished() does not come any more.
    void cancel();

signals:
    void finished(const sallyport::UpstreamTestResult& result);

private:
    class Run;
    void runEnded(quint64 serial, const UpstreamTestResult& result);

    Connector& m_connector;
    DeadlineQueue& m_deadlines;
    std::unique_ptr<Run> m_run;
    quint64 m_serial = 0; ///< of the test under way; results of older ones are dropped
};

} // namespace sallyport
