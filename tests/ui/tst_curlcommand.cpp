// SPDX-License-Identifier: MIT
#include "ui/log/curlcommand.h"

#include "core/history/exchangewriter.h"
#include "core/observe/exchangelog.h"
#include "core/support/clock.h"
#include "ui/log/errorreport.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

namespace {

ExchangeDetail exchange(const QByteArray& path, const QByteArray& value, const QByteArray& body) {
    ExchangeDetail detail;
    detail.record.method = "POST";
    detail.record.host = "127.0.0.1:8899";
    detail.record.path = path;
    detail.requestFields.append("Host", "127.0.0.1:8899");
    detail.requestFields.append("Content-Length", "7");
    detail.requestFields.append("X-Test", value);
    if (!body.isEmpty()) detail.requestBody = {{0, body}};
    return detail;
}

/// What bash hands to curl: the arguments, each with a zero after it, then its standard input.
QByteArray runInBash(const QString& command) {
    QProcess bash;
    const QString curl = QStringLiteral("curl() { printf '%s\\0' \"$@\"; "
                                        "case \" $* \" in *' @- '*) cat;; esac; }\n");
    bash.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QSignalSpy finished(&bash, &QProcess::finished);
    bash.start(QStringLiteral("bash"),
               {QStringLiteral("--norc"), QStringLiteral("-c"), QString(curl + command)});
    if (!finished.wait(20000) || bash.exitCode() != 0) return "bash failed";
    return bash.readAllStandardOutput();
}

} // namespace

class TestCurlCommand : public QObject {
    Q_OBJECT
private slots:
    void bashGetsWhatWasSent_data();
    void bashGetsWhatWasSent();
    void contentThatIsNoTextIsPiped();
    void cmdEscapes_data();
    void cmdEscapes();
    void powerShellQuotes_data();
    void powerShellQuotes();
    void powerShellNamesEachFieldOnce();
    void anErrorReportIsSafeToPaste();
    void aPlantedKeyIsInNoneOfThem();
};

void TestCurlCommand::bashGetsWhatWasSent_data() {
    QTest::addColumn<QByteArray>("hostile");
    QTest::newRow("quotes of both kinds") << QByteArray("it's \"quoted\"");
    QTest::newRow("an end of the quote and a command") << QByteArray("'; touch /nowhere/x; '");
    QTest::newRow("substitutions") << QByteArray("$(id) `id` ${HOME} $HOME");
    QTest::newRow("history and tilde") << QByteArray("!! !$ ~root");
    QTest::newRow("backslashes") << QByteArray("a\\b\\\\c\\");
    QTest::newRow("a leading at sign and dashes") << QByteArray("@/etc/passwd --output x");
    QTest::newRow("globs and redirections") << QByteArray("* ? [a] < > | & ;");
    QTest::newRow("letters outside ASCII") << QByteArray("日本語 – ‘’");
    QTest::newRow("percent and caret") << QByteArray("%PATH% ^x^");
}

void TestCurlCommand::bashGetsWhatWasSent() {
    QFETCH(QByteArray, hostile);
    const auto detail = exchange("/v1/x?q=" + hostile, hostile, hostile + "\nsecond line");
    const QByteArray seen = runInBash(commandFor(detail, CommandShell::Bash));
    const QByteArrayList arguments = seen.split('\0');
    QVERIFY(arguments.contains("http://127.0.0.1:8899/v1/x?q=" + hostile));
    QVERIFY(arguments.contains("X-Test: " + hostile));
    QVERIFY(arguments.contains(hostile + "\nsecond line"));
    QVERIFY(!seen.contains("Content-Length"));
    QCOMPARE(arguments.at(arguments.indexOf("-X") + 1), QByteArray("POST"));
}

void TestCurlCommand::contentThatIsNoTextIsPiped() {
    const QByteArray body("\x00\xff\x27;id\x00 end", 12);
    const QByteArray seen = runInBash(commandFor(exchange("/", "v", body), CommandShell::Bash));
    QVERIFY(seen.endsWith(QByteArray("@-").append('\0').append(body)));
    const QString cmd = commandFor(exchange("/", "v", body), CommandShell::Cmd);
    QVERIFY(cmd.contains(QStringLiteral("--data-binary ^\"@request-body.bin^\"")));
    const QString shell = commandFor(exchange("/", "v", body), CommandShell::PowerShell);
    QVERIFY(shell.contains(QLatin1String(body.toBase64())));
}

