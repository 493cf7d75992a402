// SPDX-License-Identifier: MIT
#include "core/authority/cacertificate.h"
#include "tests/net/testcertificates.h"

#include <QTest>

#include <openssl/ec.h>
#include <openssl/pem.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

QDateTime today() { return QDateTime::currentDateTimeUtc(); }

CaCertificate authorityFor(const HostList& hosts) {
    return CaCertificate::make(hosts, today()).value();
}

X509Ptr parsed(const QByteArray& pem) {
    const BioPtr from(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    return X509Ptr(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr));
}

CertifiedKey stolen(const CaCertificate& authority) {
    return {authority.certificatePem(), authority.toPem()};
}

/// What OpenSSL's verifier says of a server's certificate: 0, or X509_V_ERR_….
int verdictOn(X509* leaf, const CaCertificate& authority, X509* between = nullptr) {
    const X509StorePtr store(X509_STORE_new());
    const X509Ptr root = parsed(authority.certificatePem());
    X509_STORE_add_cert(store.get(), root.get());
    STACK_OF(X509)* chain = sk_X509_new_null();
    if (between) sk_X509_push(chain, between);
    const std::unique_ptr<X509_STORE_CTX, OpenSslFree<X509_STORE_CTX_free>> context(
        X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), leaf, chain);
    X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
    X509_verify_cert(context.get());
    sk_X509_free(chain);
    return X509_STORE_CTX_get_error(context.get());
}

} // namespace

class TestCaCertificate : public QObject {
    Q_OBJECT
private slots:
    void itIsGoodForNothingElse() {
        const CaCertificate authority = authorityFor({"api.a.test", "b.test"});
        const X509Ptr certificate = parsed(authority.certificatePem());
        X509* const x = certificate.get();
        QCOMPARE(X509_get_version(x), long(X509_VERSION_3));
        QCOMPARE(X509_get_pathlen(x), 0L);
        QCOMPARE(X509_get_key_usage(x), uint32_t(KU_KEY_CERT_SIGN));
        QCOMPARE(X509_get_extended_key_usage(x), uint32_t(XKU_SSL_SERVER));
        for (const int nid : {NID_basic_constraints, NID_key_usage, NID_name_constraints}) {
            X509_EXTENSION* const extension = X509_get_ext(x, X509_get_ext_by_NID(x, nid, -1));
            QVERIFY2(X509_EXTENSION_get_critical(extension) == 1, OBJ_nid2sn(nid));
        }
        EVP_PKEY* const key = X509_get0_pubkey(x);
        QCOMPARE(EVP_PKEY_get_base_id(key), EVP_PKEY_EC);
        QCOMPARE(EVP_PKEY_get_bits(key), 256);
        QCOMPARE(authority.hosts(), (HostList{"api.a.test", "b.test"}));
        QCOMPARE(authority.notAfter().date(), today().addYears(2).date());
        QVERIFY(authority.notBefore() < today());
    }

    void eachHasANameOfItsOwn() {
        const CaCertificate one = authorityFor({"a.test"});
        const CaCertificate other = authorityFor({"a.test"});
        QVERIFY(one.name().startsWith(u"Sallyport local authority "));
        QVERIFY(one.name() != other.name());
        QVERIFY(one.fingerprint() != other.fingerprint());
        QCOMPARE(one.fingerprint().size(), 32 * 3 - 1);
    }

    void anEmptyListHasNone() { QVERIFY(!CaCertificate::make({}, today())); }

    void itIsReadAgain() {
        const CaCertificate made = authorityFor({"*.c.test", "10.0.0.1", "a.test", "::1"});
        const auto read = CaCertificate::fromPem(made.toPem());
        QVERIFY(read.isOk());
        QCOMPARE(read->hosts(), made.hosts());
        QCOMPARE(read->fingerprint(), made.fingerprint());
        QCOMPARE(read->notAfter(), made.notAfter());
        QCOMPARE(read->toPem(), made.toPem());
        QVERIFY(!made.certificatePem().contains("PRIVATE"));
    }

    void whatIsNoneOfOursIsNotRead_data() {
        QTest::addColumn<QByteArray>("pem");
        const CaCertificate made = authorityFor({"a.test"});
        const QByteArray pem = made.toPem();
        const CertifiedKey other = makeAuthority("Another authority");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("the certificate alone") << made.certificatePem();
        QTest::newRow("the key alone") << pem.first(pem.indexOf("-----BEGIN CERT"));
        QTest::newRow("half of it") << pem.first(pem.size() / 2);
        QTest::newRow("another's key") << QByteArray(other.key + made.certificatePem());
        QTest::newRow("an authority without constraints")
            << QByteArray(other.key + other.certificate);
    }
    void whatIsNoneOfOursIsNotRead() {
        QFETCH(QByteArray, pem);
        const auto read = CaCertificate::fromPem(pem);
        QVERIFY(!read.isOk());
        QVERIFY(!read.error().isEmpty());
    }

