// SPDX-License-Identifier: MIT
#include "core/doctor/doctorreport.h"
#include "core/doctor/doctorrun.h"
#include "core/doctor/httpprobe.h"
#include "core/doctor/resultmask.h"
#include "tests/doctor/fakesallyport.h"
#include "tests/doctor/home.h"

#include <QSet>
#include <QSignalSpy>

using namespace sallyport;
using namespace sallyport::test;

namespace {

std::vector<CheckResult> resultsOf(const DoctorOptions& options) {
    DoctorRun run;
    std::vector<CheckResult> results;
    QObject::connect(&run, &DoctorRun::checked, &run,
                     [&results](const CheckResult& result) { results.push_back(result); });
    QSignalSpy finished(&run, &DoctorRun::finished);
    run.start(options);
    if (finished.isEmpty()) finished.wait(20000);
    return finished.size() == 1 ? inOrder(results) : std::vector<CheckResult>();
}

CheckResult resultFor(const std::vector<CheckResult>& results, CheckId id) {
    for (const CheckResult& result : results)
        if (result.id == id) return result;
    return {};
}

QByteArray routesTo(const FakeSallyport& gateway, const QByteArray& more = {}) {
    return "upstreams:\n  - name: corp\n    targets: [{url: \"http://" +
           gateway.address().toUtf8() + "/corp\"}]\n" + more +
           "routes:\n  - {name: all, match: {path: /}, upstream: corp}\n";
}

} // namespace

class DoctorRunTest : public QObject {
    Q_OBJECT
private slots:
    void everyCheckIsToldOnce() {
        const Home home;
        // The default port may be that of a Sallyport that this machine runs.
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QByteArray port = QByteArray::number(free.serverPort());
        free.close();
        Home::put(home.path(QStringLiteral("config/settings.yaml")),
                  "listen: 127.0.0.1:" + port + "\n");
        const auto results = resultsOf(home.options);
        QCOMPARE(results.size(), allChecks().size());
        for (std::size_t i = 0; i < results.size(); ++i) {
            QCOMPARE(results[i].id, allChecks()[i]);
            QVERIFY2(!results[i].sentence.isEmpty(), qPrintable(checkName(results[i].id)));
        }
        QCOMPARE(resultFor(results, CheckId::Listener).state, CheckState::Warning);
    }