void TestCurlCommand::cmdEscapes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("quoted");
    const auto row = [](const char* tag, const char* text, const char* quoted) {
        QTest::newRow(tag) << QString::fromUtf8(text) << QString::fromUtf8(quoted);
    };
    row("plain text", "a b", "^\"a b^\"");
    row("a quote, for the C runtime and for cmd", "a\"b", "^\"a\\^\"b^\"");
    row("a backslash before a quote is doubled", "a\\\"b", "^\"a\\\\\\^\"b^\"");
    row("backslashes at the end are doubled", "a\\", "^\"a\\\\^\"");
    row("variables are not expanded", "%PATH% !x!", "^\"^%PATH^% ^!x^!^\"");
    row("what ends or joins commands", "a&b|c<d>e^f(g)", "^\"a^&b^|c^<d^>e^^f^(g^)^\"");
    row("a line end", "a\r\nb", "^\"a^\n\nb^\"");
}

void TestCurlCommand::cmdEscapes() {
    QFETCH(QString, text);
    QTEST(cmdQuoted(text), "quoted");
}

void TestCurlCommand::powerShellQuotes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("quoted");
    QTest::newRow("a quote is doubled")
        << QStringLiteral("it's $x `n") << QStringLiteral("'it''s $x `n'");
    QTest::newRow("typographic quotes end a text too")
        << QStringLiteral("a\u2019;b") << QStringLiteral("'a\u2019\u2019;b'");
}

void TestCurlCommand::powerShellQuotes() {
    QFETCH(QString, text);
    QTEST(powerShellQuoted(text), "quoted");
}

void TestCurlCommand::powerShellNamesEachFieldOnce() {
    ExchangeDetail detail = exchange("/", "one", "{}");
    detail.requestFields.append("x-test", "two");
    detail.requestFields.append("Content-Type", "application/json");
    const QString command = commandFor(detail, CommandShell::PowerShell);
    QVERIFY(command.contains(QStringLiteral("'x-test' = 'one, two'")));
    QVERIFY(command.contains(QStringLiteral("-ContentType 'application/json'")));
    QCOMPARE(command.count(QStringLiteral("x-test")), 1);
}

void TestCurlCommand::anErrorReportIsSafeToPaste() {
    ExchangeDetail detail = exchange("/v1/messages", "v", "{}");
    detail.record.status = 529;
    detail.record.error = QStringLiteral("overloaded \u001b[31m\u202e");
    detail.record.target = QStringLiteral("gateway.corp.example:443");
    detail.record.passedOver = {{QStringLiteral("a:443"), QStringLiteral("refused")}};
    detail.responseFields.append("request-id", "req_42");
    detail.responseBody = {{5, QByteArray("{\"error\":\x1b]0;x\x07}\n") + QByteArray(9000, 'x')}};
    const QString report = errorReport(detail);
    for (const char* part : {"529", "req_42", "gateway.corp.example:443", "a:443: refused", "POST"})
        QVERIFY2(report.contains(QLatin1String(part)), part);
    QVERIFY(!report.contains(QChar(0x1b)) && !report.contains(QChar(0x202e)));
    QVERIFY(report.size() < 4000);
}

/// Planted where the log sees it come by, then taken out by each way.
void TestCurlCommand::aPlantedKeyIsInNoneOfThem() {
    const QByteArray key = "sk-ant-api03-PLANTEDplantedPLANTEDplanted0123456789";
    const SystemClock clock;
    ExchangeLog log(clock);
    log.setKnownSecrets(KnownSecrets().renewed({key}));
    const auto recorder = log.begin(QStringLiteral("127.0.0.1"));
    FieldList fields;
    for (const char* name : {"Authorization", "x-api-key", "Cookie", "X-Some-Token", "X-Other"})
        fields.append(name, key);
    const QByteArray target = "/v1/messages?key=" + key;
    recorder->requestHead(RequestRole::Gateway, {"POST", "127.0.0.1:8899", target}, fields);
    recorder->requestBody(QByteArray("{\"model\":\"x\",\"api_key\":\"" + key + "\"}"));
    recorder->requestBodyEnded();
    recorder->requestSent();
    FieldList answer;
    answer.append("request-id", "req_1");
    answer.append("Set-Cookie", key);
    recorder->responseHead(401, "Unauthorized", answer);
    recorder->responseBody(QByteArray("{\"error\":{\"message\":\"" + key + " is refused\"}}"));
    recorder->ended(ExchangeEnd::Complete);
    const ExchangeDetail detail = log.detail(recorder->record().id).value();
    QByteArrayList texts{errorReport(detail).toUtf8()};
    for (const auto shell : {CommandShell::Bash, CommandShell::PowerShell, CommandShell::Cmd})
        texts += commandFor(detail, shell).toUtf8();
    for (const auto format : {ExportFormat::Har, ExportFormat::JsonLines, ExportFormat::Csv}) {
        ExchangeWriter writer(format);
        texts += writer.begin() + writer.add(detail.record, detail) + writer.end();
    }
    for (const QByteArray& text : std::as_const(texts)) {
        QVERIFY(text.contains("v1/messages"));
        QVERIFY2(!text.contains("PLANTED") && !text.contains("planted"), text.constData());
    }
}

QTEST_GUILESS_MAIN(TestCurlCommand)
#include "tst_curlcommand.moc"