    void itsLeavesAreGood_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("a name") << QByteArray("a.test");
        QTest::newRow("below a suffix") << QByteArray("x.c.test");
        QTest::newRow("an address") << QByteArray("10.0.0.1");
        QTest::newRow("an IPv6 address") << QByteArray("::1");
    }
    void itsLeavesAreGood() {
        QFETCH(QByteArray, host);
        const CaCertificate authority = authorityFor({"*.c.test", "10.0.0.1", "::1", "a.test"});
        const auto leaf = authority.mintLeaf(host, today());
        QVERIFY(leaf.isOk());
        X509* const x = (*leaf)->certificate.get();
        QCOMPARE(verdictOn(x, authority), X509_V_OK);
        QVERIFY(X509_check_host(x, host.constData(), 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                                nullptr) == 1 ||
                X509_check_ip_asc(x, host.constData(), 0) == 1);
        QVERIFY(X509_check_host(x, "other.test", 0, 0, nullptr) == 0);
        QCOMPARE(X509_check_private_key(x, (*leaf)->key.get()), 1);
        QCOMPARE(X509_get_key_usage(x), uint32_t(KU_DIGITAL_SIGNATURE));
        QVERIFY(X509_cmp_time(X509_get0_notAfter(x), nullptr) > 0);
    }

    void aLeafEndsWithItsAuthority() {
        const CaCertificate authority = authorityFor({"a.test"});
        const auto leaf = authority.mintLeaf("a.test", authority.notAfter().addSecs(-60));
        std::time_t end = authority.notAfter().toSecsSinceEpoch();
        QCOMPARE(X509_cmp_time(X509_get0_notAfter((*leaf)->certificate.get()), &end), -1);
        end -= 1;
        QCOMPARE(X509_cmp_time(X509_get0_notAfter((*leaf)->certificate.get()), &end), 1);
    }

    /// With the key in the hands of somebody else.
    void aStolenKeyIsGoodForNoOtherHost_data() {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* tag, const char* names, int verdict) {
            QTest::newRow(tag) << QByteArray(names) << verdict;
        };
        row("its own host", "DNS:a.test", X509_V_OK);
        row("below its own host, which X.509 cannot forbid", "DNS:x.a.test", X509_V_OK);
        row("another host", "DNS:bank.example", X509_V_ERR_PERMITTED_VIOLATION);
        row("its own host and another", "DNS:a.test,DNS:bank.example",
            X509_V_ERR_PERMITTED_VIOLATION);
        row("a name that ends like it", "DNS:xa.test", X509_V_ERR_PERMITTED_VIOLATION);
        row("the name above it", "DNS:test", X509_V_ERR_PERMITTED_VIOLATION);
        row("a wildcard", "DNS:*.example", X509_V_ERR_PERMITTED_VIOLATION);
        row("an address", "IP:10.0.0.1", X509_V_ERR_EXCLUDED_VIOLATION);
        row("an IPv6 address", "IP:2001:db8::1", X509_V_ERR_EXCLUDED_VIOLATION);
        row("its own host and an address", "DNS:a.test,IP:10.0.0.1", X509_V_ERR_EXCLUDED_VIOLATION);
    }
    void aStolenKeyIsGoodForNoOtherHost() {
        QFETCH(QByteArray, names);
        const CaCertificate authority = authorityFor({"a.test"});
        const CertifiedKey key = stolen(authority);
        const CertifiedKey forged = makeLeaf(key, names);
        QTEST(verdictOn(parsed(forged.certificate).get(), authority), "verdict");
    }

    void aStolenKeyOfAddressesIsGoodForNoOther_data() {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<int>("verdict");
        QTest::newRow("its own") << QByteArray("IP:10.0.0.1") << X509_V_OK;
        QTest::newRow("the next") << QByteArray("IP:10.0.0.2") << X509_V_ERR_PERMITTED_VIOLATION;
        QTest::newRow("the other family") << QByteArray("IP:::1") << X509_V_ERR_PERMITTED_VIOLATION;
        QTest::newRow("a name") << QByteArray("DNS:bank.example") << X509_V_ERR_EXCLUDED_VIOLATION;
    }
    void aStolenKeyOfAddressesIsGoodForNoOther() {
        QFETCH(QByteArray, names);
        const CaCertificate authority = authorityFor({"10.0.0.1"});
        const CertifiedKey key = stolen(authority);
        const CertifiedKey forged = makeLeaf(key, names);
        QTEST(verdictOn(parsed(forged.certificate).get(), authority), "verdict");
    }

    void aStolenKeyMakesNoOtherAuthority() {
        const CaCertificate authority = authorityFor({"a.test"});
        const CertifiedKey key = stolen(authority);
        CertificateWish wish;
        wish.issuer = &key;
        wish.commonName = "An authority below it";
        wish.extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                           {NID_key_usage, "critical,keyCertSign"}};
        const CertifiedKey below = makeCertificate(wish);
        const CertifiedKey leaf = makeLeaf(below, "DNS:a.test");
        QCOMPARE(
            verdictOn(parsed(leaf.certificate).get(), authority, parsed(below.certificate).get()),
            X509_V_ERR_PATH_LENGTH_EXCEEDED);
    }

    void aStolenKeySignsNoClientCertificate() {
        const CaCertificate authority = authorityFor({"a.test"});
        const X509Ptr root = parsed(authority.certificatePem());
        QCOMPARE(X509_check_purpose(root.get(), X509_PURPOSE_SSL_SERVER, 1), 1);
        QCOMPARE(X509_check_purpose(root.get(), X509_PURPOSE_SSL_CLIENT, 1), 0);
        QCOMPARE(X509_check_purpose(root.get(), X509_PURPOSE_SMIME_SIGN, 1), 0);
    }
};

QTEST_GUILESS_MAIN(TestCaCertificate)
#include "tst_cacertificate.moc"
