// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QByteArray>

#include <utility>

namespace sallyport::test {

/// The stream below a TlsStream, played by the test, which owns it.
class FakeInner final : public ByteStream {
public:
    void setObserver(StreamObserver* to) override { observer = to; }
    void setReading(bool on) override { isReading = on; }
    void write(QByteArrayView first, QByteArrayView second) override {
        Q_ASSERT(!isFinished);
        (isHeldBack ? held : sent)
            .append(first.data(), first.size())
            .append(second.data(), second.size());
        accepted += static_cast<quint64>(first.size() + second.size());
    }
    [[nodiscard]] qsizetype pendingBytes() const override { return held.size(); }
    void finishWriting() override { isFinished = true; }
    void closeGracefully() override {
        isClosedGracefully = true;
        observer = nullptr;
    }
    void abort() override {
        isAborted = true;
        observer = nullptr;
    }
    [[nodiscard]] bool isReusable() const override { return isQuiet; }
    [[nodiscard]] quint64 deliveryMark() const override { return accepted; }
    [[nodiscard]] Delivery deliverySince(quint64 mark) const override {
        askedMark = mark;
        return delivery;
    }
    [[nodiscard]] bool isEncrypted() const override { return false; }
    [[nodiscard]] Endpoint peer() const override { return {QHostAddress::LocalHost, 443}; }
    [[nodiscard]] Endpoint local() const override { return {QHostAddress::LocalHost, 5}; }

    /// As a reactor would: in pieces of this size, and while reading is on.
    qsizetype receive(QByteArrayView bytes, qsizetype piece) {
        qsizetype taken = 0;
        while (taken < bytes.size() && isReading && observer) {
            const QByteArrayView part = bytes.sliced(taken, std::min(piece, bytes.size() - taken));
            taken += part.size();
            observer->streamReceived(part);
        }
        return taken;
    }
    [[nodiscard]] QByteArray takeSent() { return std::exchange(sent, {}); }
    /// What was held back leaves.
    void drain() {
        sent += std::exchange(held, {});
        isHeldBack = false;
        if (observer) observer->streamWritable();
    }

    StreamObserver* observer = nullptr;
    QByteArray sent;
    QByteArray held;
    Delivery delivery = Delivery::Unknown;
    quint64 accepted = 0;
    mutable quint64 askedMark = 0;
    bool isReading = false;
    bool isHeldBack = false; ///< the "kernel" takes nothing
    bool isQuiet = true;
    bool isFinished = false;
    bool isClosedGracefully = false;
    bool isAborted = false;
    bool isReleased = false;

private:
    void release() override {
        isReleased = true;
        observer = nullptr;
    }
};

} // namespace sallyport::test
