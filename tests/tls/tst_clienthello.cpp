// SPDX-License-Identifier: MIT
#include "core/tls/clienthello.h"

#include "core/tls/tlsalert.h"
#include "hellobytes.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

using Verdict = ClientHelloReader::Verdict;

/// The verdict in a word, of a hello what it says.
QByteArray read(const QByteArray& bytes, qsizetype piece) {
    ClientHelloReader reader;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        switch (reader.take(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)))) {
        case Verdict::Undecided: continue;
        case Verdict::NotTls: return "not tls";
        case Verdict::Malformed: return "malformed";
        case Verdict::Hello: break;
        }
        const ClientHello& hello = reader.hello();
        QByteArray out = "hello '" + hello.serverName + '\'';
        for (const QByteArray& name : hello.alpn)
            out.append(' ').append(name);
        if (hello.hasEncryptedHello) out.append(" ech");
        return out;
    }
    return "undecided";
}

QByteArray inRecordsOf(qsizetype size, const QByteArray& message) {
    QByteArray out;
    for (qsizetype at = 0; at < message.size(); at += size)
        out.append(recordBytes(message.mid(at, size)));
    return out;
}

} // namespace

class TestClientHello : public QObject {
    Q_OBJECT
private slots:
    void reads_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reading");
        const auto row = [](const char* tag, const QByteArray& bytes, const char* reading) {
            QTest::newRow(tag) << bytes << QByteArray(reading);
        };
        const QByteArray a = sniBytes("a.example");
        row("OpenSSL with a name", openSslHello("a.example"), "hello 'a.example'");
        row("OpenSSL with protocols", openSslHello("a.example", "\x02h2\x08http/1.1"),
            "hello 'a.example' h2 http/1.1");
        row("OpenSSL without a name", openSslHello({}), "hello ''");
        row("a name in capitals", helloBytes(sniBytes("A.Example")), "hello 'a.example'");
        row("no extensions at all", helloBytes({}), "hello ''");
        row("TLS 1.2 without their length",
            recordBytes(numberBytes(1, 1) +
                        vectorBytes(numberBytes(0x0303, 2) + QByteArray(32, 'r') +
                                        QByteArray("\0\0\2\x13\1\1\0", 7),
                                    3)),
            "hello ''");
        row("an encrypted hello behind a name", helloBytes(a + extensionBytes(0xfe0d, "x")),
            "hello 'a.example' ech");
        row("extensions that nobody knows",
            helloBytes(extensionBytes(0x0a0a, {}) + a + extensionBytes(0x0a0a, "xyz")),
            "hello 'a.example'");
        row("over records of one byte", inRecordsOf(1, helloMessage(a)), "hello 'a.example'");
        row("over two records", inRecordsOf(40, helloMessage(a)), "hello 'a.example'");
        row("with more behind it", helloBytes(a) + "more", "hello 'a.example'");
        row("a request", "GET / HTTP/1.1\r\n", "not tls");
        row("SSH", "SSH-2.0-x\r\n", "not tls");
        row("SSLv2", QByteArray("\x80\x2e\x01\x03\x01", 5), "not tls");
        row("a zero byte", QByteArray(1, '\0'), "not tls");
        row("another version of the record", QByteArray("\x16\x02\x00", 3), "not tls");
        row("another message of the handshake", recordBytes("\x02xxxx"), "not tls");
        row("an alert", recordBytes("\2\50", 21), "not tls");
        row("nothing yet", {}, "undecided");
        row("one byte", "\x16", "undecided");
        row("all but its last byte", helloBytes(a).chopped(1), "undecided");
        row("an empty record", recordBytes({}), "malformed");
        row("a record that is too long", QByteArray("\x16\x03\x01\x40\x01\x01", 6), "malformed");
        row("another record in between",
            recordBytes(helloMessage(a).first(20)) + recordBytes("\2\50", 21), "malformed");
        row("a message that is too long", recordBytes(QByteArray("\1\xff\xff\xff", 4)),
            "malformed");
        row("a message without its random", recordBytes(numberBytes(1, 1) + vectorBytes("xy", 3)),
            "malformed");
        row("two names", helloBytes(a + sniBytes("b.example")), "malformed");
        row("two names in one extension",
            helloBytes(extensionBytes(0, vectorBytes(QByteArray("\0\0\1a\0\0\1b", 8), 2))),
            "malformed");
        row("a name with a zero byte", helloBytes(sniBytes(QByteArray("a\0b", 3))), "malformed");
        row("an empty name", helloBytes(sniBytes({})), "malformed");
        row("a name of another type", helloBytes(extensionBytes(0, serverNameBytes("a", 1))),
            "malformed");
        row("no name in the extension of names", helloBytes(extensionBytes(0, {})), "malformed");
        row("an extension that ends outside", helloBytes("\xff\x01\x00\x05x"), "malformed");
        row("protocols without one", helloBytes(alpnBytes({})), "malformed");
        row("an empty protocol", helloBytes(alpnBytes({""})), "malformed");
        row("protocols twice", helloBytes(alpnBytes({"h2"}) + alpnBytes({"http/1.1"})),
            "malformed");
    }
    void reads() {
        QFETCH(QByteArray, bytes);
        for (const qsizetype piece : {bytes.size() + 1, qsizetype{1}, qsizetype{7}})
            QTEST(read(bytes, piece), "reading");
    }

    void keepsNoMoreThanItsBound() {
        ClientHelloReader reader;
        // Each record is well-formed, and the message never whole.
        QByteArray record = recordBytes("\1" + numberBytes(30'000, 3));
        qsizetype sent = 0;
        Verdict verdict = Verdict::Undecided;
        for (; verdict == Verdict::Undecided; record = recordBytes("x")) {
            sent += record.size();
            verdict = reader.take(record);
        }
        QVERIFY(verdict == Verdict::Malformed);
        QVERIFY(sent <= ClientHelloReader::kMaxBytes + record.size());
        QCOMPARE(reader.received().size(), sent);
    }

    void anAlertIsOneRecord() {
        QCOMPARE(alertRecord(TlsAlert::HandshakeFailure),
                 QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7));
    }
};

QTEST_APPLESS_MAIN(TestClientHello)
#include "tst_clienthello.moc"
