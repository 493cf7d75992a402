// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <vector>

namespace sallyport::cli {

/// Brings POSIX signals into the event loop, in the order in which they came. One at a time in a
/// process; gives the signals back their default when it goes. Does nothing elsewhere than on Unix.
class UnixSignals : public QObject {
    Q_OBJECT
public:
    explicit UnixSignals(std::vector<int> numbers, QObject* parent = nullptr);
    ~UnixSignals() override;

signals:
    void arrived(int number);

private:
    void read();

    std::vector<int> m_numbers;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace sallyport::cli
