// SPDX-License-Identifier: MIT
#pragma once

#include "core/engine/resendrequest.h"
#include "core/net/connector.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace sallyport {

/// Requests that are sent to our own listener, each on a connection of its own; what comes back is
/// dropped, since the log has it.
class Resending {
public:
    /// At a time; each holds its content until it is sent.
    static constexpr std::size_t kMostAtOnce = 8;
    /// `problem`: why the request did not reach the listener, a clause; empty when it has ended.
    using Ended = std::function<void(quint64 number, const QString& problem)>;

    /// `connector` outlives this. `ended` is never called from inside send() or cancel().
    Resending(Connector& connector, Ended ended);
    ~Resending();

    /// With the local token. The result is why it is not sent, a clause; empty when it is.
    [[nodiscard]] QString send(const ResendRequest& request, Endpoint listener,
                               QByteArrayView token);
    /// Cuts its connection; ended() does not come any more.
    void cancel(quint64 number);

private:
    class Sender;
    void senderOver(quint64 number, const QString& problem);

    Connector& m_connector;
    Ended m_ended;
    std::map<quint64, std::unique_ptr<Sender>> m_senders;
};

} // namespace sallyport
