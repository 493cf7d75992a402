// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/engine.h"

#include <QObject>
#include <QString>

namespace sallyport {

/// The engine as the screens see it: requests are calls, results are signals. Lives on the thread
/// of the screens; the implementation carries both to and from the engine's thread.
class EngineInterface : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void reload() = 0;
    virtual void setListening(bool on) = 0;
    virtual void setRouteEnabled(const QString& route, bool enabled) = 0;
    /// Leads Claude Code's requests to that upstream.
    virtual void setUpstream(const QString& upstream) = 0;
    virtual void listenOnFreePort() = 0;
    /// Turns the keeping of exchanges on disk on or off, in `settings.yaml`.
    virtual void setHistoryEnabled(bool isEnabled) = 0;
    /// Keeps a session of Claude Code at one target of its upstream; empty: at none.
    virtual void pinSession(const QString& upstream, const QString& session,
                            const QString& target) = 0;
    /// Ends in drained().
    virtual void drain() = 0;
    /// Follows one exchange; 0 follows none.
    virtual void watchExchange(quint64 id) = 0;
    /// Ends in detailChanged() or detailGone(), whatever is followed.
    virtual void readExchange(quint64 id) = 0;
    /// Ends in resendEnded(), unless it is cancelled.
    virtual void resend(const sallyport::ResendRequest& request) = 0;
    virtual void cancelResend(quint64 number) = 0;
    virtual void clearLog() = 0;
    /// Ends in upstreamTestFinished(); a new test cancels the one before.
    virtual void testUpstream(const sallyport::UpstreamTestRequest& request) = 0;
    virtual void cancelUpstreamTest() = 0;
    /// Puts a credential into the keychain; ends in credentialStored().
    virtual void storeCredential(const QString& name, const QString& secret) = 0;

signals:
    void statusChanged(const sallyport::EngineStatus& status);
    /// The local token that clients show; empty when access is open. Comes before the
    /// statusChanged() that says Running.
    void tokenChanged(const QString& token);
    void configChanged(const sallyport::ConfigSummary& summary);
    void configRejected(const QString& message);
    void exchangesChanged(const QVector<sallyport::ExchangeRecord>& records);
    void detailChanged(const sallyport::ExchangeDetail& detail);
    void detailGone(quint64 id);
    void resendEnded(quint64 number, const QString& problem);
    void drained();
    void upstreamTestFinished(const sallyport::UpstreamTestResult& result);
    /// `problem`: why it could not be kept, a clause; empty when it is.
    void credentialStored(const QString& name, const QString& problem);
};

} // namespace sallyport
