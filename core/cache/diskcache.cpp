// SPDX-License-Identifier: MIT
#include "core/cache/diskcache.h"

#include "core/cache/storedfile.h"
#include "core/support/atomicfile.h"
#include "core/support/regularfile.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace sallyport {

namespace {

constexpr QLatin1String kDamaged("damaged");
constexpr QLatin1String kForgotten("/forgotten");

QDir privateFolder(const QString& path) {
    QDir().mkpath(path);
    QFile::setPermissions(path, kPrivateFile | QFileDevice::ExeOwner);
    return QDir(path);
}

/// What was written under other rules.
void removeOthers(const QString& folder, const QString& wanted) {
    const QStringList all = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& each : all)
        if (each != wanted && DiskCache::isOwnFolder(each))
            QDir(folder + u'/' + each).removeRecursively();
}

void setAside(const QString& folder, const QDir& from, const QString& name) {
    const QDir to = privateFolder(folder + u'/' + kDamaged);
    const bool hasRoom = to.entryList(QDir::Files).size() < DiskCache::kMaxDamaged;
    if (!hasRoom || !QFile::rename(from.filePath(name), to.filePath(name)))
        QFile::remove(from.filePath(name));
}

/// The file of a response and its name have to belong together.
std::optional<StoredFile> readFile(const QDir& from, const QString& name, qsizetype limit) {
    const auto bytes = readRegularFile(from.filePath(name), limit);
    if (!bytes) return std::nullopt;
    auto read = readStoredFile(*bytes);
    if (!read || storedFileName(read->key, read->response) != name) return std::nullopt;
    return std::move(read).value();
}

/// Tells `found` of each response, the one stored last at the end, so that it goes last of all.
void readFolder(const QString& folder, const QString& name, qsizetype limit,
                const std::function<void(StoredFile)>& found) {
    privateFolder(folder);
    removeOthers(folder, name);
    const QDir from = privateFolder(folder + u'/' + name);
    const auto isForgotten = ForgottenKeys::read(folder + kForgotten);
    const QStringList files =
        from.entryList(QDir::Files | QDir::Hidden, QDir::Time | QDir::Reversed);
    for (const QString& file : files) {
        auto read = readFile(from, file, limit);
        if (!read)
            setAside(folder, from, file);
        else if (isForgotten(read->key))
            QFile::remove(from.filePath(file));
        else
            found(*std::move(read));
    }
}

} // namespace

DiskCache::DiskCache(CacheStore& store, QString folder, const QByteArray& digest, Start start)
    : m_store(store)
    , m_folder(std::move(folder))
    , m_digest(digest)
    , m_noted(m_folder + kForgotten)
    , m_home(new QObject, [](QObject* gone) { gone->deleteLater(); })
    , m_isHere(std::make_shared<bool>(true))
    , m_thread(std::make_shared<QThreadPool>()) {
    m_thread->setMaxThreadCount(1);
    // Twice what one may have: names and lengths are beside what counts in memory.
    const qsizetype limit = 2 * m_store.maxEntry();
    const auto found = [this, home = m_home, token = std::weak_ptr(m_isHere)](StoredFile file) {
        QMetaObject::invokeMethod(
            home.get(),
            [this, token, file = std::move(file)] {
                if (token.expired()) return;
                putBack(file.key, std::make_shared<const StoredResponse>(file.response));
            },
            Qt::QueuedConnection);
    };
    onThread(
        [folder = m_folder, name = QString::fromLatin1(digest), limit, found, start] {
            if (start == Start::Empty) removeOthers(folder, QString());
            readFolder(folder, name, limit, found);
        },
        [this] {
            m_isLoaded = true;
            m_forgotten.clear();
            settle();
        });
}

bool DiskCache::isOwnFolder(const QString& name) {
    const auto isDigit = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    };
    return std::all_of(name.begin(), name.end(), isDigit);
}

DiskCache::~DiskCache() {
    m_isWriting = false;
    if (!m_changes.isEmpty()) write();
    // Its destructor waits for what it does: that is for a thread to do that nobody waits for.
    QThreadPool::globalInstance()->start([thread = std::move(m_thread)] { Q_UNUSED(thread) });
}

template <typename Work, typename Done>
void DiskCache::onThread(Work work, Done done) {
    m_thread->start([work = std::move(work), done = std::move(done), home = m_home,
                     token = std::weak_ptr(m_isHere)] {
        work();
        QMetaObject::invokeMethod(
            home.get(),
            [done, token] {
                if (!token.expired()) done();
            },
            Qt::QueuedConnection);
    });
}

QString DiskCache::subfolder() const { return m_folder + u'/' + QString::fromLatin1(m_digest); }

void DiskCache::setDigest(const QByteArray& digest) {
    if (digest == m_digest) return;
    const QString before = subfolder();
    m_digest = digest;
    onThread([before, after = subfolder()] { QDir().rename(before, after); }, [] {});
}

void DiskCache::stored(const QByteArray& key, const StoredPtr& response) {
    if (m_isPuttingBack) return;
    m_changes.insert(storedFileName(key, *response), {key, response});
    if (!m_isWriting) write();
}

void DiskCache::erased(const QByteArray& key, const StoredPtr& response) {
    m_changes.insert(storedFileName(key, *response), {key, nullptr});
    if (!m_isWriting) write();
}

void DiskCache::forgotten(const QByteArray& key) {
    if (!m_isLoaded) m_forgotten.insert(key);
    // Then no file has a response of that key.
    if (isSettled() && !m_store.holdsAny(key)) return;
    m_noted.add(key);
}

void DiskCache::settle() {
    if (isSettled()) m_noted.clear();
}

void DiskCache::putBack(const QByteArray& key, StoredPtr response) {
    if (m_store.holds(key, *response)) return;
    if (m_forgotten.contains(key)) {
        erased(key, response);
        return;
    }
    m_isPuttingBack = true;
    m_store.put(key, response);
    m_isPuttingBack = false;
    if (!m_store.holds(key, *response)) erased(key, response);
}

void DiskCache::write() {
    m_isWriting = true;
    onThread(
        [folder = subfolder(), changes = std::exchange(m_changes, {})] {
            const QDir to = privateFolder(folder);
            for (const auto& [name, change] : changes.asKeyValueRange()) {
                const QString path = to.filePath(name);
                // One that cannot be written must not be served after a restart in its place.
                const bool isKept =
                    change.response && mayBeOnDisk(change.key, *change.response) &&
                    writeFileAtomically(path, storedFileContent(change.key, *change.response),
                                        kPrivateFile);
                if (!isKept) QFile::remove(path);
            }
        },
        [this] {
            m_isWriting = false;
            if (!m_changes.isEmpty()) write();
            settle();
        });
}

} // namespace sallyport
