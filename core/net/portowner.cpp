// SPDX-License-Identifier: MIT
#include "core/net/portowner.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace sallyport {

#ifdef Q_OS_LINUX

namespace {

/// `0100007F`: the words of an address in the order of this machine, in hexadecimal digits.
QHostAddress addressOf(const QByteArray& digits) {
    constexpr qsizetype kWord = 8;
    Q_IPV6ADDR bytes{};
    for (qsizetype i = 0; i < std::min<qsizetype>(digits.size(), 4 * kWord); i += kWord) {
        const quint32 word = digits.mid(i, kWord).toUInt(nullptr, 16);
        std::memcpy(bytes.c + i / 2, &word, sizeof word);
    }
    if (digits.size() > kWord) return QHostAddress(bytes);
    return QHostAddress(qFromBigEndian<quint32>(bytes.c));
}

bool isAll(const QHostAddress& address) {
    return address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6 ||
           address == QHostAddress::Any;
}

/// Inode of the listening socket in a table of proc_net_tcp(5); empty when there is none.
QByteArray listeningInode(const QString& table, const QHostAddress& address, quint16 port) {
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray suffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        const QList<QByteArray> columns = line.simplified().split(' ');
        constexpr qsizetype kLocal = 1, kState = 3, kInode = 9;
        if (columns.size() <= kInode || columns[kState] != "0A") continue;
        if (!columns[kLocal].endsWith(suffix)) continue;
        const QHostAddress local = addressOf(columns[kLocal].chopped(suffix.size()));
        if (isAll(local) || isAll(address) ||
            local.isEqual(address, QHostAddress::ConvertV4MappedToIPv4))
            return columns[kInode];
    }
    return {};
}

bool holdsDescriptor(const QString& folder, const QByteArray& link) {
    QDir descriptors(folder);
    const QStringList names =
        descriptors.entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        std::array<char, 64> target{};
        const QByteArray path = QFile::encodeName(descriptors.filePath(name));
        const auto size = ::readlink(path.constData(), target.data(), target.size());
        if (size > 0 && QByteArrayView(target.data(), size) == link) return true;
    }
    return false;
}

QString processName(const QString& folder) {
    QFile comm(folder + QLatin1String("/comm"));
    if (!comm.open(QIODevice::ReadOnly)) return {};
    return QString::fromLocal8Bit(comm.readAll().trimmed());
}

} // namespace

std::optional<PortOwner> findPortOwner(const QHostAddress& address, quint16 port) {
    QByteArray inode = listeningInode(QStringLiteral("/proc/net/tcp"), address, port);
    if (inode.isEmpty()) inode = listeningInode(QStringLiteral("/proc/net/tcp6"), address, port);
    if (inode.isEmpty()) return std::nullopt;
    const QByteArray link = "socket:[" + inode + ']';
    const QDir proc(QStringLiteral("/proc"));
    const QStringList entries = proc.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& entry : entries) {
        bool isPid = false;
        const qint64 pid = entry.toLongLong(&isPid);
        if (!isPid) continue;
        const QString folder = proc.filePath(entry);
        if (holdsDescriptor(folder + QLatin1String("/fd"), link))
            return PortOwner{pid, processName(folder)};
    }
    return std::nullopt;
}

#else

std::optional<PortOwner> findPortOwner(const QHostAddress&, quint16) { return std::nullopt; }

#endif

} // namespace sallyport
