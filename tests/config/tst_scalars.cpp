// SPDX-License-Identifier: MIT
#include "core/config/addresses.h"
#include "core/config/nearestname.h"

#include <QDir>
#include <QTest>

using namespace sallyport;

namespace {

/// The value of a Result as text, or "refused".
template <typename T, typename ToText>
QByteArray shown(const scalars::Parsed<T>& parsed, ToText toText) {
    return parsed ? QByteArray(toText(*parsed)) : QByteArray("refused");
}

QByteArray urlText(const UpstreamTarget& target) {
    return QByteArray(target.isTls ? "tls " : "plain ") + target.host + ' ' +
           QByteArray::number(target.port) + " [" + target.basePath + "] " + target.authority;
}

} // namespace

class TestScalars : public QObject {
    Q_OBJECT
    static void columns() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("meaning");
    }
    static void row(const char* tag, const char* text, const char* meaning) {
        QTest::newRow(tag) << QByteArray(text) << QByteArray(meaning);
    }
private slots:
    void durations_data() {
        columns();
        row("milliseconds", "250ms", "250");
        row("seconds", "30s", "30000");
        row("minutes", "5m", "300000");
        row("hours", "24h", "86400000");
        row("days", "30d", "2592000000");
        row("a bare zero", "0", "0");
        row("zero with a unit", "0s", "0");
        row("a number without a unit", "30", "refused");
        row("a unit without a number", "s", "refused");
        row("a fraction", "1.5s", "refused");
        row("a sign", "-1s", "refused");
        row("a blank between", "1 s", "refused");
        row("another unit", "1w", "refused");
        row("a capital unit", "1S", "refused");
        row("more than ten years", "4000d", "refused");
        row("more than a number holds", "99999999999999999999s", "refused");
        row("a product that overflows", "9223372036854775807d", "refused");
        row("nothing", "", "refused");
    }
    void durations() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::duration(text),
                    [](auto ms) { return QByteArray::number(qint64(ms.count())); }),
              "meaning");
    }

    void interceptEntries_data() {
        columns();
        row("a name", "api.anthropic.com", "api.anthropic.com 443");
        row("in lower case", "API.Anthropic.COM", "api.anthropic.com 443");
        row("with the dot of the root", "a.example.", "a.example 443");
        row("with a port", "a.example:8443", "a.example 8443");
        row("with the usual port", "a.example:443", "a.example 443");
        row("a suffix", "*.corp.example", "*.corp.example 443");
        row("a suffix with a port", "*.corp.example:8443", "*.corp.example 8443");
        row("an IPv4 address", "10.0.0.1", "10.0.0.1 443");
        row("an IPv4 address with a port", "10.0.0.1:8443", "10.0.0.1 8443");
        row("an IPv6 address", "fd00::1", "fd00::1 443");
        row("an IPv6 address in brackets", "[fd00::1]", "fd00::1 443");
        row("an IPv6 address with a port", "[fd00::1]:8443", "fd00::1 8443");
        row("digits after an IPv6 address are part of it", "fd00::1:8443", "fd00::1:8443 443");
        row("every host", "*", "refused");
        row("every host on a port", "*:443", "refused");
        row("port 0", "a.example:0", "refused");
        row("an empty port", "a.example:", "refused");
        row("no host", ":443", "refused");
        row("nothing", "", "refused");
        row("a URL", "https://a.example", "refused");
        row("a path", "a.example/x", "refused");
        row("an asterisk inside", "a.*.example", "refused");
        row("an asterisk for a part of a label", "*a.example", "refused");
    }
    void interceptEntries() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::interceptEntry(text),
                    [](const InterceptEntry& entry) {
                        return QByteArray(entry.host + ' ' + QByteArray::number(entry.port));
                    }),
              "meaning");
    }

    void sizes_data() {
        columns();
        row("bytes", "4096", "4096");
        row("KiB", "64KiB", "65536");
        row("MiB", "4MiB", "4194304");
        row("GiB", "1GiB", "1073741824");
        row("decimal units", "64KB", "refused");
        row("a letter alone", "64K", "refused");
        row("small letters", "64kib", "refused");
        row("a product that overflows", "9223372036854775807GiB", "refused");
        row("a sign", "-1", "refused");
    }
    void sizes() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::size(text), [](qint64 size) { return QByteArray::number(size); }),
              "meaning");
    }

    void booleans_data() {
        columns();
        row("true", "true", "1");
        row("false", "false", "0");
        for (const char* other : {"yes", "no", "on", "off", "True", "FALSE", "1", "0", "y", ""})
            row(qPrintable(QStringLiteral("\"%1\" is no switch").arg(QLatin1String(other))), other,
                "refused");
    }
    void booleans() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::boolean(text), [](bool on) { return QByteArray::number(int(on)); }),
              "meaning");
    }

    void listens_data() {
        columns();
        row("IPv4", "127.0.0.1:8899", "127.0.0.1 8899");
        row("IPv6 in brackets", "[::1]:8899", "::1 8899");
        row("localhost", "localhost:1", "127.0.0.1 1");
        row("a free port", "127.0.0.1:0", "127.0.0.1 0");
        row("all addresses", "0.0.0.0:80", "0.0.0.0 80");
        row("IPv6 without brackets", "::1:8899", "refused");
        row("IPv4 in brackets", "[127.0.0.1]:8899", "refused");
        row("no port", "127.0.0.1", "refused");
        row("an empty port", "127.0.0.1:", "refused");
        row("no address", ":8899", "refused");
        row("a port alone", "8899", "refused");
        row("a port too high", "127.0.0.1:65536", "refused");
        row("a name", "example.com:80", "refused");
        row("a short address", "127.1:80", "refused");
        row("a number for an address", "2130706433:80", "refused");
        row("an address with a zone", "[fe80::1%eth0]:80", "refused");
        row("a URL", "http://127.0.0.1:80", "refused");
    }
    void listens() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::listenAddress(text),
                    [](const auto& listen) -> QByteArray {
                        return listen.first.toString().toLatin1() + ' ' +
                               QByteArray::number(listen.second);
                    }),
              "meaning");
    }

    void networks_data() {
        columns();
        row("a network", "169.254.0.0/16", "169.254.0.0 16");
        row("a single address", "10.0.0.8", "10.0.0.8 32");
        row("an IPv6 network", "fe80::/10", "fe80:: 10");
        row("a single IPv6 address", "::1", "::1 128");
        row("everything", "0.0.0.0/0", "0.0.0.0 0");
        row("a v4-mapped network is IPv4", "::ffff:10.0.0.0/104", "10.0.0.0 8");
        row("a short address", "10/8", "refused");
        row("a mask", "10.0.0.0/255.0.0.0", "refused");
        row("a prefix too long", "10.0.0.0/33", "refused");
        row("an empty prefix", "10.0.0.0/", "refused");
        row("octal", "010.0.0.1", "refused");
        row("a name", "localhost", "refused");
    }
    void networks() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::network(text),
                    [](const auto& network) -> QByteArray {
                        return network.first.toString().toLatin1() + ' ' +
                               QByteArray::number(network.second);
                    }),
              "meaning");
    }

    void percentages_data() {
        columns();
        row("half", "50%", "50");
        row("the least", "1%", "1");
        row("the whole", "100%", "100");
        row("nothing", "0%", "refused");
        row("more than the whole", "101%", "refused");
        row("without its sign", "50", "refused");
        row("a fraction", "0.5%", "refused");
        row("a sign alone", "%", "refused");
        row("with a blank", "50 %", "refused");
    }
    void percentages() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::percentage(text), [](int part) { return QByteArray::number(part); }),
              "meaning");
    }

    void portRanges_data() {
        columns();
        row("one", "443", "443 443");
        row("a range", "1024-65535", "1024 65535");
        row("a range with blanks", "1 - 2", "1 2");
        row("zero", "0", "refused");
        row("too high", "65536", "refused");
        row("backwards", "20-10", "refused");
        row("open", "10-", "refused");
        row("words", "http", "refused");
    }
    void portRanges() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::portRange(text),
                    [](const auto& range) -> QByteArray {
                        return QByteArray::number(range.first) + ' ' +
                               QByteArray::number(range.second);
                    }),
              "meaning");
    }

    void urls_data() {
        columns();
        row("https", "https://gateway.corp.example/llm",
            "tls gateway.corp.example 443 [/llm] gateway.corp.example");
        row("http with a port", "http://10.0.0.8:8080", "plain 10.0.0.8 8080 [] 10.0.0.8:8080");
        row("a slash at the end goes", "https://a.example/", "tls a.example 443 [] a.example");
        row("a slash behind the path goes", "https://a.example/x/",
            "tls a.example 443 [/x] a.example");
        row("the scheme's own port is not told", "https://a.example:443",
            "tls a.example 443 [] a.example");
        row("the other scheme's port is", "https://a.example:80",
            "tls a.example 80 [] a.example:80");
        row("letter case of scheme and host goes", "HTTPS://A.Example/X",
            "tls a.example 443 [/X] a.example");
        row("IPv6", "http://[::1]:19080/a", "plain ::1 19080 [/a] [::1]:19080");
        row("no scheme", "a.example", "refused");
        row("another scheme", "ftp://a.example", "refused");
        row("a web socket", "wss://a.example", "refused");
        row("user information", "https://me:secret@a.example", "refused");
        row("a query", "https://a.example/x?y", "refused");
        row("a fragment", "https://a.example/#x", "refused");
        row("no host", "https:///x", "refused");
        row("port zero", "https://a.example:0", "refused");
        row("port too high", "https://a.example:65536", "refused");
        row("a blank", "https://a.example/a b", "refused");
        row("dot-segments", "https://a.example/a/../b", "refused");
        row("two slashes", "https://a.example//b", "refused");
        row("letters outside ASCII",
            "https://b\xC3\xBC"
            "cher.example",
            "refused");
        row("nothing", "", "refused");
    }
    void urls() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::upstreamUrl(text), urlText), "meaning");
    }

    void hosts_data() {
        columns();
        row("a name", "Api.Anthropic.com", "api.anthropic.com");
        row("the root's dot goes", "a.example.", "a.example");
        row("a suffix", "*.Example.com", "*.example.com");
        row("any", "*", "*");
        row("IPv6", "::1", "::1");
        row("IPv6 in brackets", "[::1]", "::1");
        row("a port", "a.example:80", "refused");
        row("a scheme", "http://a.example", "refused");
        row("a star inside", "a.*.example", "refused");
        row("a suffix of an address", "*.[::1]", "refused");
        row("an empty label", "a..b", "refused");
        row("a slash", "a/b", "refused");
        row("nothing", "", "refused");
    }
    void hosts() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::hostPattern(text), [](const QByteArray& host) { return host; }),
              "meaning");
    }

    void secrets_data() {
        columns();
        row("none", "none", "0 ");
        row("a variable", "env:CORP_KEY", "1 CORP_KEY");
        row("an absolute file", "file:/run/secrets/key", "2 /run/secrets/key");
        row("a file beside the configuration", "file:keys/corp", "2 /etc/sallyport/keys/corp");
        row("a file above the configuration", "file:../corp", "2 /etc/corp");
        row("a bad variable", "env:CORP-KEY", "refused");
        row("a variable that begins with a digit", "env:1A", "refused");
        row("no variable", "env:", "refused");
        row("no file", "file:", "refused");
        row("the secret itself", "sk-ant-api03-xyz", "refused");
        row("auto is for the token alone", "auto", "refused");
        row("the keychain", "keychain:corp", "3 corp");
        row("a name with a blank in the keychain", "keychain:the corp key", "3 the corp key");
        row("no name in the keychain", "keychain:", "refused");
        row("a control character in the keychain", "keychain:a\nb", "refused");
    }
    void secrets() {
        QFETCH(QByteArray, text);
        QTEST(shown(scalars::credentialSource(text, QStringLiteral("/etc/sallyport")),
                    [](const CredentialSource& source) -> QByteArray {
                        return QByteArray::number(int(source.kind)) + ' ' + source.name.toUtf8();
                    }),
              "meaning");
    }

    void aSecretIsNotSaidAgain() {
        const auto parsed = scalars::credentialSource("sk-ant-api03-xyz", QString());
        QVERIFY(!parsed.error().contains(QLatin1String("xyz")));
        const auto entry = scalars::credentialSource("keychain:sk-ant-\x01xyz", QString());
        QVERIFY(!entry.error().contains(QLatin1String("xyz")));
    }

    void tokensAndHomes() {
        const QString dir = QStringLiteral("/c");
        QCOMPARE(scalars::tokenSource("auto", dir)->kind, TokenSource::Kind::Auto);
        QCOMPARE(scalars::tokenSource("none", dir)->kind, TokenSource::Kind::None);
        QCOMPARE(scalars::tokenSource("file:t", dir)->name, QStringLiteral("/c/t"));
        QCOMPARE(scalars::tokenSource("env:T", dir)->name, QStringLiteral("T"));
        QVERIFY(!scalars::tokenSource("abc", dir));
        QCOMPARE(scalars::absolutePath(QStringLiteral("~/x"), dir),
                 QDir::cleanPath(QDir::homePath() + QStringLiteral("/x")));
    }

    void nearestNames_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("nearest");
        const auto near = [](const char* tag, const char* word, const char* nearest) {
            QTest::newRow(tag) << QString::fromUtf8(word) << QString::fromUtf8(nearest);
        };
        near("a letter left out", "lisen", "listen");
        near("two letters exchanged", "acecss", "access");
        near("a letter too many", "limmits", "limits");
        near("another letter case", "Drain", "drain");
        near("a plural", "logs", "log");
        near("nothing like it", "banana", "");
        near("far too long",
             "listenlistenlistenlistenlistenlistenlistenlistenlistenlistenlistenlisten", "");
    }
    void nearestNames() {
        QFETCH(QString, word);
        const QStringList known{QStringLiteral("listen"), QStringLiteral("access"),
                                QStringLiteral("log"), QStringLiteral("limits"),
                                QStringLiteral("drain")};
        QTEST(nearestOf(word, known), "nearest");
    }
};

QTEST_APPLESS_MAIN(TestScalars)
#include "tst_scalars.moc"
