// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/storedresponse.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// A stored response as a file has it.
struct StoredFile {
    QByteArray key;
    StoredResponse response;
};

/// The content of the file: a line that names the form, SHA-256 of what follows, then key, times,
/// selecting fields, head and content, each with its length before it.
[[nodiscard]] QByteArray storedFileContent(const QByteArray& key, const StoredResponse& response);
/// The error is a clause: another form, cut short, damaged, or what no response can be.
[[nodiscard]] Result<StoredFile, QString> readStoredFile(QByteArrayView bytes);
/// One name for each key and set of selecting fields: 64 hexadecimal digits.
[[nodiscard]] QString storedFileName(const QByteArray& key, const StoredResponse& response);

/// Whether it may be on disk at all: not where a field, a selecting field, the target or the
/// content holds what is a credential by its name or its shape (core/secrets). Reads all of the
/// content.
[[nodiscard]] bool mayBeOnDisk(const QByteArray& key, const StoredResponse& response);

} // namespace sallyport
