// SPDX-License-Identifier: MIT
#include "core/claudecode/shellfiles.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr std::array kShells{Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell};

/// The first line by which textedit knows a file that is ours as a whole.
QString head(QLatin1String target) {
    return QLatin1String("# Written by Sallyport; `sallyport env undo --target ") + target +
           QLatin1String("` takes it back.\n");
}

bool isPosix(Shell shell) { return shell == Shell::Bash || shell == Shell::Zsh; }

QString startFile(Shell shell, const ShellPlaces& places) {
    switch (shell) {
    case Shell::Bash: return places.home + QLatin1String("/.bashrc");
    case Shell::Zsh: return places.zshFolder + QLatin1String("/.zshrc");
    case Shell::Fish: return places.configHome + QLatin1String("/fish/conf.d/sallyport.fish");
    case Shell::PowerShell: return places.configHome + QLatin1String("/powershell/profile.ps1");
    case Shell::Cmd:
    case Shell::Nu: break;
    }
    return {};
}

QLatin1String programOf(Shell shell) {
    switch (shell) {
    case Shell::Bash: return QLatin1String("bash");
    case Shell::Zsh: return QLatin1String("zsh");
    case Shell::Fish: return QLatin1String("fish");
    case Shell::PowerShell: return QLatin1String("pwsh");
    case Shell::Cmd:
    case Shell::Nu: break;
    }
    return {};
}

QString variablesFile(Shell shell, const ShellPlaces& places) {
    return places.stateDir +
           (isPosix(shell) ? QLatin1String("/env.sh") : QLatin1String("/env.ps1"));
}

QString quoted(const QString& path) {
    return u'\'' + QString(path).replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

/// The block that reads the variables, if they are still there.
QString readingBlock(Shell shell, const QString& file) {
    const QString note =
        QStringLiteral("# `sallyport env undo --target shell` takes this block out.\n");
    if (isPosix(shell))
        return note + QLatin1String("if [ -r ") + quoted(file) +
               QLatin1String(" ]; then\n    # shellcheck source=/dev/null\n    . ") + quoted(file) +
               QLatin1String("\nfi\n");
    const QString path = u'\'' + QString(file).replace(u'\'', QLatin1String("''")) + u'\'';
    return note + QLatin1String("if (Test-Path -LiteralPath ") + path + QLatin1String(") { . ") +
           path + QLatin1String(" }\n");
}

/// In double quotes of environment.d(5) a backslash escapes; `$$` is a dollar sign in any quotes.
QString sessionLine(const Variable& variable) {
    QString value = variable.value;
    value.replace(u'\\', QLatin1String("\\\\")).replace(u'"', QLatin1String("\\\""));
    value.replace(u'`', QLatin1String("\\`")).replace(u'$', QLatin1String("$$"));
    value.remove(u'\n').remove(u'\r');
    return variable.name + QLatin1String("=\"") + value + QLatin1String("\"\n");
}

WantedText whole(const QString& text) { return {text.toUtf8(), true}; }

} // namespace

ShellPlaces ShellPlaces::fromEnvironment(const QString& stateDir) {
    const QString home = QDir::homePath();
    const QString config = qEnvironmentVariable("XDG_CONFIG_HOME");
    const QString zsh = qEnvironmentVariable("ZDOTDIR");
    return {home, config.isEmpty() ? QString(home + QLatin1String("/.config")) : config,
            zsh.isEmpty() ? home : zsh, stateDir};
}

std::vector<Shell> shellsInUse(const ShellPlaces& places) {
    std::vector<Shell> found;
    std::copy_if(kShells.begin(), kShells.end(), std::back_inserter(found), [&](Shell shell) {
        return QFileInfo::exists(startFile(shell, places)) ||
               !QStandardPaths::findExecutable(programOf(shell)).isEmpty();
    });
    return found;
}

std::vector<TextFile> shellFiles(const std::vector<Shell>& shells, const ShellPlaces& places,
                                 const std::vector<Variable>& variables) {
    const QString mark = head(QLatin1String("shell"));
    std::vector<TextFile> files;
    const auto add = [&files](const QString& file, const WantedText& wanted) {
        const bool isThere = std::any_of(files.begin(), files.end(),
                                         [&](const TextFile& one) { return one.file == file; });
        if (!isThere) files.push_back({file, wanted});
    };
    for (const Shell shell : shells) {
        const QString start = startFile(shell, places);
        if (start.isEmpty()) continue;
        const QString lines = shellLines(shell, variables);
        if (shell == Shell::Fish) {
            add(start, whole(mark + lines));
            continue;
        }
        const QString file = variablesFile(shell, places);
        const auto directive = isPosix(shell)
                                   ? QLatin1String("# shellcheck shell=sh disable=SC2016\n")
                                   : QLatin1String();
        add(file, whole(mark + directive + lines));
        add(start, {readingBlock(shell, file).toUtf8(), false});
    }
    return files;
}

TextFile sessionFile(const ShellPlaces& places, const std::vector<Variable>& variables) {
    QString lines = head(QLatin1String("graphical"));
    for (const Variable& variable : variables)
        lines += sessionLine(variable);
    return {places.configHome + QLatin1String("/environment.d/60-sallyport.conf"), whole(lines)};
}

} // namespace sallyport
