// SPDX-License-Identifier: MIT
#include "core/tls/tlssessions.h"

#include <QTest>

#include <array>

using namespace sallyport;

namespace {

SslSessionPtr session(int version, unsigned char id) {
    SslSessionPtr made(SSL_SESSION_new());
    SSL_SESSION_set_protocol_version(made.get(), version);
    const std::array<unsigned char, 1> bytes{id};
    SSL_SESSION_set1_id(made.get(), bytes.data(), bytes.size());
    return made;
}

int idOf(const SslSessionPtr& session) {
    unsigned int size = 0;
    const unsigned char* const bytes = SSL_SESSION_get_id(session.get(), &size);
    return size == 1 ? bytes[0] : -1;
}

} // namespace

class TestTlsSessions : public QObject {
    Q_OBJECT

private slots:
    void aTicketOfTls13ServesOnce() {
        TlsSessions sessions;
        sessions.put("a 443", session(TLS1_3_VERSION, 1));
        sessions.put("a 443", session(TLS1_3_VERSION, 2));
        QVERIFY(!sessions.take("a 444"));
        QCOMPARE(idOf(sessions.take("a 443")), 2); // the newest first
        QCOMPARE(idOf(sessions.take("a 443")), 1);
        QVERIFY(!sessions.take("a 443"));
    }

    void aSessionOfTls12ServesAgain() {
        TlsSessions sessions;
        sessions.put("a 443", session(TLS1_2_VERSION, 7));
        QCOMPARE(idOf(sessions.take("a 443")), 7);
        QCOMPARE(idOf(sessions.take("a 443")), 7);
    }

    void oneServerKeepsFew() {
        TlsSessions sessions;
        for (unsigned char id = 0; id < 20; ++id)
            sessions.put("a 443", session(TLS1_3_VERSION, id));
        QCOMPARE(sessions.size(), TlsSessions::kPerServer);
        QCOMPARE(idOf(sessions.take("a 443")), 19);
    }

    void manyServersAreBounded() {
        TlsSessions sessions;
        for (int i = 0; i < 1000; ++i)
            sessions.put(QByteArray::number(i), session(TLS1_3_VERSION, 1));
        QCOMPARE(sessions.size(), TlsSessions::kSessions);
        QVERIFY(!sessions.take("0"));
        QVERIFY(sessions.take("999"));
    }
};

QTEST_GUILESS_MAIN(TestTlsSessions)
#include "tst_tlssessions.moc"
