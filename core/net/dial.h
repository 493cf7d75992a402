// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <memory>

namespace sallyport {

/// One try to reach one address. Letting go gives it up; allowed inside the observer's calls.
class Dial {
public:
    /// What waits for a dial. No call comes from inside Dialler::dial(). One of connected and
    /// failed; after connected and proceed() ready.
    class Observer {
    public:
        virtual ~Observer() = default;
        virtual void dialConnected(Dial& dial) = 0;
        virtual void dialReady(StreamPtr stream) = 0;
        virtual void dialFailed(Dial& dial, const StreamError& error) = 0;
    };

    virtual ~Dial() = default;
    /// Called for the dial that is used: gives its stream to the observer by dialReady().
    virtual void proceed() = 0;
};

/// Makes dials of one kind.
class Dialler {
public:
    virtual ~Dialler() = default;
    [[nodiscard]] virtual std::unique_ptr<Dial> dial(const Endpoint& to,
                                                     Dial::Observer& observer) = 0;
};

} // namespace sallyport
