// SPDX-License-Identifier: MIT
#include "core/support/autostartentry.h"

#include <QByteArrayList>

#include <optional>

namespace sallyport::autostartentry {

namespace {

const QByteArray kHidden = "Hidden";
const QByteArray kGnomeEnabled = "X-GNOME-Autostart-enabled";
const QByteArray kExec = "Exec";

/// An argument of `Exec` (7, "The Exec key"), which is a string (4): a backslash is written twice.
QByteArray quotedArgument(const QString& argument) {
    QByteArray out = "\"";
    for (const char c : argument.toUtf8()) {
        if (QByteArrayView("\"`$\\").contains(c)) out += "\\\\";
        out += c == '\\' ? "\\\\" : QByteArray(1, c);
        if (c == '%') out += '%';
    }
    return out + '"';
}

QByteArray execOf(const QString& program) { return quotedArgument(program) + " --hidden"; }

/// The program of an `Exec`: what is quoted, or up to the first space.
QString programOf(const QByteArray& exec) {
    QByteArray word;
    const bool isQuoted = exec.startsWith('"');
    for (qsizetype i = isQuoted ? 1 : 0; i < exec.size(); ++i) {
        if (isQuoted ? exec[i] == '"' : exec[i] == ' ') break;
        if (exec[i] == '%') ++i;
        while (i < exec.size() && exec[i] == '\\')
            ++i;
        if (i < exec.size()) word += exec[i];
    }
    return QString::fromUtf8(word);
}

/// The lines of the group `[Desktop Entry]`, each with its end.
class Lines {
public:
    explicit Lines(const QByteArray& entry) {
        for (qsizetype from = 0; from < entry.size();) {
            const qsizetype end = entry.indexOf('\n', from);
            const qsizetype next = end < 0 ? entry.size() : end + 1;
            m_lines << entry.mid(from, next - from);
            from = next;
        }
        for (; m_first < m_lines.size() && m_lines[m_first].trimmed() != "[Desktop Entry]";)
            ++m_first;
        m_last = m_first;
        while (m_last + 1 < m_lines.size() && !m_lines[m_last + 1].startsWith('['))
            ++m_last;
    }
    [[nodiscard]] bool hasGroup() const { return m_first < m_lines.size(); }
    [[nodiscard]] std::optional<QByteArray> value(const QByteArray& key) const {
        const qsizetype at = find(key);
        if (at < 0) return {};
        return m_lines[at].mid(m_lines[at].indexOf('=') + 1).trimmed();
    }
    void set(const QByteArray& key, const QByteArray& value) {
        const QByteArray end = m_lines[m_first].endsWith("\r\n") ? "\r\n" : "\n";
        if (const qsizetype at = find(key); at >= 0) {
            m_lines[at] = key + '=' + value + end;
            return;
        }
        // After the last line that is not empty: blank ones stand before the next group.
        qsizetype after = m_last;
        while (after > m_first && m_lines[after].trimmed().isEmpty())
            --after;
        if (!m_lines[after].endsWith('\n')) m_lines[after] += end;
        m_lines.insert(after + 1, key + '=' + value + end);
        ++m_last;
    }
    void remove(const QByteArray& key) {
        const qsizetype at = find(key);
        if (at < 0) return;
        m_lines.remove(at);
        --m_last;
    }
    [[nodiscard]] QByteArray text() const { return m_lines.join(); }

private:
    [[nodiscard]] qsizetype find(const QByteArray& key) const {
        for (qsizetype i = m_first + 1; i <= m_last && i < m_lines.size(); ++i)
            if (m_lines[i].left(m_lines[i].indexOf('=')).trimmed() == key) return i;
        return -1;
    }
    QByteArrayList m_lines;
    qsizetype m_first = 0;
    qsizetype m_last = 0;
};

} // namespace

QByteArray madeFor(const QString& program) {
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Sallyport\n"
           "Exec=" +
           execOf(program) +
           "\n"
           "Icon=io.github.sallyport.Sallyport\n"
           "Terminal=false\n"
           "X-GNOME-Autostart-Delay=5\n"
           "X-KDE-autostart-after=panel\n";
}

bool isOn(const QByteArray& entry) {
    const Lines lines(entry);
    return lines.value(kExec) && lines.value(kHidden) != "true" &&
           lines.value(kGnomeEnabled) != "false";
}

QByteArray turnedOn(const QByteArray& entry, const QString& program,
                    bool (*isThere)(const QString& program)) {
    Lines lines(entry);
    if (!lines.hasGroup()) return madeFor(program);
    lines.remove(kHidden);
    if (lines.value(kGnomeEnabled)) lines.set(kGnomeEnabled, "true");
    const auto exec = lines.value(kExec);
    if (!exec || !isThere(programOf(*exec))) lines.set(kExec, execOf(program));
    return lines.text();
}

QByteArray turnedOff(const QByteArray& entry) {
    Lines lines(entry);
    if (!lines.hasGroup()) return entry;
    lines.set(kHidden, "true");
    return lines.text();
}

} // namespace sallyport::autostartentry
