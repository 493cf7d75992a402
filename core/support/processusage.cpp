// SPDX-License-Identifier: MIT
#include "core/support/processusage.h"

#include <QDir>
#include <QFile>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

#ifdef Q_OS_UNIX
double secondsOf(const timeval& time) {
    constexpr double kMicros = 1e-6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * kMicros;
}

std::optional<double> cpuSeconds() {
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) return std::nullopt;
    return secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
}

/// The second number of /proc/self/statm is pages.
std::optional<qint64> residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    const QByteArrayList numbers = file.readAll().split(' ');
    const long page = ::sysconf(_SC_PAGESIZE);
    if (numbers.size() < 2 || page <= 0) return std::nullopt;
    return numbers[1].toLongLong() * page;
}
#endif

} // namespace

ProcessUsage processUsage() {
    ProcessUsage usage;
#ifdef Q_OS_UNIX
    usage.cpuSeconds = cpuSeconds();
    usage.residentBytes = residentBytes();
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    if (descriptors.exists())
        usage.openDescriptors = static_cast<int>(
            descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
#endif
    return usage;
}

} // namespace sallyport
