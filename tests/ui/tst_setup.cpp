// SPDX-License-Identifier: MIT
#include "core/config/loader.h"
#include "core/config/routesbackup.h"
#include "core/support/atomicfile.h"
#include "core/transfer/upstreamname.h"
#include "tests/support/pipe.h"
#include "tests/ui/fakeport.h"
#include "ui/connect/claudecodestate.h"
#include "ui/connect/lastseen.h"
#include "ui/setup/setupchoice.h"
#include "ui/setup/setupdialog.h"

#include <QCheckBox>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QDateTime kNow(QDate(2026, 11, 21), QTime(17, 22));

QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray kMine = "# mine\nupstreams:\n  - name: mine   # the one\n    targets:\n      - "
                         "url: http://old.example\n    credential: env:KEY\n    credential_as: "
                         "bearer\nroutes:\n  - name: r\n    match: {path: /}\n    upstream: mine\n"
                         "    access: open\n# tail\n";

} // namespace

class SetupTest : public QObject {
    Q_OBJECT
private slots:
    void aChoiceIsChecked_data();
    void aChoiceIsChecked();
    void aGatewayGetsItsNameFromItsHost_data();
    void aGatewayGetsItsNameFromItsHost();
    void theKeyIsInAFileOfItsOwnAndNowhereElse();
    void theFilesCanBeLoaded();
    void theSandboxNeedsNoKey();
    void whatWasThereIsKept();
    void aCopyIsNeverOverwritten();
    void anEditedFileKeepsEverythingElse();
    void aBrokenFileIsNotTouched();
    void theDialogBeginsWithWhatIsThere();
    void theTestGoesByTheViaThatIsThere();
    void theDialogShowsWhatItChanges();
    void theLastPageSaysWhereRequestsGo_data();
    void theLastPageSaysWhereRequestsGo();
    void returnSavesAfterATest_data();
    void returnSavesAfterATest();
    void theFormKeepsItsRoom();
    void aClosedNetworkIsOneClick();
    void aPipeIsNotTakenForTheFormerFile();
    void theDialogTriesAndWrites();
    void claudeCodeIsKnownByItsUserAgent_data();
    void claudeCodeIsKnownByItsUserAgent();
    void theLatestSightingCounts();
};

void SetupTest::aChoiceIsChecked_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<bool>("isFine");
    const auto row = [](const char* tag, const char* url, const char* ca, bool fine) {
        QTest::newRow(tag) << QString::fromUtf8(url) << QString::fromUtf8(ca) << fine;
    };
    row("an address with a path", "https://gateway.example/llm", "", true);
    row("blanks around it", "  http://10.0.0.8:8080 ", "", true);
    row("no address", "", "", false);
    row("a host alone", "gateway.example", "", false);
    row("another scheme", "ftp://gateway.example", "", false);
    row("a user in it", "https://me@gateway.example", "", false);
    row("a query in it", "https://gateway.example/?a=1", "", false);
    row("a CA file that is not there", "https://gateway.example", "/nonexistent/ca.pem", false);
}

void SetupTest::aChoiceIsChecked() {
    QFETCH(QString, url);
    QFETCH(QString, caFile);
    const QString problem = setupProblem({false, url, {}, false, caFile});
    QTEST(problem.isEmpty(), "isFine");
    QVERIFY(setupProblem({true, url, {}, false, caFile}).isEmpty());
}

void SetupTest::aGatewayGetsItsNameFromItsHost_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    QTest::newRow("the first label")
        << QStringLiteral("https://LLM.corp.example/x") << QStringLiteral("llm");
    QTest::newRow("an address has none")
        << QStringLiteral("http://10.0.0.8:1") << QStringLiteral("corp");
    QTest::newRow("the sandbox's name is taken")
        << QStringLiteral("https://sandbox.example") << QStringLiteral("corp");
}

void SetupTest::aGatewayGetsItsNameFromItsHost() {
    QFETCH(QString, url);
    QTEST(gatewayName(url), "name");
}

