// SPDX-License-Identifier: MIT
#include "ui/settings/autostart.h"

#include "core/support/atomicfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sallyport {

namespace {

/// An argument of `Exec` (Desktop Entry Specification, "The Exec key").
QByteArray quotedArgument(const QString& argument) {
    QByteArray out = "\"";
    for (const char c : argument.toUtf8()) {
        if (QByteArrayView("\"`$\\").contains(c)) out += "\\\\";
        if (c == '%') out += '%';
        out += c;
    }
    return out + '"';
}

} // namespace

Autostart::Autostart(const QString& configHome, QString program)
    : m_file(configHome + QLatin1String("/autostart/io.github.sallyport.Sallyport.desktop"))
    , m_program(std::move(program)) {}

bool Autostart::isOn() const { return QFileInfo::exists(m_file); }

QByteArray Autostart::entry() const {
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Sallyport\n"
           "Exec=" +
           quotedArgument(m_program) +
           " --hidden\n"
           "Icon=io.github.sallyport.Sallyport\n"
           "Terminal=false\n"
           "X-GNOME-Autostart-Delay=5\n"
           "X-KDE-autostart-after=panel\n";
}

Result<Done, QString> Autostart::setOn(bool on) const {
    if (!on) {
        if (!isOn() || QFile::remove(m_file)) return Done{};
        return Failure{
            QCoreApplication::translate("Autostart", "%1 cannot be removed.").arg(m_file)};
    }
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return Failure{
            QCoreApplication::translate("Autostart", "%1 cannot be written.").arg(m_file)};
    return writeFileAtomically(m_file, entry());
}

} // namespace sallyport
