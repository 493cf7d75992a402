// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QTimer>

namespace sallyport {

/// One of us per user: the first holds a lock and listens, a second one asks it to show itself.
/// What a crash left (lock of a dead process, socket file) is swept away by the next start.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// `folder` exists, belongs to the user alone, and is the same for all starts.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    /// True: this is the first one, and listens.
    [[nodiscard]] bool claim();
    /// Asks the first one to show itself; ends in askedFirst().
    void askFirst();

signals:
    /// A second start asks this one to show itself.
    void showWanted();
    /// `isAnswered`: the first one has taken it up.
    void askedFirst(bool isAnswered);

private:
    void greet();
    void response(QLocalSocket& socket);

    QString m_socketPath;
    QLockFile m_lock;
    QLocalServer m_server;
    QLocalSocket m_first;
    QTimer m_patience;
};

} // namespace sallyport
