// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace sallyport::test {

/// Keeps what a stream tells; `onReceived` can act inside the call.
class RecordingObserver : public StreamObserver {
public:
    void streamReceived(QByteArrayView bytes) override {
        ++callsInside;
        total += bytes.size();
        if (keepsBytes) received.append(bytes.data(), bytes.size());
        if (onReceived) onReceived();
    }
    void streamPeerFinished() override {
        ++finishes;
        if (onFinished) onFinished();
    }
    void streamPeerClosePending() override { ++endsInSight; }
    void streamWritable() override {
        ++writables;
        if (onWritable) onWritable();
    }
    void streamFailed(const StreamError& error) override {
        failure = error;
        if (onFailed) onFailed();
    }

    QByteArray received;
    qint64 total = 0;
    int callsInside = 0;
    int finishes = 0;
    int endsInSight = 0;
    int writables = 0;
    bool keepsBytes = true;
    std::optional<StreamError> failure;
    std::function<void()> onReceived, onFinished, onWritable, onFailed;
};

} // namespace sallyport::test
