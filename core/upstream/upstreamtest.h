// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamtestvalues.h"

#include <QObject>

#include <memory>

namespace sallyport {

/// Tests an upstream through QNetworkAccessManager: `GET v1/models`, and where that is unknown
/// `POST v1/messages/count_tokens`. Redirects are not followed. Lives on the thread that made it;
/// one test at a time, a new one cancels the one before.
class UpstreamTest : public QObject {
    Q_OBJECT
public:
    explicit UpstreamTest(QObject* parent = nullptr);
    ~UpstreamTest() override;
    /// Ends in finished(), never from inside the call.
    void start(const UpstreamTestRequest& request);
    /// finished() does not come any more.
    void cancel();

signals:
    void finished(const sallyport::UpstreamTestResult& result);

private:
    class Run;
    void runEnded(quint64 serial, const UpstreamTestResult& result);

    std::unique_ptr<Run> m_run;
    quint64 m_serial = 0; ///< of the test under way; results of older ones are dropped
};

} // namespace sallyport
