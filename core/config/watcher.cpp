// SPDX-License-Identifier: MIT
#include "core/config/watcher.h"

#include "core/config/yamltree.h"
#include "core/support/regularfile.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QTimer>

#include <array>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kQuiet{100};

/// What there was to see of a file.
struct Sight {
    bool exists = false;
    bool isReadable = false;
    QByteArray bytes;
    friend bool operator==(const Sight&, const Sight&) = default;
};

Sight sightOf(const QString& path) {
    Sight sight;
    sight.exists = QFileInfo::exists(path);
    // More than this is refused by the loader whatever it is.
    auto bytes = readRegularFileStart(path, yaml::kMaxFileBytes + 1);
    sight.isReadable = bytes.isOk();
    if (bytes) sight.bytes = std::move(bytes).value();
    return sight;
}

/// The folder, or the nearest one above it that is there.
QString existingFolder(const QString& dir) {
    QString folder = dir;
    while (!QFileInfo(folder).isDir()) {
        const QString above = QFileInfo(folder).absolutePath();
        if (above == folder) break;
        folder = above;
    }
    return folder;
}

} // namespace

class ConfigWatcher::Watch {
public:
    Watch(ConfigWatcher& owner, const QString& dir)
        : m_owner(owner)
        , m_dir(QDir(dir).absolutePath())
        , m_paths{m_dir + QLatin1String("/settings.yaml"), m_dir + QLatin1String("/routes.yaml")} {
        m_quiet.setSingleShot(true);
        m_quiet.setInterval(kQuiet);
        const auto stir = [this] { m_quiet.start(); };
        connect(&m_files, &QFileSystemWatcher::fileChanged, &m_owner, stir);
        connect(&m_files, &QFileSystemWatcher::directoryChanged, &m_owner, stir);
        connect(&m_quiet, &QTimer::timeout, &m_owner, [this] { look(); });
        follow();
        acknowledge();
    }
    void acknowledge() { m_seen = sights(); }

private:
    /// A file that was replaced is another one for the system, and a folder may just have come.
    void follow() {
        const QString folder = existingFolder(m_dir);
        if (const QStringList folders = m_files.directories(); folders != QStringList{folder}) {
            if (!folders.isEmpty()) m_files.removePaths(folders);
            m_files.addPath(folder);
        }
        for (const QString& path : m_paths)
            if (!m_files.files().contains(path) && QFileInfo::exists(path)) m_files.addPath(path);
    }
    [[nodiscard]] std::array<Sight, 2> sights() const {
        return {sightOf(m_paths[0]), sightOf(m_paths[1])};
    }
    void look() {
        // First the watch and then the look, so that no change falls between them.
        follow();
        auto now = sights();
        if (now == m_seen) return;
        m_seen = std::move(now);
        emit m_owner.changed();
    }

    ConfigWatcher& m_owner;
    QString m_dir;
    std::array<QString, 2> m_paths;
    std::array<Sight, 2> m_seen;
    QFileSystemWatcher m_files;
    QTimer m_quiet;
};

ConfigWatcher::ConfigWatcher(const QString& dir, QObject* parent)
    : QObject(parent)
    , m_watch(std::make_unique<Watch>(*this, dir)) {}

ConfigWatcher::~ConfigWatcher() = default;

void ConfigWatcher::acknowledge() { m_watch->acknowledge(); }

} // namespace sallyport
