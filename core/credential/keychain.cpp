// SPDX-License-Identifier: MIT
#include "core/credential/keychain.h"

#include "core/credential/keychainsecret.h"
#include "core/credential/sessionbusexit.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPointer>

#include <qt6keychain/keychain.h>

namespace sallyport::keychain {

namespace {

/// What the Secret Service says of its default collection.
enum class Service { Unlocked, Locked, Absent };

constexpr int kServiceTimeoutMs = 2000;

QString text(const char* source) { return QCoreApplication::translate("Keychain", source); }

QDBusMessage secretsCall(const QString& path, const QString& interface, const QString& method) {
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), path,
                                          interface, method);
}

/// Calls back with the reply, which may be an error.
void ask(const QDBusMessage& call, QObject& context,
         std::function<void(const QDBusMessage&)> done) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        // A call on it would never be answered.
        QMetaObject::invokeMethod(
            &context,
            [done = std::move(done)] {
                done(QDBusMessage::createError(QDBusError::Disconnected, {}));
            },
            Qt::QueuedConnection);
        return;
    }
    const QDBusPendingCall pending = bus.asyncCall(call, kServiceTimeoutMs);
    auto* watcher = new QDBusPendingCallWatcher(pending, &context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, &context,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->reply());
                     });
}

void askLocked(const QString& collection, QObject& context, std::function<void(Service)> done) {
    QDBusMessage call = secretsCall(collection, QStringLiteral("org.freedesktop.DBus.Properties"),
                                    QStringLiteral("Get"));
    call << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    ask(call, context, [done = std::move(done)](const QDBusMessage& message) {
        const QDBusPendingReply<QDBusVariant> reply(message);
        const bool isLocked = !reply.isError() && reply.value().variant().toBool();
        done(isLocked ? Service::Locked : Service::Unlocked);
    });
}

void askService(QObject& context, std::function<void(Service)> done) {
    QDBusMessage call =
        secretsCall(QStringLiteral("/org/freedesktop/secrets"),
                    QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("ReadAlias"));
    call << QStringLiteral("default");
    ask(call, context, [&context, done = std::move(done)](const QDBusMessage& message) {
        const QDBusPendingReply<QDBusObjectPath> reply(message);
        if (reply.isError())
            done(Service::Absent);
        else if (reply.value().path() == u"/")
            done(Service::Unlocked);
        else
            askLocked(reply.value().path(), context, done);
    });
}

QString locked() {
    return text(QT_TRANSLATE_NOOP("Keychain",
                                  "the keychain is locked; unlock it in your desktop, or use env: "
                                  "or file: in its place"));
}

QString absent() {
    return text(QT_TRANSLATE_NOOP(
        "Keychain", "there is no keychain here (no Secret Service on the session bus); start "
                    "gnome-keyring or KWallet, or use env: or file: in its place"));
}

/// What a job that failed is told as. The service is asked, since the error of a job does not tell
/// a locked keychain from one without the entry.
QString problemOf(QKeychain::Error error, const QString& detail, const QString& name,
                  Service service) {
    if (service == Service::Absent) return absent();
    if (error == QKeychain::AccessDeniedByUser || error == QKeychain::AccessDenied)
        return service == Service::Locked
                   ? locked()
                   : text(QT_TRANSLATE_NOOP("Keychain",
                                            "access to the keychain was refused; allow it when you "
                                            "are asked, or use env: or file: in its place"));
    if (service == Service::Locked) return locked();
    if (error == QKeychain::EntryNotFound || error == QKeychain::CouldNotDeleteEntry)
        return text(QT_TRANSLATE_NOOP("Keychain", "the keychain has no entry \"%1\" of Sallyport; "
                                                  "add it by: sallyport credential set %1"))
            .arg(name);
    if (error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented)
        return absent();
    return text(QT_TRANSLATE_NOOP("Keychain", "the keychain failed: %1"))
        .arg(detail.isEmpty() ? QStringLiteral("no reason given") : detail);
}

/// A job for the entry of that name.
template <typename Job>
Job* jobFor(const QString& name) {
    auto* job = new Job(QString::fromLatin1(kKeychainService));
    job->setKey(name);
    return job;
}

/// Starts `job` and calls `done` with what it said. A job deletes itself at its end, and cannot be
/// called off before.
template <typename Job, typename Value>
void run(Job* job, QObject& context, std::function<void(Result<Value, QString>)> done,
         std::function<Value(Job&)> valueOf) {
    QObject::connect(job, &QKeychain::Job::finished, &context,
                     [&context, job, done = std::move(done), valueOf = std::move(valueOf)] {
                         disableSessionBusExit();
                         if (job->error() == QKeychain::NoError) {
                             done(valueOf(*job));
                             return;
                         }
                         askService(context, [done, name = job->key(), error = job->error(),
                                              detail = job->errorString()](Service service) {
                             done(Failure{problemOf(error, detail, name, service)});
                         });
                     });
    job->start();
}

Done nothing(QKeychain::Job&) { return {}; }

} // namespace

void read(const QString& name, QObject& context,
          std::function<void(Result<QByteArray, QString>)> done) {
    using Job = QKeychain::ReadPasswordJob;
    run<Job, QByteArray>(jobFor<Job>(name), context, std::move(done),
                         [](Job& job) { return job.binaryData(); });
}

void write(const QString& name, const QByteArray& secret, QObject& context,
           std::function<void(Result<Done, QString>)> done) {
    using Job = QKeychain::WritePasswordJob;
    auto* job = jobFor<Job>(name);
    // As text, so that other programs for the keychain show and edit it.
    job->setTextData(QString::fromUtf8(secret));
    run<Job, Done>(job, context, std::move(done), nothing);
}

void remove(const QString& name, QObject& context,
            std::function<void(Result<Done, QString>)> done) {
    // Looked for first: to remove what is not there is no error of libsecret.
    read(name, context,
         [name, &context, done = std::move(done)](const Result<QByteArray, QString>& found) {
             using Job = QKeychain::DeletePasswordJob;
             if (found)
                 run<Job, Done>(jobFor<Job>(name), context, done, nothing);
             else
                 done(Failure{found.error()});
         });
}

} // namespace sallyport::keychain
