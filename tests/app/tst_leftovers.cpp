// SPDX-License-Identifier: MIT
#include "app/cli/leftovers.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::cli;

class TestLeftovers : public QObject {
    Q_OBJECT
private slots:
    void eachIsALineOfAShell_data() {
        QTest::addColumn<Leftovers>("leftovers");
        QTest::addColumn<QString>("lines");
        QTest::newRow("start at login") << Leftovers{QStringLiteral("/h/a.desktop"), false, {}, {}}
                                        << QStringLiteral("  rm '/h/a.desktop'\n");
        QTest::newRow("the local authority")
            << Leftovers{{}, true, {}, {}} << QStringLiteral("  sallyport ca remove\n");
        QTest::newRow("two keychain entries")
            << Leftovers{{}, false, {QStringLiteral("a"), QStringLiteral("b")}, {}}
            << QStringLiteral("  sallyport credential remove 'a'\n"
                              "  sallyport credential remove 'b'\n");
        QTest::newRow("a folder with a quotation mark")
            << Leftovers{{}, false, {}, {QStringLiteral("/h/o'x")}}
            << QStringLiteral("  rm -r '/h/o'\\''x'\n");
        QTest::newRow("the folders last: what is before needs them")
            << Leftovers{{}, true, {}, {QStringLiteral("/s")}}
            << QStringLiteral("  sallyport ca remove\n  rm -r '/s'\n");
    }
    void eachIsALineOfAShell() {
        QFETCH(Leftovers, leftovers);
        QFETCH(QString, lines);
        const QString text = leftoversText(leftovers);
        QVERIFY2(text.endsWith(QStringLiteral(":\n") + lines), qPrintable(text));
    }
    void nothingIsNotMentioned() { QCOMPARE(leftoversText({}), QString()); }

    void entriesAreThoseThatTheFilesName() {
        const auto keychain = [](const char* name) {
            CredentialSource source;
            source.kind = CredentialSource::Kind::Keychain;
            source.name = QString::fromLatin1(name);
            return source;
        };
        CredentialSource variable;
        variable.kind = CredentialSource::Kind::Environment;
        variable.name = QStringLiteral("V");
        Config config;
        UpstreamConfig upstream;
        upstream.credentials = {keychain("corp"), variable, keychain("second")};
        upstream.via.credential = keychain("proxy");
        config.upstreams = {upstream, upstream};
        config.forwardVia.credential = keychain("forward");
        QCOMPARE(keychainEntriesOf(config),
                 (QStringList{QStringLiteral("forward"), QStringLiteral("corp"),
                              QStringLiteral("second"), QStringLiteral("proxy")}));
    }
};

QTEST_APPLESS_MAIN(TestLeftovers)
#include "tst_leftovers.moc"
