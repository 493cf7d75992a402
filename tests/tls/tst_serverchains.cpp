// SPDX-License-Identifier: MIT
// Which chains of certificates are accepted, and what is said of those that are not. All are made
// here, each from a test's own root.
#include "core/tls/tlsclientcontext.h"
#include "opensslpeer.h"
#include "tests/net/testcertificates.h"

#include <QSet>
#include <QTest>

#include <openssl/x509v3.h>

#include <deque>

using namespace sallyport;
using namespace sallyport::test;

namespace {

using Extensions = std::vector<std::pair<int, QByteArray>>;

const Extensions kCa{{NID_basic_constraints, "critical,CA:TRUE"},
                     {NID_key_usage, "critical,keyCertSign"}};

/// Certificates in the making; keeps them, since a wish refers to its issuer.
struct Workshop {
    const CertifiedKey& make(CertificateWish wish) {
        made.push_back(makeCertificate(wish));
        return made.back();
    }
    const CertifiedKey& root(const QByteArray& name = "Corp Root", CertificateWish wish = {}) {
        wish.commonName = name;
        if (wish.extensions.empty()) wish.extensions = kCa;
        return make(std::move(wish));
    }
    const CertifiedKey& between(const CertifiedKey& issuer, const QByteArray& name = "Corp Issuing",
                                CertificateWish wish = {}) {
        wish.issuer = &issuer;
        return root(name, std::move(wish));
    }
    const CertifiedKey& leaf(const CertifiedKey& issuer, const QByteArray& names = "DNS:gw.corp",
                             CertificateWish wish = {}) {
        wish.issuer = &issuer;
        wish.commonName = "gw.corp";
        if (!names.isEmpty()) wish.extensions.emplace_back(NID_subject_alt_name, names);
        return make(std::move(wish));
    }
    std::deque<CertifiedKey> made;
};

CertificateWish with(Extensions extensions) {
    CertificateWish wish;
    wish.extensions = std::move(extensions);
    return wish;
}

CertificateWish valid(int fromHours, int untilHours) {
    CertificateWish wish;
    wish.fromHours = fromHours;
    wish.untilHours = untilHours;
    return wish;
}

CertificateWish ofRsa(int bits) {
    CertificateWish wish;
    wish.rsaBits = bits;
    return wish;
}

CertificateWish hashedBy(const char* hash) {
    CertificateWish wish;
    wish.hash = hash;
    return wish;
}

/// What a server sends, the leaf first, and what its client trusts.
struct Scene {
    CertifiedKey server; ///< the leaf's key
    QByteArray trusted;
};

Scene scene(std::initializer_list<const CertifiedKey*> sent, const CertifiedKey& trusted) {
    Scene made{{{}, (*sent.begin())->key}, trusted.certificate};
    for (const CertifiedKey* one : sent)
        made.server.certificate += one->certificate;
    return made;
}

/// What a client of ours says of it; empty: accepted.
QString complaintOf(const Scene& scene, const QByteArray& asked) {
    TlsClientOptions options;
    if (!scene.trusted.isEmpty()) options.extraRoots = {QSslCertificate(scene.trusted)};
    SystemRoots roots;
    const auto engine = TlsClientContext::make(options, roots).value()->connectionTo(asked, 443);
    OpenSslPeer peer(scene.server);
    for (int i = 0; i < 6 && engine->state() == TlsEngine::State::Handshaking; ++i) {
        const QByteArray bytes = peer.give();
        engine->setInput(bytes);
        engine->handshake();
        engine->keepRest();
        peer.take(engine->takeOutput());
    }
    return engine->state() == TlsEngine::State::Open ? QString() : engine->error().detail;
}

} // namespace

Q_DECLARE_METATYPE(Scene)

class TestServerChains : public QObject {
    Q_OBJECT

