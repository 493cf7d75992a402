// SPDX-License-Identifier: MIT
#include "core/tls/clientcertificate.h"
#include "core/tls/opensslhandle.h"
#include "tests/net/testcertificates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/err.h>
#include <openssl/pem.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// The same key under a passphrase.
QByteArray locked(const QByteArray& key) {
    const BioPtr from(BIO_new_mem_buf(key.constData(), static_cast<int>(key.size())));
    const PrivateKeyPtr read(PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, nullptr));
    const BioPtr to(BIO_new(BIO_s_mem()));
    const unsigned char phrase[] = {'w', 'o', 'r', 'd'};
    PEM_write_bio_PrivateKey(to.get(), read.get(), EVP_aes_128_cbc(), phrase, sizeof phrase,
                             nullptr, nullptr);
    char* at = nullptr;
    const long size = BIO_get_mem_data(to.get(), &at);
    return QByteArray(at, size);
}

} // namespace

class TestClientCertificate : public QObject {
    Q_OBJECT

    const CertifiedKey m_root = makeAuthority("Client authority");
    const CertifiedKey m_own = makeLeaf(m_root, "DNS:me.test");
    const CertifiedKey m_other = makeLeaf(m_root, "DNS:other.test");
    QTemporaryDir m_dir;

    QString write(const char* name, const QByteArray& content) {
        QFile file(m_dir.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly)) file.write(content);
        return file.fileName();
    }

private slots:
    void aPairIsRead() {
        const QString certificate = write("me.pem", m_own.certificate + m_root.certificate);
        const auto read = readClientCertificate(certificate, write("me.key", m_own.key));
        QVERIFY2(read.isOk(), read ? "" : qPrintable(read.error()));
        QCOMPARE(read->chain, m_own.certificate + m_root.certificate);
        QCOMPARE(read->key, m_own.key);
    }

    void theKeyMayStandInTheSameFile() {
        const auto read =
            readClientCertificate(write("both.pem", m_own.key + m_own.certificate), {});
        QVERIFY2(read.isOk(), read ? "" : qPrintable(read.error()));
    }

    void whatCannotBeUsedIsNamed_data() {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("says");
        const QString bad = QStringLiteral("the client certificate cannot be used");
        const QString badKey = QStringLiteral("the key of the client certificate cannot be used");
        QTest::newRow("no PEM") << QByteArray("nonsense") << m_own.key << bad;
        QTest::newRow("a key in place of the certificate") << m_own.key << m_own.key << bad;
        QTest::newRow("a certificate in place of the key")
            << m_own.certificate << m_own.certificate << badKey;
        QTest::newRow("the key of another") << m_own.certificate << m_other.key << badKey;
        QTest::newRow("a key with a passphrase")
            << m_own.certificate << locked(m_own.key) << badKey;
    }
    void whatCannotBeUsedIsNamed() {
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, key);
        QFETCH(QString, says);
        const QString path = write("me.pem", certificate);
        const auto read = readClientCertificate(path, write("me.key", key));
        QVERIFY(!read.isOk());
        QVERIFY2(read.error().contains(says), qPrintable(read.error()));
        QVERIFY(read.error().contains(path));
        QCOMPARE(ERR_peek_error(), 0UL);
    }

    void aFileThatIsNotThereIsNamed() {
        const QString certificate = write("me.pem", m_own.certificate);
        const auto read = readClientCertificate(certificate, QStringLiteral("/nowhere/me.key"));
        QVERIFY(!read.isOk());
        QVERIFY(read.error().contains(u"/nowhere/me.key"));
    }
};

QTEST_GUILESS_MAIN(TestClientCertificate)
#include "tst_clientcertificate.moc"