void SetupTest::theKeyIsInAFileOfItsOwnAndNowhereElse() {
    const QTemporaryDir dir;
    const auto written = writeSetup(
        dir.path(),
        {false, QStringLiteral("https://llm.example/x"), QStringLiteral("sk-planted"), true, {}},
        kNow);
    QVERIFY2(written.isOk(), qPrintable(written.isOk() ? QString() : written.error()));
    const QString key = dir.filePath(QStringLiteral("credentials/llm.key"));
    QCOMPARE(content(key), QByteArray("sk-planted\n"));
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                        QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(key).permissions() & others));
    const QByteArray routes = content(dir.filePath(QStringLiteral("routes.yaml")));
    QVERIFY(!routes.contains("planted"));
    QVERIFY(routes.contains("file:"));
    QVERIFY(!content(dir.filePath(QStringLiteral("settings.yaml"))).contains("planted"));
}

void SetupTest::theFilesCanBeLoaded() {
    const QTemporaryDir dir;
    QVERIFY(writeSetup(
                dir.path(),
                {false, QStringLiteral("http://10.0.0.8:8080/llm"), QStringLiteral("k"), true, {}},
                kNow)
                .isOk());
    const auto config = loadConfig(dir.path());
    QVERIFY2(config.isOk(), qPrintable(config.isOk() ? QString() : config.error().toString()));
    const auto& upstreams = (*config)->upstreams;
    QVERIFY(!upstreams.empty());
    const UpstreamConfig& corp = upstreams.front();
    QCOMPARE(corp.name, QStringLiteral("corp"));
    QVERIFY(corp.credentials.at(0).kind == CredentialSource::Kind::File);
    QVERIFY(corp.credentialAs == CredentialForm::XApiKey);
}

void SetupTest::theSandboxNeedsNoKey() {
    const QTemporaryDir dir;
    QVERIFY(writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow).isOk());
    QVERIFY(!QFileInfo::exists(dir.filePath(QStringLiteral("credentials"))));
    QVERIFY(loadConfig(dir.path()).isOk());
}

void SetupTest::whatWasThereIsKept() {
    const QTemporaryDir dir;
    const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
    const QString settings = dir.filePath(QStringLiteral("settings.yaml"));
    QVERIFY(routesBackupPath(dir.path(), RoutesChange::Setup, kNow).isEmpty());
    QVERIFY(writeFileAtomically(routes, kMine).isOk());
    QVERIFY(writeFileAtomically(settings, "log: {level: warn}\n").isOk());
    const QString backup = routesBackupPath(dir.path(), RoutesChange::Setup, kNow);
    QCOMPARE(backup, QString(routes + QStringLiteral(".before-setup-20261121-1722")));
    QVERIFY(writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow).isOk());
    QCOMPARE(content(backup), kMine);
    QCOMPARE(content(settings), QByteArray("log: {level: warn}\n"));
}

void SetupTest::aCopyIsNeverOverwritten() {
    const QTemporaryDir dir;
    const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
    for (const char* remark : {"# first\n", "# second\n", "# third\n"}) {
        QVERIFY(writeFileAtomically(routes, remark + kMine).isOk());
        QVERIFY(writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow).isOk());
    }
    // Nothing changes any more, so no copy is made.
    QVERIFY(writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow).isOk());
    const QString backup = routes + QStringLiteral(".before-setup-20261121-1722");
    QCOMPARE(content(backup), "# first\n" + kMine);
    QCOMPARE(content(backup + QStringLiteral("-2")), "# second\n" + kMine);
    QCOMPARE(content(backup + QStringLiteral("-3")), "# third\n" + kMine);
    QVERIFY(!QFileInfo::exists(backup + QStringLiteral("-4")));
}

void SetupTest::anEditedFileKeepsEverythingElse() {
    const QTemporaryDir dir;
    const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
    QVERIFY(writeFileAtomically(routes, kMine).isOk());
    const SetupChoice choice{
        false, QStringLiteral("https://new.example/llm"), QStringLiteral("sk-planted"), true, {}};
    const auto written = writeSetup(dir.path(), choice, kNow);
    QVERIFY2(written.isOk(), qPrintable(written.isOk() ? QString() : written.error()));
    QCOMPARE(written->destination, QStringLiteral("mine (new.example)"));
    const QString key = dir.filePath(QStringLiteral("credentials/mine.key"));
    QCOMPARE(content(key), QByteArray("sk-planted\n"));
    QByteArray wanted = kMine;
    wanted.replace("http://old.example", "\"https://new.example/llm\"");
    wanted.replace("env:KEY", QByteArray("\"file:" + key.toUtf8() + "\""));
    wanted.replace("credential_as: bearer", "credential_as: x-api-key");
    QCOMPARE(content(routes), wanted);
}

