// SPDX-License-Identifier: MIT
#include "core/cache/forgottenkeys.h"

#include "core/support/atomicfile.h"
#include "core/support/regularfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace sallyport {

namespace {

/// SHA-256 of a key; no key has the one of zeros.
constexpr qsizetype kDigest = 32;

QByteArray digestOf(const QByteArray& key) {
    return QCryptographicHash::hash(key, QCryptographicHash::Sha256);
}

} // namespace

bool ForgottenKeys::open() {
    if (m_file.isOpen()) return true;
    QDir().mkpath(QFileInfo(m_file.fileName()).path());
    return m_file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered) &&
           m_file.setPermissions(kPrivateFile);
}

// Where it cannot be written, a removal is as safe as the file of its response: gone once the other
// thread has come to it.
void ForgottenKeys::add(const QByteArray& key) {
    if (!open()) return;
    const qint64 count = m_file.size() / kDigest;
    if (count <= kMost) m_file.write(count < kMost ? digestOf(key) : QByteArray(kDigest, '\0'));
}

void ForgottenKeys::clear() {
    if (m_file.isOpen() || m_file.exists()) m_file.resize(0);
}

std::function<bool(const QByteArray&)> ForgottenKeys::read(const QString& path) {
    if (!QFile::exists(path)) return [](const QByteArray&) { return false; };
    const auto bytes = readRegularFile(path, (kMost + 1) * kDigest);
    if (!bytes || bytes->size() % kDigest != 0) return [](const QByteArray&) { return true; };
    QSet<QByteArray> digests;
    for (qsizetype at = 0; at < bytes->size(); at += kDigest)
        digests.insert(bytes->mid(at, kDigest));
    if (digests.contains(QByteArray(kDigest, '\0'))) return [](const QByteArray&) { return true; };
    return [digests](const QByteArray& key) { return digests.contains(digestOf(key)); };
}

} // namespace sallyport
