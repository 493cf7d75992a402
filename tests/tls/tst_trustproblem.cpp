// SPDX-License-Identifier: MIT
#include "core/tls/trustproblem.h"

#include <QTest>

#include <openssl/x509_vfy.h>

using namespace sallyport;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(TrustProblem)

namespace {

CertificateSummary certificate(const QString& subject, const QString& issuer,
                               const QStringList& names = {}) {
    return {subject, issuer, names, QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC),
            QDateTime(QDate(2026, 5, 6), QTime(7, 8), Qt::UTC)};
}

} // namespace

class TestTrustProblem : public QObject {
    Q_OBJECT

private slots:
    void theTextNamesTheLinkAndTheWayOut_data() {
        QTest::addColumn<TrustProblem>("problem");
        QTest::addColumn<QString>("text");
        const CertificateSummary leaf =
            certificate(u"gw.corp"_s, u"Corp Issuing"_s, {u"gw.corp"_s, u"10.0.0.1"_s});
        const CertificateSummary middle = certificate(u"Corp Issuing"_s, u"Corp Root"_s);
        const CertificateSummary root = certificate(u"Corp Root"_s, u"Corp Root"_s);
        const std::vector<CertificateSummary> whole{leaf, middle, root};
        const auto row = [](const char* tag, int code, int depth,
                            const std::vector<CertificateSummary>& chain, const QString& text) {
            QTest::newRow(tag) << TrustProblem{code, depth, chain, u"other.corp"_s,
                                               NamedBy::Configuration}
                               << text;
        };
        row("a root that came along but is not trusted", X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, 2,
            whole,
            u"the certificate was issued by “Corp Root”, which is not trusted: put its PEM in "
            "tls.ca_file"_s);
        row("a root that did not come along", X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 1,
            {leaf, middle},
            u"the chain ends at “Corp Issuing”, issued by “Corp Root”, which is not trusted: put "
            u"its "
            "PEM in tls.ca_file"_s);
        row("a leaf alone", X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0, {leaf},
            u"the server's certificate “gw.corp” was issued by “Corp Issuing”, which is not "
            u"trusted and "
            "did not come along: let the server send its whole chain; if that does not end at a CA "
            "that is "
            "trusted, put its PEM in tls.ca_file"_s);
        row("a leaf alone, as older versions say it", X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, 0,
            {leaf},
            u"the server's certificate “gw.corp” was issued by “Corp Issuing”, which is not "
            u"trusted and "
            "did not come along: let the server send its whole chain; if that does not end at a CA "
            "that is "
            "trusted, put its PEM in tls.ca_file"_s);
        row("a certificate that signs itself", X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, 0, {root},
            u"the server's certificate “Corp Root” is self-signed and not trusted: put its PEM in "
            "tls.ca_file"_s);
        row("a leaf that has expired", X509_V_ERR_CERT_HAS_EXPIRED, 0, whole,
            u"the server's certificate “gw.corp” has expired: it was valid until 2026-05-06 07:08 "
            "UTC"_s);
        row("an intermediate that has expired", X509_V_ERR_CERT_HAS_EXPIRED, 1, whole,
            u"the CA certificate “Corp Issuing” in the server's chain has expired: it was valid "
            u"until "
            "2026-05-06 07:08 UTC"_s);
        row("a leaf of tomorrow", X509_V_ERR_CERT_NOT_YET_VALID, 0, whole,
            u"the server's certificate “gw.corp” is not valid before 2026-01-02 03:04 UTC: check "
            u"the "
            "clock of this computer"_s);
        row("another name", X509_V_ERR_HOSTNAME_MISMATCH, 0, whole,
            u"the certificate is not for other.corp, but for gw.corp, 10.0.0.1"_s);
        row("another address", X509_V_ERR_IP_ADDRESS_MISMATCH, 0, whole,
            u"the certificate is not for other.corp, but for gw.corp, 10.0.0.1"_s);
        row("a common name alone", X509_V_ERR_HOSTNAME_MISMATCH, 0, {root},
            u"the certificate is not for other.corp: it holds no name or address in "
            u"subjectAltName, "
            "and its common name does not count"_s);
        row("a certificate for clients", X509_V_ERR_INVALID_PURPOSE, 0, whole,
            u"the server's certificate “gw.corp” is not made for a TLS server (extended key usage)"_s);
        row("an issuer that is no CA", X509_V_ERR_INVALID_CA, 1, whole,
            u"the CA certificate “Corp Issuing” in the server's chain has issued a certificate, "
            u"but "
            "may not issue any"_s);
        row("a CA below one that allows none", X509_V_ERR_PATH_LENGTH_EXCEEDED, 2, whole,
            u"the CA certificate “Corp Root” in the server's chain stands above more CA "
            u"certificates "
            "than it allows (path length)"_s);
        row("a name that the CA may not certify", X509_V_ERR_PERMITTED_VIOLATION, 0, whole,
            u"the server's certificate “gw.corp” has a name that the CA above it may not certify "
            "(name constraints)"_s);
        row("a signature of another key", X509_V_ERR_CERT_SIGNATURE_FAILURE, 0, whole,
            u"the signature on the server's certificate “gw.corp” does not fit"_s);
        row("a short key", X509_V_ERR_EE_KEY_TOO_SMALL, 0, whole,
            u"the key of the server's certificate “gw.corp” is too short"_s);
        row("what has no text of its own", X509_V_ERR_CERT_REVOKED, 0, whole,
            u"the server's certificate “gw.corp” is not accepted: certificate revoked"_s);
        row("no chain at all", X509_V_ERR_UNSPECIFIED, 3, {},
            u"the CA certificate “” in the server's chain is not accepted: unspecified certificate "
            "verification error"_s);
    }
    void theWayOutFitsWhereTheNameIsFrom() {
        const CertificateSummary root = certificate(u"Corp Root"_s, u"Corp Root"_s);
        TrustProblem problem{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                             1,
                             {root, root},
                             u"a.corp"_s,
                             NamedBy::Configuration};
        QVERIFY(trustProblemText(problem).endsWith(u"put its PEM in tls.ca_file"));
        problem.namedBy = NamedBy::Client;
        QVERIFY(!trustProblemText(problem).contains(u"tls.ca_file"));
        QVERIFY(trustProblemText(problem).endsWith(u"that this computer trusts"));
    }

    void theTextNamesTheLinkAndTheWayOut() {
        QFETCH(TrustProblem, problem);
        QFETCH(QString, text);
        QCOMPARE(trustProblemText(problem), text);
    }
};

QTEST_GUILESS_MAIN(TestTrustProblem)
#include "tst_trustproblem.moc"