void SetupTest::aBrokenFileIsNotTouched() {
    const QTemporaryDir dir;
    const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
    QVERIFY(writeFileAtomically(routes, "upstreams: [{nam: x}]\n").isOk());
    const auto written = writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow);
    QVERIFY(!written.isOk());
    QVERIFY2(written.error().contains(QStringLiteral("routes.yaml:1:")),
             qPrintable(written.error()));
    QCOMPARE(content(routes), QByteArray("upstreams: [{nam: x}]\n"));
    FakePort port;
    const SetupDialog dialog(port, dir.path());
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("saveSetup"))->isEnabled());
    QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("testResult"))
                ->text()
                .contains(QStringLiteral("routes.yaml:1:")));
}

void SetupTest::theDialogBeginsWithWhatIsThere() {
    const QTemporaryDir dir;
    QVERIFY(writeFileAtomically(dir.filePath(QStringLiteral("routes.yaml")), kMine).isOk());
    FakePort port;
    const SetupDialog dialog(port, dir.path());
    QCOMPARE(dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))->text(),
             QStringLiteral("http://old.example"));
    QVERIFY(dialog.findChild<QLineEdit*>(QStringLiteral("gatewayKey"))
                ->placeholderText()
                .contains(QStringLiteral("env:KEY")));
    QVERIFY(dialog.findChild<QRadioButton*>(QStringLiteral("useGateway"))->isChecked());
    QVERIFY(dialog.findChild<QRadioButton*>(QStringLiteral("asBearer"))->isChecked());
}

void SetupTest::theTestGoesByTheViaThatIsThere() {
    const QTemporaryDir dir;
    const QByteArray text = "upstreams:\n  - name: old\n    targets: [{url: http://old.example}]\n"
                            "    via: http://proxy.test:3128\n"
                            "routes:\n  - {name: claude, upstream: old}\n";
    QVERIFY(writeFileAtomically(dir.filePath(QStringLiteral("routes.yaml")), text).isOk());
    FakePort port;
    const SetupDialog dialog(port, dir.path());
    dialog.findChild<QPushButton*>(QStringLiteral("testGateway"))->click();
    QCOMPARE(port.asked.last(), QStringLiteral("try http://old.example by proxy.test"));
}

void SetupTest::theDialogShowsWhatItChanges() {
    const QTemporaryDir dir;
    QVERIFY(writeFileAtomically(dir.filePath(QStringLiteral("routes.yaml")), kMine).isOk());
    FakePort port;
    SetupDialog dialog(port, dir.path());
    const auto* diff = dialog.findChild<DiffView*>();
    const auto* note = dialog.findChild<QLabel*>(QStringLiteral("setupChangeNote"));
    QVERIFY(diff->isHidden());
    dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
        ->setText(QStringLiteral("http://new.example"));
    QVERIFY(!diff->isHidden());
    QVERIFY(diff->toPlainText().contains(QStringLiteral("+      - url: \"http://new.example\"")));
    QVERIFY(note->text().contains(QStringLiteral("routes.yaml.before-setup-")));
}

void SetupTest::theLastPageSaysWhereRequestsGo_data() {
    QTest::addColumn<bool>("isSandbox");
    QTest::addColumn<QString>("says");
    QTest::newRow("a gateway by its name and host") << false << QStringLiteral("llm (llm.example)");
    QTest::newRow("the sandbox is not a model") << true << QStringLiteral("not a real model");
}