    static void addColumns() {
        QTest::addColumn<Scene>("scene");
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QString>("says");
    }
    static void row(const char* tag, const Scene& scene, const char* says,
                    const QByteArray& asked = "gw.corp") {
        QTest::newRow(tag) << scene << asked << QString::fromUtf8(says);
    }
    static void check() {
        QFETCH(Scene, scene);
        QFETCH(QByteArray, asked);
        QFETCH(QString, says);
        const QString complaint = complaintOf(scene, asked);
        if (says.isEmpty())
            QCOMPARE(complaint, QString());
        else
            QVERIFY2(complaint.contains(says), qPrintable(complaint));
    }

private slots:
    void goodChainsAreAccepted_data() {
        addColumns();
        Workshop w;
        const CertifiedKey& root = w.root();
        const CertifiedKey& issuing = w.between(root);
        const CertifiedKey& second = w.between(issuing, "Corp Issuing Two");
        const CertifiedKey& leaf = w.leaf(second);
        const CertifiedKey& other = w.root("Another Root");
        row("by the root itself", scene({&w.leaf(root)}, root), "");
        row("by two intermediates", scene({&leaf, &second, &issuing}, root), "");
        row("with the root along", scene({&leaf, &second, &issuing, &root}, root), "");
        row("in another order (RFC 8446 4.4.2)", scene({&leaf, &issuing, &second}, root), "");
        row("with one that has nothing to do with it",
            scene({&leaf, &other, &second, &issuing}, root), "");
        row("tls.ca_file names an intermediate alone, as curl takes it", scene({&leaf}, second),
            "");
        CertificateWish alone = with({{NID_subject_alt_name, "DNS:gw.corp"}});
        const CertifiedKey& own = w.make(alone);
        row("tls.ca_file names the server's own certificate", scene({&own}, own), "");
        row("the name in other letters", scene({&w.leaf(root, "DNS:GW.Corp")}, root), "");
        row("a dot at the end of the name that is asked for", scene({&w.leaf(root)}, root), "",
            "gw.corp.");
        row("one of several names", scene({&w.leaf(root, "DNS:a.corp,DNS:gw.corp")}, root), "");
        row("a wildcard for the first label", scene({&w.leaf(root, "DNS:*.eu.corp")}, root), "",
            "gw.eu.corp");
        row("an address", scene({&w.leaf(root, "IP:10.0.0.1")}, root), "", "10.0.0.1");
        row("an IPv6 address", scene({&w.leaf(root, "IP:fd00::1")}, root), "", "fd00::1");
        Extensions narrow = kCa;
        narrow.emplace_back(NID_name_constraints, "critical,permitted;DNS:corp");
        const CertifiedKey& corpOnly = w.between(root, "Corp Only", with(narrow));
        row("within a name constraint", scene({&w.leaf(corpOnly), &corpOnly}, root), "");
        row("RSA of 2048 bits", scene({&w.leaf(root, "DNS:gw.corp", ofRsa(2048))}, root), "");
    }
    void goodChainsAreAccepted() { check(); }

    void wrongNamesAreRefused_data() {
        addColumns();
        Workshop w;
        const CertifiedKey& root = w.root();
        const auto by = [&](const char* names) { return scene({&w.leaf(root, names)}, root); };
        row("another name", by("DNS:other.corp"), "is not for gw.corp, but for other.corp");
        row("a name below it", by("DNS:x.gw.corp"), "is not for gw.corp, but for x.gw.corp");
        row("the common name alone (RFC 9525 2)", by(""), "its common name does not count");
        row("another address", by("IP:10.0.0.2"), "is not for 10.0.0.1, but for 10.0.0.2",
            "10.0.0.1");
        row("an address as a DNS name", by("DNS:10.0.0.1"), "is not for 10.0.0.1", "10.0.0.1");
        row("a name where an address is asked for", by("DNS:gw.corp"),
            "is not for 10.0.0.1, but for gw.corp", "10.0.0.1");
        row("an address where a name is asked for", by("IP:10.0.0.1"),
            "is not for gw.corp, but for 10.0.0.1");
        row("an IPv6 address that is another", by("IP:fd00::2"), "is not for fd00::1", "fd00::1");
        // RFC 9525 6.3: a wildcard is a whole first label, and stands for one.
        row("a wildcard for two labels", by("DNS:*.corp.test"), "is not for a.b.corp.test",
            "a.b.corp.test");
        row("a wildcard for no label", by("DNS:*.corp.test"), "is not for corp.test", "corp.test");
        row("a wildcard for part of a label", by("DNS:gw*.corp.test"), "is not for gw1.corp.test",
            "gw1.corp.test");
        row("a wildcard that is not the first label", by("DNS:gw.*.test"),
            "is not for gw.corp.test", "gw.corp.test");
        row("a wildcard of a top level", by("DNS:*.corp"), "is not for gw.corp");
        row("a wildcard alone", by("DNS:*"), "is not for gw", "gw");
        row("an e-mail address", by("email:a@gw.corp"), "holds no name or address");
    }
    void wrongNamesAreRefused() { check(); }

