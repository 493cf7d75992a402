// SPDX-License-Identifier: MIT
#pragma once

#include "ui/engineinterface.h"

#include <QStringList>

namespace sallyport {

/// A gateway that only writes down what it is asked; a test emits its signals.
class FakePort : public EngineInterface {
    Q_OBJECT
public:
    using EngineInterface::EngineInterface;
    void reload() override { asked += QStringLiteral("reload"); }
    void setListening(bool on) override { asked += QStringLiteral("listening %1").arg(on ? 1 : 0); }
    void setRouteEnabled(const QString& route, bool enabled) override {
        asked += QStringLiteral("route %1 %2").arg(route).arg(enabled ? 1 : 0);
    }
    void setUpstream(const QString& upstream) override {
        asked += QStringLiteral("upstream %1").arg(upstream);
    }
    void setHistoryEnabled(bool isEnabled) override {
        asked += QStringLiteral("history %1").arg(isEnabled ? 1 : 0);
    }
    void pinSession(const QString& upstream, const QString& session,
                    const QString& target) override {
        asked += QStringLiteral("pin %1 %2 %3").arg(upstream, session, target);
    }
    void listenOnFreePort() override { asked += QStringLiteral("free port"); }
    void drain() override { asked += QStringLiteral("drain"); }
    void watchExchange(quint64 id) override { asked += QStringLiteral("watch %1").arg(id); }
    void readExchange(quint64 id) override { asked += QStringLiteral("read %1").arg(id); }
    void resend(const ResendRequest& request) override { resent += request; }
    void cancelResend(quint64 number) override {
        asked += QStringLiteral("cancel resend %1").arg(number);
    }
    void clearLog() override { asked += QStringLiteral("clear"); }
    void testUpstream(const UpstreamTestRequest& request) override {
        asked += QStringLiteral("try %1").arg(request.url.toString());
        if (request.via.kind == Via::Kind::Proxy)
            asked.last() += QStringLiteral(" by ") + QString::fromLatin1(request.via.host);
    }
    void cancelUpstreamTest() override { asked += QStringLiteral("cancel"); }
    void storeCredential(const QString& name, const QString& secret) override {
        asked += QStringLiteral("store %1 %2").arg(name).arg(secret.size());
    }

    QStringList asked;
    QVector<ResendRequest> resent;
};

} // namespace sallyport
