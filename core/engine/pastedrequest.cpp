// SPDX-License-Identifier: MIT
#include "core/engine/pastedrequest.h"

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

QString text(const char* source) { return QCoreApplication::translate("Explain", source); }

/// The words of a POSIX shell's command line; what it would expand stays as it is.
class ShellWords {
public:
    explicit ShellWords(const QString& line)
        : m_line(line) {}

    [[nodiscard]] Result<QStringList, QString> read() {
        while (m_at < m_line.size())
            if (!readOne())
                return Failure{text(QT_TRANSLATE_NOOP("Explain", "A quote is not closed."))};
        finish();
        return m_words;
    }

private:
    [[nodiscard]] bool readOne() {
        const QChar c = m_line[m_at++];
        if (c == u'\'' || c == u'"') return readQuoted(c);
        if (c.isSpace()) {
            finish();
        } else if (c == u'\\' && m_at < m_line.size()) {
            // A line break after it joins two lines.
            const QChar next = m_line[m_at++];
            if (next != u'\n') append(next);
        } else {
            append(c);
        }
        return true;
    }
    [[nodiscard]] bool readQuoted(QChar quote) {
        m_isWord = true;
        for (; m_at < m_line.size(); ++m_at) {
            if (m_line[m_at] == quote) {
                ++m_at;
                return true;
            }
            const bool escapes = quote == u'"' && m_line[m_at] == u'\\' && m_at + 1 < m_line.size();
            if (escapes) ++m_at;
            m_word += m_line[m_at];
        }
        return false;
    }
    void append(QChar c) {
        m_word += c;
        m_isWord = true;
    }
    void finish() {
        if (m_isWord) m_words.append(m_word);
        m_word.clear();
        m_isWord = false;
    }

    const QString& m_line;
    qsizetype m_at = 0;
    QString m_word;
    QStringList m_words;
    bool m_isWord = false;
};

bool isOneOf(const QString& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* one) { return word == QLatin1String(one); });
}

/// Options that are followed by a word of their own, which is not the URL.
bool takesWord(const QString& option) {
    return isOneOf(option, {"-o",
                            "--output",
                            "-u",
                            "--user",
                            "-A",
                            "--user-agent",
                            "-e",
                            "--referer",
                            "-b",
                            "--cookie",
                            "-c",
                            "--cookie-jar",
                            "-m",
                            "--max-time",
                            "-x",
                            "--proxy",
                            "--connect-timeout",
                            "--cacert",
                            "--cert",
                            "-E",
                            "--key",
                            "-w",
                            "--write-out",
                            "--resolve",
                            "-T",
                            "--upload-file",
                            "--retry"});
}

bool isContent(const QString& option) {
    return option.startsWith(QLatin1String("--data")) ||
           isOneOf(option, {"-d", "--json", "-F", "--form"});
}

/// Reads the words after `curl`.
class CurlLine {
public:
    [[nodiscard]] PastedRequest read(const QStringList& words) {
        for (m_at = 1; m_at < words.size(); ++m_at)
            readWord(words, words[m_at]);
        if (!m_hasMethod && m_hasContent) m_request.method = "POST";
        return m_request;
    }

private:
    [[nodiscard]] QString next(const QStringList& words) {
        return m_at + 1 < words.size() ? words[++m_at] : QString();
    }
    void setMethod(const QString& method) {
        m_request.method = method.toUtf8();
        m_hasMethod = true;
    }
    void addField(const QString& line) {
        const qsizetype colon = line.indexOf(u':');
        if (colon > 0)
            m_request.fields.emplace_back(line.left(colon).trimmed().toUtf8(),
                                          line.mid(colon + 1).trimmed().toUtf8());
    }
    void readWord(const QStringList& words, const QString& word) {
        if (isOneOf(word, {"-X", "--request"})) {
            setMethod(next(words));
        } else if (word.startsWith(QLatin1String("-X")) && word.size() > 2) {
            setMethod(word.mid(2));
        } else if (isOneOf(word, {"-H", "--header"})) {
            addField(next(words));
        } else if (isOneOf(word, {"-I", "--head"})) {
            setMethod(QStringLiteral("HEAD"));
        } else if (word == QLatin1String("--url")) {
            m_request.url = next(words).toUtf8();
        } else if (isContent(word)) {
            m_hasContent = true;
            // `--data=x` is no option of curl, so the content is a word of its own.
            (void)next(words);
        } else if (takesWord(word)) {
            (void)next(words);
        } else if (!word.trimmed().isEmpty() && !word.startsWith(u'-') && m_request.url.isEmpty()) {
            m_request.url = word.toUtf8();
        }
    }

    PastedRequest m_request;
    qsizetype m_at = 0;
    bool m_hasMethod = false;
    bool m_hasContent = false;
};

bool isMethod(const QString& word) {
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return c.unicode() < 128 && (c.isUpper() || c == u'-');
    });
}

Result<PastedRequest, QString> checked(PastedRequest request) {
    if (request.url.isEmpty())
        return Failure{
            text(QT_TRANSLATE_NOOP("Explain", "There is no address in it. Paste a method and "
                                              "a URL, a path, or a command line of curl."))};
    if (request.url.startsWith('/')) return request;
    // curl takes a host alone for http.
    if (!request.url.contains("://")) request.url.prepend("http://");
    const QUrl url = QUrl::fromEncoded(request.url, QUrl::TolerantMode);
    const bool isHttp =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (isHttp && url.isValid() && !url.host().isEmpty()) return request;
    return Failure{
        text(QT_TRANSLATE_NOOP("Explain", "\"%1\" is not the address of a request; one looks "
                                          "like https://host/path or /v1/messages."))
            .arg(QString::fromUtf8(request.url))};
}

} // namespace

Result<PastedRequest, QString> parsePastedRequest(const QString& pasted) {
    const QString line = pasted.trimmed();
    if (line == QLatin1String("curl") || line.startsWith(QLatin1String("curl "))) {
        auto words = ShellWords(line).read();
        if (!words) return Failure{words.error()};
        return checked(CurlLine().read(*words));
    }
    const QStringList words = line.simplified().split(u' ', Qt::SkipEmptyParts);
    PastedRequest request;
    if (!words.isEmpty() && isMethod(words.front())) request.method = words.front().toUtf8();
    const int at = !words.isEmpty() && isMethod(words.front()) ? 1 : 0;
    if (words.size() > at) request.url = words[at].toUtf8();
    return checked(std::move(request));
}

} // namespace sallyport