    void aMachineInOrderHasNoFinding() {
        Home home;
        FakeSallyport sallyport;
        sallyport.statuses = {{"/healthz", 200}, {"/corp/v1/models", 200}};
        sallyport.date = "Date: " +
                         QLocale::c()
                             .toString(QDateTime::currentDateTimeUtc(),
                                       QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                             .toLatin1() +
                         "\r\n";
        home.runAt(sallyport.address());
        home.putRoutes(routesTo(sallyport));
        Home::put(home.user(), "{\"skipWebFetchPreflight\": true,\n            \"env\": "
                               "{\"ANTHROPIC_BASE_URL\": \"http://" +
                                   sallyport.address().toUtf8() +
                                   R"(", "ANTHROPIC_AUTH_TOKEN": ")" + home.token() + "\"}}");
        for (const CheckResult& result : resultsOf(home.options))
            QVERIFY2(!result.isFinding(),
                     qPrintable(checkName(result.id) + QStringLiteral(": ") + result.sentence));
    }

    void aListenerThatDoesNotAnswerIsAFault() {
        const Home home;
        FakeSallyport sallyport;
        home.runAt(sallyport.address());
        const auto found = resultFor(resultsOf(home.options), CheckId::Listener);
        QCOMPARE(found.state, CheckState::Fault);
        QVERIFY2(found.sentence.contains(QStringLiteral("404")), qPrintable(found.sentence));
        sallyport.statuses["/healthz"] = 200;
        QCOMPARE(resultFor(resultsOf(home.options), CheckId::Listener).state, CheckState::Ok);
    }

    void theConnectivityCheckIsTriedThroughTheProxy_data() {
        QTest::addColumn<bool>("isTrusted");
        QTest::addColumn<int>("status");
        QTest::addColumn<CheckState>("state");
        QTest::newRow("met") << true << 200 << CheckState::Ok;
        QTest::newRow("answered with something else") << true << 204 << CheckState::Fault;
        QTest::newRow("the CA is not trusted") << false << 200 << CheckState::Fault;
    }
    void theConnectivityCheckIsTriedThroughTheProxy() {
        QFETCH(bool, isTrusted);
        QFETCH(int, status);
        QFETCH(CheckState, state);
        Home home;
        FakeSallyport sallyport;
        sallyport.statuses = {{"/healthz", 200},
                              {"/api/hello", status},
                              {"/v1/oauth/hello", 200},
                              {"/api/web/domain_info?domain=example.com", 200}};
        home.runAt(sallyport.address());
        home.options.environment["HTTPS_PROXY"] = "http://" + sallyport.address().toUtf8();
        home.options.environment["ANTHROPIC_API_KEY"] = "sk-ant-planted-key-0123456789";
        Home::put(home.path(QStringLiteral("ca.pem")), sallyport.authority.certificate);
        if (isTrusted)
            home.options.environment["NODE_EXTRA_CA_CERTS"] =
                home.path(QStringLiteral("ca.pem")).toUtf8();
        const auto results = resultsOf(home.options);
        const CheckResult found = resultFor(results, CheckId::ConnectivityCheck);
        QVERIFY2(found.state == state, qPrintable(found.sentence));
        QCOMPARE(resultFor(results, CheckId::WebFetchPreflight).state,
                 isTrusted ? CheckState::Ok : CheckState::Warning);
        const bool wasAsked = std::any_of(
            sallyport.asked.begin(), sallyport.asked.end(), [](const QByteArray& request) {
                return request.startsWith("CONNECT platform.claude.com:443 ");
            });
        QVERIFY(wasAsked);
        // What Claude Code's credential is does not go with the doctor's requests.
        for (const QByteArray& request : sallyport.asked)
            QVERIFY(!request.contains("planted"));
    }

    void noOutputHoldsASecret() {
        Home home;
        FakeSallyport sallyport;
        const QByteArray secrets[]{"sk-ant-planted-key-0123456789", "planted-credential-0123456789",
                                   "planted-pass-word", "planted-header-value-1", home.token()};
        sallyport.statuses["/healthz"] = 200;
        home.runAt(sallyport.address());
        Home::put(home.path(QStringLiteral("corp.key")), secrets[1]);
        // A gateway that says the credential back, in an address that has a password.
        home.putRoutes(routesTo(
            sallyport,
            "    credential: \"file:" + home.path(QStringLiteral("corp.key")).toUtf8() + "\"\n"));
        Home::put(home.user(), "{\"env\": {\"ANTHROPIC_BASE_URL\": \"http://me:" + secrets[2] +
                                   R"(@gw.test/v1", "ANTHROPIC_AUTH_TOKEN": ")" + home.token() +
                                   R"(", "ANTHROPIC_CUSTOM_HEADERS": "X-Key: )" + secrets[3] +
                                   "\"}}");
        home.options.environment["ANTHROPIC_API_KEY"] = secrets[0];
        home.options.environment["HTTPS_PROXY"] = "http://me:" + secrets[2] + "@p.test:1";
        const auto results = resultsOf(home.options);
        const QByteArray text = reportText(results).toUtf8() + reportJson(results);
        QVERIFY(!results.empty());
        for (const QByteArray& secret : secrets)
            QVERIFY2(!text.contains(secret), secret.constData());
    }

    void knownSecretsAreMaskedWhereverTheyStand() {
        Home home;
        home.options.environment["ANTHROPIC_AUTH_TOKEN"] = "planted-token-0123456789";
        home.options.environment["ANTHROPIC_API_KEY"] = "sallyport";
        const ResultMask mask(home.read());
        CheckResult result{CheckId::Listener, CheckState::Ok,
                           QStringLiteral("sallyport: planted-token-0123456789")};
        result.evidence = {{QStringLiteral("a planted-token-0123456789"), {}, 0}};
        const CheckResult masked = mask.masked(result);
        QVERIFY(masked.sentence.startsWith(QStringLiteral("sallyport: ‹")));
        QVERIFY(!masked.evidence.front().text.contains(QStringLiteral("planted")));
    }

    void aCancelledRunSaysNothing() {
        // Takes connections and never answers.
        QTcpServer silent;
        silent.listen(QHostAddress::LocalHost);
        const Home home;
        home.runAt(QStringLiteral("127.0.0.1:%1").arg(silent.serverPort()));
        DoctorRun run;
        QSignalSpy checked(&run, &DoctorRun::checked);
        QSignalSpy finished(&run, &DoctorRun::finished);
        run.start(home.options);
        QVERIFY(checked.isEmpty());
        QVERIFY(checked.wait());
        QVERIFY(finished.isEmpty());
        run.cancel();
        const auto told = checked.size();
        QVERIFY(!finished.wait(100));
        QCOMPARE(checked.size(), told);
    }

    void aSecondStartReplacesTheFirst() {
        const Home home;
        DoctorRun run;
        QSignalSpy checked(&run, &DoctorRun::checked);
        QSignalSpy finished(&run, &DoctorRun::finished);
        run.start(home.options);
        run.start(home.options);
        QVERIFY(finished.wait());
        QCOMPARE(checked.size(), static_cast<qsizetype>(allChecks().size()));
    }
};

QTEST_GUILESS_MAIN(DoctorRunTest)
#include "tst_doctorrun.moc"
