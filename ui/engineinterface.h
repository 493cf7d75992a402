// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"

#include <QObject>
#include <QString>

namespace sallyport {

/// The core as the screens see it: asks go down as calls, values come up as signals. Lives on the
/// thread of the screens; whoever implements it carries both across to the core's own thread.
class EngineInterface : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void reload() = 0;
    virtual void setListening(bool on) = 0;
    virtual void setRouteEnabled(const QString& route, bool enabled) = 0;
    /// Ends in drained().
    virtual void drain() = 0;
    /// Follows one exchange; 0 follows none.
    virtual void watchExchange(quint64 id) = 0;
    virtual void clearLog() = 0;
    /// Ends in upstreamTestFinished(); a new test cancels the one before.
    virtual void testUpstream(const sallyport::UpstreamTestRequest& request) = 0;
    virtual void cancelUpstreamTest() = 0;

signals:
    void statusChanged(const sallyport::EngineStatus& status);
    /// The local token that clients show; empty when access is open. Comes before the
    /// statusChanged() that says Running.
    void tokenChanged(const QString& token);
    void configChanged(const sallyport::ConfigSummary& summary);
    void configRejected(const QString& message);
    void exchangesChanged(const QVector<sallyport::ExchangeRecord>& records);
    void detailChanged(const sallyport::ExchangeDetail& detail);
    void drained();
    void upstreamTestFinished(const sallyport::UpstreamTestResult& result);
};

} // namespace sallyport
