// SPDX-License-Identifier: MIT
#include "ui/settings/upstreamspage.h"

#include "tests/ui/fakeport.h"
#include "ui/settings/teststeps.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

const QByteArray kText = "upstreams:\n"
                         "  - name: corp   # ours\n"
                         "    targets: [{url: \"https://gw.example/llm\"}]\n"
                         "    credential: env:KEY\n"
                         "routes:\n"
                         "  - {name: all, upstream: corp}\n";

} // namespace

class UpstreamsPageTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(kText);
        file.close();
        m_engine = std::make_unique<FakePort>();
        m_page = std::make_unique<UpstreamsPage>(*m_engine, m_dir->path());
        m_page->show();
    }
    void cleanup() {
        m_page.reset();
        m_engine.reset();
    }

    void aKeyGoesIntoTheKeychainBeforeTheFileNamesIt() {
        find<QComboBox>("credentialSource")->setCurrentIndex(1);
        find<QLineEdit>("credentialPlace")->setText(QStringLiteral("corp"));
        find<QLineEdit>("credentialKey")->setText(QStringLiteral("sk-secret-0123"));
        find<QPushButton>("saveUpstream")->click();
        QVERIFY(m_engine->asked.contains(QStringLiteral("store corp 14")));
        QCOMPARE(read(), kText);
        emit m_engine->credentialStored(QStringLiteral("corp"), QStringLiteral("it is locked"));
        QCOMPARE(read(), kText);
        QVERIFY(find<QLabel>("upstreamResult")->text().contains(QLatin1String("it is locked")));
        find<QPushButton>("saveUpstream")->click();
        emit m_engine->credentialStored(QStringLiteral("corp"), {});
        QByteArray expected = kText;
        QCOMPARE(read(), expected.replace("env:KEY", "\"keychain:corp\""));
        QVERIFY(find<QLineEdit>("credentialKey")->text().isEmpty());
    }
    void anAddressIsChangedInItsPlaceAndShownBefore() {
        find<QPlainTextEdit>("upstreamUrls")->setPlainText(QStringLiteral("https://new.example"));
        QVERIFY(find<DiffView>("upstreamDiff")
                    ->toPlainText()
                    .contains(QLatin1String("+    targets: [{url: \"https://new.example\"}]")));
        find<QPushButton>("saveUpstream")->click();
        QByteArray expected = kText;
        QCOMPARE(read(), expected.replace("https://gw.example/llm", "https://new.example"));
    }
    void whatIsWrongIsSaid() {
        find<QPlainTextEdit>("upstreamUrls")->setPlainText(QStringLiteral("gw.example"));
        QVERIFY(!find<QPushButton>("saveUpstream")->isEnabled());
        QVERIFY(find<QLabel>("upstreamResult")->text().startsWith(QLatin1Char('!')));
    }
    void ofTheSandboxItIsSaidWhyNothingCanBeSet() {
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("upstreams:\n  - {name: sandbox, sandbox: true}\n");
        file.close();
        UpstreamsPage page(*m_engine, m_dir->path());
        const auto* result = page.findChild<QLabel*>(QStringLiteral("upstreamResult"));
        QVERIFY(!page.findChild<QLineEdit*>(QStringLiteral("upstreamName"))->isEnabled());
        QVERIFY(result->text().contains(QLatin1String("The sandbox answers")));
        page.findChild<QPushButton*>(QStringLiteral("addUpstream"))->click();
        QVERIFY(result->text().isEmpty());
    }
    void oneIsAddedAndOneInUseIsNotRemoved() {
        find<QPushButton>("addUpstream")->click();
        find<QLineEdit>("upstreamName")->setText(QStringLiteral("second"));
        find<QPlainTextEdit>("upstreamUrls")->setPlainText(QStringLiteral("https://b.example"));
        find<QPushButton>("saveUpstream")->click();
        QCOMPARE(find<QListWidget>("upstreamList")->count(), 2);
        find<QPushButton>("removeUpstream")->click();
        QCOMPARE(read(), kText);
        find<QPushButton>("removeUpstream")->click();
        QCOMPARE(read(), kText);
        QVERIFY(
            find<QLabel>("upstreamResult")->text().contains(QLatin1String("no upstream \"corp\"")));
    }
    void theTestSaysHowFarItCame() {
        find<QPushButton>("testUpstream")->click();
        QVERIFY(m_engine->asked.contains(QStringLiteral("try https://gw.example/llm")));
        UpstreamTestResult result;
        result.verdict = UpstreamTestVerdict::Works;
        result.reached = UpstreamTestStep::Done;
        result.isTls = true;
        result.status = 200;
        result.models = {QStringLiteral("m1"), QStringLiteral("m2")};
        emit m_engine->upstreamTestFinished(result);
        const QString text = find<QLabel>("upstreamResult")->text();
        QCOMPARE(text.count(u'✓'), 5);
        QVERIFY(text.contains(QLatin1String("m1, m2")));
        result.verdict = UpstreamTestVerdict::TlsUntrusted;
        result.reached = UpstreamTestStep::Tls;
        result.detail = QStringLiteral("not trusted");
        const QStringList lines = testStepsText(result).split(u'\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[1].startsWith(u'✓'));
        QCOMPARE(lines[2], QStringLiteral("! TLS: not trusted"));
        QVERIFY(lines[3].startsWith(u'·'));
        result.isTls = false;
        result.reached = UpstreamTestStep::Name;
        QCOMPARE(testStepsText(result).split(u'\n').size(), 4);
    }

private:
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        return m_page->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] QByteArray read() const {
        QFile file(m_dir->filePath(QStringLiteral("routes.yaml")));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakePort> m_engine;
    std::unique_ptr<UpstreamsPage> m_page;
};

QTEST_MAIN(UpstreamsPageTest)
#include "tst_upstreamspage.moc"
