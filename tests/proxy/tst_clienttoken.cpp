// SPDX-License-Identifier: MIT
#include "core/proxy/clienttoken.h"

#include <QTest>

using namespace sallyport;

class TestClientToken : public QObject {
    Q_OBJECT
private slots:
    void who_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("hasToken");
        QTest::addColumn<QString>("client");
        const auto row = [](const char* tag, const char* name, const QByteArray& value,
                            bool hasToken, const char* client) {
            QTest::newRow(tag) << QByteArray(name) << value << hasToken
                               << QString::fromLatin1(client);
        };
        row("the local token", "x-api-key", "local", true, "");
        row("a client as x-api-key", "X-Api-Key", "one", true, "ada");
        row("a client as bearer", "Authorization", "bearer two", true, "bob");
        row("a client as a proxy's bearer", "Proxy-Authorization", "Bearer one", true, "ada");
        row("a client as a proxy's password", "Proxy-Authorization",
            "Basic " + QByteArray("me:two").toBase64(), true, "bob");
        row("the beginning of a token", "x-api-key", "on", false, "");
        row("more than a token", "x-api-key", "ones", false, "");
        row("an empty field", "x-api-key", "", false, "");
        row("another field", "X-Token", "one", false, "");
    }
    void who() {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, value);
        std::vector<NamedClient> clients(2);
        clients[0].config.name = QStringLiteral("ada");
        clients[0].token = "one";
        clients[1].config.name = QStringLiteral("bob");
        clients[1].token = "two";
        FieldList fields;
        fields.append(name, value);
        const ClientIdentity identity = identifyClient(fields, "local", clients);
        QTEST(identity.hasToken, "hasToken");
        QTEST(identity.client ? identity.client->config.name : QString(), "client");
    }

    void anEmptyTokenIsCarriedByNone() {
        FieldList fields;
        fields.append("x-api-key", "");
        QVERIFY(!carriesToken(fields, {}));
        QVERIFY(!identifyClient(fields, {}, {}).hasToken);
    }
};

QTEST_GUILESS_MAIN(TestClientToken)
#include "tst_clienttoken.moc"
