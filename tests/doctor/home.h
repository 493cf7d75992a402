// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/listeningfile.h"
#include "core/doctor/localreader.h"
#include "core/support/localtoken.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

namespace sallyport::test {

/// A machine of a test: the files of Claude Code and of Sallyport in a folder of its own, and
/// variables that are nobody's.
class Home {
public:
    Home() {
        options.configDir = path(QStringLiteral("config"));
        options.stateDir = path(QStringLiteral("state"));
        options.paths = {path(QStringLiteral("home/.claude/settings.json")),
                         {path(QStringLiteral("etc/managed-settings.json")),
                          path(QStringLiteral("work/.claude/settings.local.json")),
                          path(QStringLiteral("work/.claude/settings.json"))},
                         {},
                         path(QStringLiteral("home/.claude.json"))};
    }
    [[nodiscard]] QString path(const QString& name) const { return dir.filePath(name); }
    [[nodiscard]] QString user() const { return options.paths.settingsFile; }
    [[nodiscard]] QString managed() const { return options.paths.strongerFiles[0]; }
    [[nodiscard]] QString project() const { return options.paths.strongerFiles[2]; }
    [[nodiscard]] QString remembered() const { return options.paths.clientStateFile; }

    static void put(const QString& file, const QByteArray& content) {
        QVERIFY(QDir().mkpath(QFileInfo(file).absolutePath()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    static QByteArray content(const QString& file) {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("(no file)");
    }
    void putRoutes(const QByteArray& text) const {
        put(path(QStringLiteral("config/routes.yaml")), text);
    }
    /// As if this process were the Sallyport that listens there.
    void runAt(const QString& address) const {
        QVERIFY(writeListeningFile(options.stateDir, address).isOk());
        QVERIFY(readOrMakeLocalToken(options.stateDir).isOk());
    }
    [[nodiscard]] QByteArray token() const { return *readOrMakeLocalToken(options.stateDir); }
    [[nodiscard]] LocalReading read() const { return readLocal(options); }

    QTemporaryDir dir;
    DoctorOptions options;
};

} // namespace sallyport::test
