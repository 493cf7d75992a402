// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace sallyport {

/// Tells when `settings.yaml` or `routes.yaml` of a folder changed, came, or went; also for editors
/// that write a new file and rename it. Bursts are told once, about 100 ms after the last change,
/// and only when the bytes differ from those told before.
class ConfigWatcher : public QObject {
    Q_OBJECT
public:
    explicit ConfigWatcher(const QString& dir, QObject* parent = nullptr);
    ~ConfigWatcher() override;

    /// Takes what the files hold now as known: only a later difference is a change. For a caller
    /// that has read or written them itself.
    void acknowledge();

signals:
    void changed();

private:
    class Watch;
    std::unique_ptr<Watch> m_watch;
};

} // namespace sallyport