void SetupTest::theLastPageSaysWhereRequestsGo() {
    QFETCH(bool, isSandbox);
    QFETCH(QString, says);
    const QTemporaryDir dir;
    FakePort port;
    SetupDialog dialog(port, dir.path());
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
        ->setText(QStringLiteral("http://llm.example/x"));
    if (isSandbox) dialog.findChild<QRadioButton*>(QStringLiteral("useSandbox"))->click();
    dialog.findChild<QPushButton*>(QStringLiteral("saveSetup"))->click();
    const auto* title = dialog.findChild<QLabel*>(QStringLiteral("setupDestination"));
    QVERIFY(title->isVisible());
    QVERIFY2(title->text().contains(says), qPrintable(title->text()));
    // Return connects Claude Code; what was refused is said before.
    QSignalSpy next(&dialog, &SetupDialog::connectRequested);
    emit port.configRejected(QStringLiteral("routes.yaml:3:1: a reason"));
    QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("setupNext"))
                ->text()
                .contains(QStringLiteral("a reason")));
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
    QCOMPARE(next.size(), 1);
}

void SetupTest::aClosedNetworkIsOneClick() {
    const QTemporaryDir dir;
    FakePort port;
    {
        SetupDialog dialog(port, dir.path());
        dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
            ->setText(QStringLiteral("http://10.0.0.8/llm"));
        auto* intranet = dialog.findChild<QCheckBox*>(QStringLiteral("useIntranet"));
        QVERIFY(!intranet->isChecked());
        intranet->click();
        dialog.findChild<QPushButton*>(QStringLiteral("saveSetup"))->click();
    }
    const auto config = loadConfig(dir.path());
    QVERIFY(config.isOk());
    QCOMPARE((*config)->intercept.entries.size(), std::size_t{2});
    const auto& routes = (*config)->routes;
    const auto messages = std::find_if(routes.begin(), routes.end(), [](const Route& route) {
        return route.name == QStringLiteral("intranet-messages");
    });
    QVERIFY(messages != routes.end());
    QCOMPARE(std::get<ToUpstream>(messages->action).upstream, QStringLiteral("corp"));
    // It is in the file now, and follows the gateway.
    SetupDialog again(port, dir.path());
    const auto* there = again.findChild<QCheckBox*>(QStringLiteral("useIntranet"));
    QVERIFY(there->isChecked() && !there->isEnabled());
    again.findChild<QRadioButton*>(QStringLiteral("useSandbox"))->click();
    again.findChild<QPushButton*>(QStringLiteral("saveSetup"))->click();
    const QByteArray text = content(dir.filePath(QStringLiteral("routes.yaml")));
    QCOMPARE(text.count("upstream: \"sandbox\""), 2);
}

void SetupTest::aPipeIsNotTakenForTheFormerFile() {
    const QTemporaryDir dir;
    const QString routes = dir.filePath(QStringLiteral("routes.yaml"));
    if (!test::makePipe(routes)) QSKIP("no pipes here");
    const auto written = writeSetup(dir.path(), {true, {}, {}, false, {}}, kNow);
    QVERIFY(!written.isOk());
    QVERIFY(written.error().contains(QLatin1String("cannot be read: it is a pipe")));
    QVERIFY(!QFileInfo(routes).isFile());
}

void SetupTest::theDialogTriesAndWrites() {
    const QTemporaryDir dir;
    FakePort port;
    SetupDialog dialog(port, dir.path());
    const auto button = [&dialog](const char* name) {
        return dialog.findChild<QPushButton*>(QString::fromLatin1(name));
    };
    QVERIFY(!button("saveSetup")->isEnabled());
    dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
        ->setText(QStringLiteral("http://10.0.0.8"));
    QVERIFY(button("saveSetup")->isEnabled());
    button("testGateway")->click();
    QCOMPARE(port.asked.last(), QStringLiteral("try http://10.0.0.8"));
    QVERIFY(!button("testGateway")->isEnabled());
    UpstreamTestResult refused;
    refused.verdict = UpstreamTestVerdict::CredentialRefused;
    refused.status = 401;
    refused.detail = QStringLiteral("refused");
    emit port.upstreamTestFinished(refused);
    auto* result = dialog.findChild<QLabel*>(QStringLiteral("testResult"));
    QVERIFY(result->text().contains(QStringLiteral("refused")));
    QVERIFY(button("testGateway")->isEnabled());
    dialog.findChild<QRadioButton*>(QStringLiteral("useSandbox"))->click();
    button("saveSetup")->click();
    QCOMPARE(port.asked.last(), QStringLiteral("reload"));
    QVERIFY(loadConfig(dir.path()).isOk());
}

