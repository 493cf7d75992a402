// SPDX-License-Identifier: MIT
#include "core/proxy/interceptiondecision.h"

#include <QTest>

using namespace sallyport;

namespace {

using Verdict = ClientHelloReader::Verdict;

QByteArray wordOf(InterceptionDecision::Kind kind) {
    switch (kind) {
    case InterceptionDecision::Kind::Open: return "open";
    case InterceptionDecision::Kind::Blind: return "blind";
    case InterceptionDecision::Kind::Refuse: return "refuse";
    }
    Q_UNREACHABLE();
}

} // namespace

Q_DECLARE_METATYPE(ClientHello)
Q_DECLARE_METATYPE(ClientHelloReader::Verdict)

class TestInterceptionDecision : public QObject {
    Q_OBJECT
private slots:
    void decides_data() {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<ClientHello>("hello");
        QTest::addColumn<QByteArray>("opening");
        QTest::addColumn<QString>("why");
        const auto hello = [](const char* tag, ClientHello what, const char* opening,
                              const char* why = "") {
            QTest::newRow(tag) << Verdict::Hello << std::move(what) << QByteArray(opening)
                               << QString::fromUtf8(why);
        };
        const QByteArray host("a.example");
        hello("the name of CONNECT", {host, {"http/1.1"}, false}, "open");
        hello("with the dot of the root", {"a.example.", {"http/1.1"}, false}, "open");
        hello("no protocols", {host, {}, false}, "open");
        hello("HTTP/2 or HTTP/1.1", {host, {"h2", "http/1.1"}, false}, "open");
        hello("no name", {{}, {}, false}, "open");
        hello("an encrypted hello behind the right name, as browsers send to everybody",
              {host, {"h2", "http/1.1"}, true}, "open");
        hello("another name", {"b.example", {"http/1.1"}, false}, "blind",
              "the client asked for “b.example” by TLS");
        hello("a name below", {"x.a.example", {}, false}, "blind", "“x.a.example”");
        hello("a cover for another name", {"cover.example", {}, true}, "blind",
              "Encrypted Client Hello");
        hello("another name by HTTP/2", {"b.example", {"h2"}, false}, "blind", "“b.example”");
        hello("a name that a terminal obeys", {"b\x1b[2J", {}, false}, "blind", "“b");
        hello("HTTP/2 alone", {host, {"h2"}, false}, "refuse", "offers “h2”");
        hello("HTTP/1.0 alone", {host, {"http/1.0"}, false}, "refuse", "offers “http/1.0”");
        hello("another protocol", {host, {"mqtt"}, false}, "blind", "speaks “mqtt”");
        QTest::newRow("no TLS") << Verdict::NotTls << ClientHello() << QByteArray("blind")
                                << QStringLiteral("is not TLS");
        QTest::newRow("broken TLS") << Verdict::Malformed << ClientHello() << QByteArray("refuse")
                                    << QStringLiteral("no readable hello");
    }
    void decides() {
        QFETCH(const Verdict, verdict);
        QFETCH(const ClientHello, hello);
        QFETCH(const QString, why);
        const InterceptionDecision opening = interceptionDecision(verdict, hello, "a.example");
        QTEST(wordOf(opening.kind), "opening");
        QVERIFY2(opening.why.contains(why), qPrintable(opening.why));
        QVERIFY(!opening.why.contains(QChar(0x1b)));
        QCOMPARE(opening.why.isEmpty(), opening.kind == InterceptionDecision::Kind::Open);
    }
    void theAlertSaysWhatIsRefused() {
        QVERIFY(interceptionDecision(Verdict::Hello, {"a", {"h2"}, false}, "a").alert ==
                TlsAlert::NoApplicationProtocol);
        QVERIFY(interceptionDecision(Verdict::Malformed, {}, "a").alert == TlsAlert::DecodeError);
    }
    void distrustSaysHowToMendIt() {
        const QString text = distrustText("a.example", QStringLiteral("alert"));
        for (const char* part : {"a.example", "NODE_EXTRA_CA_CERTS", "intercept", "(alert)"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!distrustText("a.example", {}).contains(u"()"));
    }
};

QTEST_APPLESS_MAIN(TestInterceptionDecision)
#include "tst_interceptiondecision.moc"
