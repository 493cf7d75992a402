// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <vector>

namespace sallyport {

/// Delivers POSIX signals in the event loop, in the order of their arrival. At most one object in a
/// process; its destructor restores the default action. Does nothing on other systems.
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

} // namespace sallyport
