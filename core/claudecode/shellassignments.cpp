// SPDX-License-Identifier: MIT
#include "core/claudecode/shellassignments.h"

namespace sallyport {

namespace {

/// sh, bash, zsh: nothing is special between single quotes but the quote itself.
QString posixQuoted(const QString& value) {
    return u'\'' + QString(value).replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

/// fish: a backslash is special as well.
QString fishQuoted(const QString& value) {
    QString text = value;
    text.replace(u'\\', QLatin1String("\\\\")).replace(u'\'', QLatin1String("\\'"));
    return u'\'' + text + u'\'';
}

/// PowerShell takes U+2018 to U+201B for quotes too, and reads a pipe in the console's code page:
/// everything outside printable ASCII goes by its number, which also keeps the line one line.
QString powerShellQuoted(const QString& value) {
    QString text(u'\'');
    for (const QChar unit : value) {
        if (unit == u'\'') {
            text += QLatin1String("''");
        } else if (unit < u' ' || unit > u'~') {
            text += QLatin1String("' + [char]") + QString::number(unit.unicode()) +
                    QLatin1String(" + '");
        } else {
            text += unit;
        }
    }
    return text + u'\'';
}

/// cmd, in a batch file: between quotes only `%` is special. A value with a quote or a line break
/// cannot stand between quotes; there each special byte gets its own caret.
QString cmdAssignment(const QString& name, const QString& value) {
    QString text = value;
    text.remove(u'\r').replace(u'%', QLatin1String("%%"));
    if (!text.contains(u'"') && !text.contains(u'\n'))
        return QLatin1String("set \"") + name + u'=' + text + u'"';
    QString escaped;
    for (const QChar unit : std::as_const(text)) {
        if (unit == u'\n') {
            escaped += QLatin1String("^\r\n\r\n");
            continue;
        }
        if (QStringLiteral("^&|<>()\"").contains(unit)) escaped += u'^';
        escaped += unit;
    }
    return QLatin1String("set ") + name + u'=' + escaped;
}

/// Nushell: a plain double-quoted string has escapes and no interpolation.
QString nuQuoted(const QString& value) {
    QString text(u'"');
    for (const QChar unit : value) {
        if (unit == u'"' || unit == u'\\') {
            text += u'\\';
            text += unit;
        } else if (unit < u' ' || unit == QChar(0x7f)) {
            text += QLatin1String("\\u{") + QString::number(unit.unicode(), 16) + u'}';
        } else {
            text += unit;
        }
    }
    return text + u'"';
}

QString lineFor(Shell shell, const QString& name, const QString& value) {
    switch (shell) {
    case Shell::Bash:
    case Shell::Zsh: return QLatin1String("export ") + name + u'=' + posixQuoted(value) + u'\n';
    case Shell::Fish: return QLatin1String("set -gx ") + name + u' ' + fishQuoted(value) + u'\n';
    case Shell::PowerShell:
        return QLatin1String("$env:") + name + QLatin1String(" = ") + powerShellQuoted(value) +
               u'\n';
    case Shell::Cmd: return cmdAssignment(name, value) + QLatin1String("\r\n");
    case Shell::Nu:
        return QLatin1String("$env.") + name + QLatin1String(" = ") + nuQuoted(value) + u'\n';
    }
    Q_UNREACHABLE();
}

QString unsetLine(Shell shell, const QString& name) {
    switch (shell) {
    case Shell::Bash:
    case Shell::Zsh: return QLatin1String("unset ") + name + u'\n';
    case Shell::Fish: return QLatin1String("set -e ") + name + u'\n';
    case Shell::PowerShell:
        return QLatin1String("Remove-Item Env:") + name +
               QLatin1String(" -ErrorAction SilentlyContinue\n");
    case Shell::Cmd: return QLatin1String("set ") + name + QLatin1String("=\r\n");
    case Shell::Nu: return QLatin1String("hide-env -i ") + name + u'\n';
    }
    Q_UNREACHABLE();
}

} // namespace

QString shellLines(Shell shell, const std::vector<Variable>& variables) {
    QString lines;
    for (const Variable& variable : variables) {
        // No environment can hold a NUL.
        lines += lineFor(shell, variable.name, QString(variable.value).remove(QChar::Null));
    }
    return lines;
}

QString unsetLines(Shell shell, const std::vector<Variable>& variables) {
    QString lines;
    for (const Variable& variable : variables)
        lines += unsetLine(shell, variable.name);
    return lines;
}

} // namespace sallyport
