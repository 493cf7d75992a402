// SPDX-License-Identifier: MIT
#include "core/upstream/authbinding.h"

#include <QTest>

using namespace sallyport;

namespace {

using Lines = std::vector<std::pair<QByteArray, QByteArray>>;

FieldList fieldsOf(const Lines& lines) {
    FieldList fields;
    for (const auto& [name, value] : lines)
        fields.append(name, value);
    return fields;
}

} // namespace

class TestAuthBinding : public QObject {
    Q_OBJECT

private slots:
    void credentials_data() {
        QTest::addColumn<Lines>("lines");
        QTest::addColumn<bool>("binds");
        const auto row = [](const char* tag, const Lines& lines, bool binds) {
            QTest::newRow(tag) << lines << binds;
        };
        row("none", {{"Accept", "*/*"}}, false);
        row("an empty field", {{"Authorization", ""}}, false);
        row("Basic", {{"Authorization", "Basic dTpw"}}, false);
        row("Bearer in another case", {{"authorization", "bEARER sk-1"}}, false);
        row("a Bearer token that says NTLM", {{"Authorization", "Bearer NTLM"}}, false);
        row("Digest with all its parameters",
            {{"Authorization", "Digest username=\"a, b\", realm = \"r\", nc=1, qop=auth"}}, false);
        row("x-api-key", {{"x-api-key", "NTLM abc"}}, false);
        row("NTLM", {{"Authorization", "NTLM TlRMTVNTUAAB"}}, true);
        row("NTLM in another case", {{"AUTHORIZATION", "ntlm TlRMTVNTUAAB="}}, true);
        row("Negotiate", {{"Authorization", "Negotiate YII="}}, true);
        row("Negotiate after a tab", {{"Authorization", "Negotiate\tYII="}}, true);
        row("to a proxy", {{"Proxy-Authorization", "NTLM TlRM"}}, true);
        row("in the second line of two",
            {{"Authorization", "Basic dTpw"}, {"Authorization", "NTLM TlRM"}}, true);
        row("second in a list", {{"Authorization", "Basic dTpw, NTLM TlRM=="}}, true);
        row("after the parameters of Digest",
            {{"Authorization", "Digest username=\"a\", nc=1, Negotiate YII="}}, true);
        row("a scheme without credentials, in a list", {{"Authorization", "Basic dTpw,negotiate"}},
            true);
        row("hidden by a quoted string without an end",
            {{"Authorization", "Digest username=\"a, NTLM TlRM"}}, true);
        row("a scheme that we do not know", {{"Authorization", "Kerberos abc"}}, true);
        row("a key without a scheme", {{"Authorization", "sk-ant-1"}}, false);
        row("a signature of each request",
            {{"Authorization", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c"}},
            false);
        row("a bare word that is a scheme", {{"Authorization", "negotiate"}}, true);
    }
    void credentials() {
        QFETCH(const Lines, lines);
        QFETCH(const bool, binds);
        QCOMPARE(credentialsBindConnection(fieldsOf(lines)), binds);
    }

    void responses_data() {
        QTest::addColumn<Lines>("lines");
        QTest::addColumn<bool>("binds");
        const auto row = [](const char* tag, const Lines& lines, bool binds) {
            QTest::newRow(tag) << lines << binds;
        };
        row("none", {{"Content-Type", "text/plain"}}, false);
        row("a challenge for Basic", {{"WWW-Authenticate", "Basic realm=\"a, b\""}}, false);
        row("challenges for what is sent anew each time",
            {{"WWW-Authenticate", "Bearer, Basic realm=\"r\", Digest nonce=\"n\", qop=\"auth,b\""}},
            false);
        row("a challenge for NTLM", {{"WWW-Authenticate", "NTLM"}}, true);
        row("in another case", {{"www-authenticate", "negotiate"}}, true);
        row("a handshake that goes on", {{"WWW-Authenticate", "Negotiate oRQ="}}, true);
        row("by a proxy", {{"Proxy-Authenticate", "NTLM TlRM"}}, true);
        row("second in a list", {{"WWW-Authenticate", "Basic realm=\"r\", NTLM"}}, true);
        row("in the second line",
            {{"WWW-Authenticate", "Bearer"}, {"WWW-Authenticate", "Negotiate"}}, true);
        row("hidden by a quoted string without an end",
            {{"WWW-Authenticate", "Basic realm=\"r, NTLM"}}, true);
        row("Authentication-Info of Digest",
            {{"Authentication-Info", "nextnonce=\"n\", qop=auth, nc=00000001"}}, false);
        row("Authentication-Info of one parameter", {{"Authentication-Info", "nc = 1"}}, false);
        row("Authentication-Info of a handshake", {{"Authentication-Info", "Negotiate oRQ="}},
            true);
        row("the same of a proxy", {{"Proxy-Authentication-Info", "nc=1, NTLM abc"}}, true);
        row("Persistent-Auth", {{"persistent-auth", "false"}}, true);
    }
    void responses() {
        QFETCH(const Lines, lines);
        QFETCH(const bool, binds);
        QCOMPARE(responseBindsConnection(fieldsOf(lines)), binds);
    }
};

QTEST_GUILESS_MAIN(TestAuthBinding)
#include "tst_authbinding.moc"
