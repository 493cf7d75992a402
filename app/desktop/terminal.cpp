// SPDX-License-Identifier: MIT
#include "app/desktop/terminal.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>

namespace sallyport {

QStringList terminalPrograms(const QString& wanted) {
    QStringList programs;
    if (!wanted.isEmpty()) programs << wanted;
    for (const char* name :
         {"x-terminal-emulator", "gnome-terminal", "konsole", "xfce4-terminal", "mate-terminal",
          "lxterminal", "qterminal", "foot", "kitty", "alacritty", "xterm"})
        programs << QString::fromLatin1(name);
    return programs;
}

QString firstTerminal(const QStringList& programs,
                      const std::function<QString(const QString&)>& find) {
    for (const QString& program : programs)
        if (const QString path = find(program); !path.isEmpty()) return path;
    return {};
}

Result<Done, QString> startTerminal(const std::vector<Variable>& variables) {
    QProcess terminal;
    terminal.setProgram(
        firstTerminal(terminalPrograms(qEnvironmentVariable("TERMINAL")),
                      [](const QString& name) { return QStandardPaths::findExecutable(name); }));
    if (terminal.program().isEmpty())
        return Failure{QCoreApplication::translate(
            "Terminal", "No terminal was found. Name one in the variable TERMINAL, or copy the "
                        "variables instead.")};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const Variable& variable : variables)
        environment.insert(variable.name, variable.value);
    terminal.setProcessEnvironment(environment);
    terminal.setWorkingDirectory(QDir::homePath());
    if (terminal.startDetached()) return Done{};
    return Failure{QCoreApplication::translate("Terminal", "%1 could not be started: %2")
                       .arg(terminal.program(), terminal.errorString())};
}

} // namespace sallyport