void SetupTest::returnSavesAfterATest_data() {
    QTest::addColumn<bool>("works");
    QTest::addColumn<QString>("focus");
    QTest::newRow("a gateway that works is saved") << true << QStringLiteral("saveSetup");
    QTest::newRow("one that does not is tested again") << false << QStringLiteral("testGateway");
}

void SetupTest::returnSavesAfterATest() {
    QFETCH(bool, works);
    const QTemporaryDir dir;
    FakePort port;
    SetupDialog dialog(port, dir.path());
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"))
        ->setText(QStringLiteral("http://10.0.0.8"));
    auto* test = dialog.findChild<QPushButton*>(QStringLiteral("testGateway"));
    test->setFocus();
    QTest::keyClick(test, Qt::Key_Return);
    QCOMPARE(dialog.focusWidget()->objectName(), QStringLiteral("saveSetup"));
    const auto verdict = works ? UpstreamTestVerdict::Works : UpstreamTestVerdict::Unreachable;
    UpstreamTestResult tested;
    tested.verdict = verdict;
    emit port.upstreamTestFinished(tested);
    QTEST(dialog.focusWidget()->objectName(), "focus");
}

void SetupTest::theFormKeepsItsRoom() {
    const QTemporaryDir dir;
    FakePort port;
    SetupDialog dialog(port, dir.path());
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto* url = dialog.findChild<QLineEdit*>(QStringLiteral("gatewayUrl"));
    const int lineHeight = url->height();
    const int formHeight = dialog.height();
    url->setText(QStringLiteral("http://10.0.0.8"));
    // By its key, wherever the focus is.
    QTest::keyClick(&dialog, Qt::Key_T, Qt::AltModifier);
    QTRY_COMPARE(port.asked.last(), QStringLiteral("try http://10.0.0.8"));
    UpstreamTestResult tested;
    tested.verdict = UpstreamTestVerdict::Works;
    tested.detail = QStringLiteral("one line\nanother\na third\na fourth\na fifth");
    tested.models = {QStringLiteral("opus")};
    emit port.upstreamTestFinished(tested);
    QCoreApplication::processEvents();
    QCOMPARE(url->height(), lineHeight);
    QTest::keyClick(&dialog, Qt::Key_S, Qt::AltModifier);
    QTRY_VERIFY(dialog.height() < formHeight * 2 / 3);
}

void SetupTest::claudeCodeIsKnownByItsUserAgent_data() {
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QString>("version");
    QTest::newRow("the client") << QByteArray("claude-cli/2.1.329 (external, cli)")
                                << QStringLiteral("2.1.329");
    QTest::newRow("the client without a comment")
        << QByteArray("claude-cli/2.1.197") << QStringLiteral("2.1.197");
    QTest::newRow("curl") << QByteArray("curl/8.0") << QString();
    QTest::newRow("nobody") << QByteArray() << QString();
}

void SetupTest::claudeCodeIsKnownByItsUserAgent() {
    QFETCH(QByteArray, agent);
    QTEST(claudeCodeVersion(agent), "version");
}

void SetupTest::theLatestSightingCounts() {
    ExchangeRecord early, late, other;
    early.startedAt = WallTime(std::chrono::seconds(10));
    early.userAgent = "claude-cli/1";
    late.startedAt = WallTime(std::chrono::seconds(20));
    late.userAgent = "claude-cli/2";
    other.startedAt = WallTime(std::chrono::seconds(30));
    other.userAgent = "curl/8";
    const auto seen = latestSeen({}, {late, early, other});
    QVERIFY(seen.has_value());
    QCOMPARE(seen->version, QStringLiteral("2"));
    const QString text = claudeCodeText(ClaudeCodeState{true, true, {}, {}}, seen,
                                        WallTime(std::chrono::seconds(23)));
    QVERIFY2(text.contains(QStringLiteral("3 s")), qPrintable(text));
}

QTEST_MAIN(SetupTest)
#include "tst_setup.moc"
