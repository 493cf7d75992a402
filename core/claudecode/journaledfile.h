// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/journal.h"
#include "core/support/result.h"

#include <QLockFile>
#include <QString>

#include <memory>
#include <optional>

namespace sallyport {

using FileContent = std::optional<QByteArray>; ///< nothing: there is no such file

/// The text of a file of at most 16 MiB. The error is a sentence.
[[nodiscard]] Result<FileContent, QString> contentOfFile(const QString& path);

/// Why a file was not changed.
struct FileFault {
    enum class Kind {
        Journal,          ///< what was there could not be recorded
        Unwritable,       ///< the file, or its folder
        ChangedMeanwhile, ///< another program has written it since it was read
    };
    Kind kind = Kind::Unwritable;
    QString reason; ///< a sentence
};

/// A file with its journal: what is written into it is recorded first, so that it can be taken back
/// after a crash at any moment. Blocking I/O of small files.
class JournaledFile {
public:
    /// `path` with links resolved is the file; its journal is in `stateDir`.
    JournaledFile(const QString& path, const QString& stateDir);

    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] const QString& journalPath() const { return m_journalPath; }
    [[nodiscard]] bool hasJournal() const;
    /// Keeps a second Sallyport out until it is destroyed; does not wait. The error is a sentence.
    [[nodiscard]] Result<std::unique_ptr<QLockFile>, QString> lock() const;

    /// Replaces `before` by `after`. `journal` is the record for that, `earlier` the one before,
    /// which is put back when nothing is written. Folders on the way are made 0700 and recorded.
    [[nodiscard]] Result<Done, FileFault> write(const FileContent& before, const QByteArray& after,
                                                Journal journal,
                                                const std::optional<Journal>& earlier) const;
    /// Takes back: `after` takes the place of `before`; nothing: the file goes, with the folders
    /// that were made for it and are empty. Then the journal goes.
    [[nodiscard]] Result<Done, FileFault>
    takeBack(const QByteArray& before, const FileContent& after, const Journal& journal) const;
    void forgetJournal() const;

private:
    [[nodiscard]] Result<Done, FileFault> replace(const FileContent& before,
                                                  const QByteArray& after) const;
    [[nodiscard]] Result<Done, FileFault> remove(const QByteArray& before,
                                                 const Journal& journal) const;
    [[nodiscard]] FileFault changedMeanwhile() const;

    QString m_file;
    QString m_journalPath;
};

} // namespace sallyport
