// SPDX-License-Identifier: MIT
#include "core/support/autostart.h"

#include "core/support/atomicfile.h"
#include "core/support/autostartentry.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace sallyport {

namespace {

constexpr qsizetype kMaxBytes = 64 * 1024;

bool isThere(const QString& program) {
    if (QFileInfo(program).isAbsolute()) return QFileInfo(program).isExecutable();
    return !QStandardPaths::findExecutable(program).isEmpty();
}

Failure<QString> notWritten(const QString& file) {
    return Failure{QCoreApplication::translate("Autostart", "%1 cannot be written.").arg(file)};
}

} // namespace

Autostart::Autostart(const QString& configHome, QString program)
    : m_file(configHome + QLatin1String("/autostart/io.github.sallyport.Sallyport.desktop"))
    , m_program(std::move(program)) {}

bool Autostart::isOn() const {
    const auto entry = readRegularFile(m_file, kMaxBytes);
    return entry && autostartentry::isOn(*entry);
}

Result<Done, QString> Autostart::setOn(bool on) const {
    const bool isNew = !QFileInfo::exists(m_file);
    if (isNew && !on) return Done{};
    const QByteArray made = autostartentry::madeFor(m_program);
    const auto entry =
        isNew ? Result<QByteArray, QString>(made) : readRegularFile(m_file, kMaxBytes);
    if (!entry) return notWritten(m_file);
    if (!on && *entry == made) {
        if (QFile::remove(m_file)) return Done{};
        return Failure{
            QCoreApplication::translate("Autostart", "%1 cannot be removed.").arg(m_file)};
    }
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath())) return notWritten(m_file);
    return writeFileAtomically(m_file, on ? autostartentry::turnedOn(*entry, m_program, isThere)
                                          : autostartentry::turnedOff(*entry));
}

} // namespace sallyport