    void badChainsAreRefused_data() {
        addColumns();
        Workshop w;
        const CertifiedKey& root = w.root();
        const CertifiedKey& issuing = w.between(root);
        const CertifiedKey& second = w.between(issuing, "Corp Issuing Two");
        const auto below = [&](const CertifiedKey& ca) { return scene({&w.leaf(ca), &ca}, root); };
        // Times
        row("expired", scene({&w.leaf(root, "DNS:gw.corp", valid(-48, -1))}, root),
            "the server's certificate “gw.corp” has expired: it was valid until");
        row("not valid yet", scene({&w.leaf(root, "DNS:gw.corp", valid(1, 48))}, root),
            "the server's certificate “gw.corp” is not valid before");
        row("an intermediate that has expired",
            below(w.between(root, "Old Issuing", valid(-48, -1))),
            "the CA certificate “Old Issuing” in the server's chain has expired");
        row("an intermediate that is not valid yet",
            below(w.between(root, "Early Issuing", valid(1, 48))),
            "the CA certificate “Early Issuing” in the server's chain is not valid before");
        const CertifiedKey& oldRoot = w.root("Old Root", valid(-48, -1));
        row("a trusted root that has expired", scene({&w.leaf(oldRoot)}, oldRoot),
            "the CA certificate “Old Root” in the server's chain has expired");
        // Trust
        const CertifiedKey& own = w.make(with({{NID_subject_alt_name, "DNS:gw.corp"}}));
        row("self-signed", scene({&own}, root), "is self-signed and not trusted");
        const CertifiedKey& foreign = w.root("Foreign Root");
        row("a root that is not known and came along", scene({&w.leaf(foreign), &foreign}, root),
            "was issued by “Foreign Root”, which is not trusted: put its PEM in tls.ca_file");
        row("a root that is not known", scene({&w.leaf(foreign)}, root),
            "was issued by “Foreign Root”, which is not trusted and did not come along");
        row("an intermediate is missing", scene({&w.leaf(issuing)}, root),
            "was issued by “Corp Issuing”, which is not trusted and did not come along");
        row("the chain is truncated in its middle", scene({&w.leaf(second), &second}, root),
            "the chain ends at “Corp Issuing Two”, issued by “Corp Issuing”");
        const CertifiedKey& forged = w.root("Corp Root");
        row("by the name of a root, and another key", scene({&w.leaf(forged)}, root),
            "the signature on the server's certificate “gw.corp” does not fit");
        // What each may be used for
        row("for clients",
            scene({&w.leaf(root, "DNS:gw.corp", with({{NID_ext_key_usage, "clientAuth"}}))}, root),
            "“gw.corp” is not made for a TLS server (extended key usage)");
        Extensions clients = kCa;
        clients.emplace_back(NID_ext_key_usage, "clientAuth");
        row("an intermediate for clients", below(w.between(root, "Clients' CA", with(clients))),
            "“Clients' CA” in the server's chain is not made for a TLS server");
        row("a leaf that signs another",
            below(w.between(root, "leaf.corp", with({{NID_basic_constraints, "CA:FALSE"}}))),
            "“leaf.corp” in the server's chain has issued a certificate, but may not issue any");
        row("an intermediate that does not say it is one",
            below(w.between(root, "Silent", with({{NID_subject_alt_name, "DNS:silent.corp"}}))),
            "“Silent” in the server's chain has issued a certificate, but may not issue any");
        row("an intermediate that may sign no certificates",
            below(w.between(root, "Signer",
                            with({{NID_basic_constraints, "critical,CA:TRUE"},
                                  {NID_key_usage, "critical,cRLSign"}}))),
            "“Signer” in the server's chain has issued a certificate, but may not issue any");
        // What each may sign
        Extensions narrow = kCa;
        narrow.emplace_back(NID_name_constraints, "critical,permitted;DNS:lab.corp");
        row("a name that its CA may not certify", below(w.between(root, "Lab CA", with(narrow))),
            "“gw.corp” has a name that the CA above it may not certify (name constraints)");
        Extensions except = kCa;
        except.emplace_back(NID_name_constraints, "critical,excluded;DNS:gw.corp");
        row("a name that its CA is forbidden to certify",
            below(w.between(root, "Rest CA", with(except))), "(name constraints)");
        const CertifiedKey& last =
            w.between(root, "Last CA",
                      with({{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                            {NID_key_usage, "critical,keyCertSign"}}));
        const CertifiedKey& beyond = w.between(last, "Beyond");
        row("a CA below one that allows none", scene({&w.leaf(beyond), &beyond, &last}, root),
            "stands above more CA certificates than it allows (path length)");
        // Strength
        row("RSA of 1024 bits", scene({&w.leaf(root, "DNS:gw.corp", ofRsa(1024))}, root),
            "the key of the server's certificate “gw.corp” is too short");
        CertificateWish shortCa = ofRsa(1024);
        row("an intermediate of 1024 bits", below(w.between(root, "Short CA", shortCa)),
            "the key of the CA certificate “Short CA” in the server's chain is too short");
        row("SHA-1", scene({&w.leaf(root, "DNS:gw.corp", hashedBy("SHA1"))}, root),
            "is signed with a hash that is too weak");
        const CertifiedKey& rsaRoot = w.root("RSA Root", ofRsa(2048)); // MD5 goes with RSA alone
        const CertifiedKey& md5 = w.between(rsaRoot, "MD5 CA", hashedBy("MD5"));
        row("an intermediate by MD5", scene({&w.leaf(md5), &md5}, rsaRoot),
            "the CA certificate “MD5 CA” in the server's chain is signed with a hash");
    }
    void badChainsAreRefused() { check(); }

    /// No two faults of the server's own certificate have the same text.
    void eachFaultHasItsOwnText() {
        Workshop w;
        const CertifiedKey& root = w.root();
        const CertifiedKey& foreign = w.root("Foreign Root");
        const CertifiedKey& own = w.make(with({{NID_subject_alt_name, "DNS:gw.corp"}}));
        QSet<QString> texts;
        const std::vector<Scene> scenes{
            scene({&w.leaf(root, "DNS:gw.corp", valid(-48, -1))}, root),
            scene({&w.leaf(root, "DNS:gw.corp", valid(1, 48))}, root),
            scene({&own}, root),
            scene({&w.leaf(foreign)}, root),
            scene({&w.leaf(foreign), &foreign}, root),
            scene({&w.leaf(root, "DNS:other.corp")}, root),
            scene({&w.leaf(root, "")}, root),
            scene({&w.leaf(root, "DNS:gw.corp", with({{NID_ext_key_usage, "clientAuth"}}))}, root),
            scene({&w.leaf(root, "DNS:gw.corp", ofRsa(1024))}, root),
            scene({&w.leaf(root, "DNS:gw.corp", hashedBy("SHA1"))}, root),
        };
        for (const Scene& one : scenes)
            texts += complaintOf(one, "gw.corp");
        QCOMPARE(static_cast<std::size_t>(texts.size()), scenes.size());
        QVERIFY(!texts.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestServerChains)
#include "tst_serverchains.moc"
