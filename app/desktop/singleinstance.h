// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QTimer>

namespace sallyport {

/// One process per user: the first holds a lock and listens on a local socket, a second one asks it
/// to show its window. The lock of a dead process and its socket file are removed by the next
/// start.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// `folder` exists, belongs to the user alone, and is the same for all starts.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    /// True when this process is the first one; it then listens.
    [[nodiscard]] bool claim();
    /// Asks the first process to show its window; ends in askedFirst(), after 3 s at the latest.
    void askFirst();

signals:
    /// A second start asks this one to show itself.
    /// `token`: of the compositor, by which the window may come to the front; or empty.
    void showRequested(const QByteArray& token);
    /// `isAnswered`: the first process has confirmed.
    void askedFirst(bool isAnswered);

private:
    void acceptConnections();
    void handleQuery(QLocalSocket& socket);

    QString m_socketPath;
    QLockFile m_lock;
    QLocalServer m_server;
    QLocalSocket m_first;
    QTimer m_timeout;
};

} // namespace sallyport
