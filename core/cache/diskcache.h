// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/cachestore.h"
#include "core/cache/forgottenkeys.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

#include <memory>

namespace sallyport {

/// Keeps what a store holds in a folder too, one file for each response (storedfile.h), mode 0600,
/// and puts it back after a restart. What must not be on disk stays in memory alone
/// (mayBeOnDisk()).
///
/// All files are read and written on a thread of its own; the calls here cost a look-up. What
/// waits to be written is what the store holds at that moment, so it is bounded as the store is.
/// What is forgotten (RFC 9111 4.4) is noted at once (ForgottenKeys), so that it does not come back
/// when the process is killed before its file is gone.
/// What cannot be read is moved to `damaged` and not used. Lives on the thread of the store.
class DiskCache final : public CacheMirror {
public:
    /// At most so many damaged files are kept for a look; the next ones are removed.
    static constexpr int kMaxDamaged = 8;

    enum class Start { PutBack, Empty };

    /// Begins to read the subfolder of `folder` that has the name of `digest`, of hexadecimal
    /// digits; others were written under other rules and are removed, and so is that one where
    /// nothing is to be put back. `store` outlives it.
    DiskCache(CacheStore& store, QString folder, const QByteArray& digest,
              Start start = Start::PutBack);
    /// Whether a folder beside those that are kept has a name that we give: lower-case hexadecimal
    /// digits. Another one is not removed, for the folder may be a link to one with more in it.
    [[nodiscard]] static bool isOwnFolder(const QString& name);
    /// What waits is still written, without a wait here.
    ~DiskCache() override;
    DiskCache(const DiskCache&) = delete;
    DiskCache& operator=(const DiskCache&) = delete;

    /// What is there, and what is stored from now on, belongs to these rules.
    void setDigest(const QByteArray& digest);
    void stored(const QByteArray& key, const StoredPtr& response) override;
    void erased(const QByteArray& key, const StoredPtr& response) override;
    void forgotten(const QByteArray& key) override;

    /// Whether all files of before have been put back.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Whether nothing waits to be written.
    [[nodiscard]] bool isWritten() const { return m_changes.isEmpty() && !m_isWriting; }

private:
    struct Change {
        QByteArray key;
        StoredPtr response; ///< null: the file goes
    };
    using Changes = QHash<QString, Change>; ///< by the name of the file

    /// Runs `work` on the other thread, then `done` here, where this is still there.
    template <typename Work, typename Done>
    void onThread(Work work, Done done);
    void write();
    void putBack(const QByteArray& key, StoredPtr response);
    [[nodiscard]] QString subfolder() const;
    [[nodiscard]] bool isSettled() const { return m_isLoaded && isWritten(); }
    void settle();

    CacheStore& m_store;
    QString m_folder;
    QByteArray m_digest;
    ForgottenKeys m_noted;                 ///< whose files may still be there
    std::shared_ptr<QObject> m_home;       ///< what comes from the other thread comes through it
    std::shared_ptr<bool> m_isHere;        ///< gone: it is for nobody any more
    std::shared_ptr<QThreadPool> m_thread; ///< one, which does one thing after the other
    Changes m_changes;                     ///< that wait
    QSet<QByteArray> m_forgotten;          ///< while the files are read
    bool m_isWriting = false;
    bool m_isLoaded = false;
    bool m_isPuttingBack = false; ///< what is stored has a file already
};

} // namespace sallyport
