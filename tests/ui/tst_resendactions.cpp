// SPDX-License-Identifier: MIT
#include "ui/resend/resendactions.h"

#include "tests/ui/demofeed.h"
#include "tests/ui/windowrig.h"
#include "ui/detail/exchangetext.h"
#include "ui/resend/editablerequest.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sallyport;

namespace {

const WallTime kStart{std::chrono::hours(24 * 365 * 55)};

ExchangeDetail kept(quint64 id) {
    ExchangeDetail detail;
    detail.record.id = id;
    detail.record.startedAt = kStart + std::chrono::seconds(id);
    detail.record.method = "POST";
    detail.record.host = "127.0.0.1:8899";
    detail.record.path = "/v1/messages";
    detail.record.phase = ExchangePhase::Ended;
    detail.record.end = ExchangeEnd::Complete;
    detail.record.status = 200;
    detail.record.requestBytes = 15;
    detail.requestFields.append("Content-Type", "application/json");
    detail.requestFields.append("x-api-key", "‹redacted, 48 bytes, …c41e›");
    detail.requestBody = {{0, "{\"model\":\"a\"}  "}};
    detail.responseFields.append("Content-Type", "text/plain");
    detail.responseBody = {{0, "one"}};
    return detail;
}

} // namespace

class TestResendActions : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void aKeySendsTheRequestAsItWas();
    void aRowWhoseContentsAreGoneSaysWhy();
    void aRowOfTheHistoryIsRead();
    void theResponsesStandSideBySide();
    void aStreamOnTheRightIsStopped();
    void whatWasNotSentSaysWhy();
    void twoSelectedRowsAreCompared();
    void theDialogEditsAll();
    void whatWasNotTouchedGoesByteForByte();
    void theDialogSaysThatCredentialsAreMissing();
    void anotherUpstreamIsInTheTarget();
    void aMistakeIsSaidInPlace_data();
    void aMistakeIsSaidInPlace();
    void aBodyTooLargeToEditComesFromAFile();
    void aMaskedAddressOpensTheDialog();
    void aMaskedBodyOpensTheDialog();
    void aPipeIsNoBody();
    void headersAreReadAsTheyAreWritten();
    void longLinesAreNotEdited();

private:
    LogTable& table() { return m_rig->table(); }
    template <typename T>
    T* part(const char* name) {
        return m_rig->window.findChild<T*>(QString::fromLatin1(name));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::ControlModifier) {
        QTest::keyClick(&m_rig->window, key, with);
    }
    void openDialog(const ExchangeDetail& detail) {
        table().selectId(detail.record.id);
        press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        emit m_rig->port.detailChanged(detail);
        QVERIFY(part<ResendDialog>("resendDialog"));
    }
    void clickSend() { part<QPushButton>("resendSend")->click(); }
    QString status() { return m_rig->window.statusBar()->currentMessage(); }

    QTemporaryDir m_dir;
    std::unique_ptr<WindowRig> m_rig;
};

void TestResendActions::init() {
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->show());
    ConfigSummary summary;
    summary.upstreams = {QStringLiteral("corp"), QStringLiteral("sandbox")};
    emit m_rig->port.configChanged(summary);
    emit m_rig->port.exchangesChanged({kept(1).record, kept(2).record});
}

void TestResendActions::aKeySendsTheRequestAsItWas() {
    table().selectId(2);
    press(Qt::Key_R);
    QVERIFY(m_rig->port.asked.contains(QStringLiteral("read 2")));
    emit m_rig->port.detailChanged(kept(2));
    QCOMPARE(m_rig->port.resent.size(), 1);
    const ResendRequest& request = m_rig->port.resent.first();
    QCOMPARE(request.from, QByteArray("2"));
    QCOMPARE(request.target, QByteArray("/v1/messages"));
    QCOMPARE(request.content, QByteArray("{\"model\":\"a\"}  "));
    QCOMPARE(request.fields.size(), 1U);
    // What comes later of the same row is no second request.
    emit m_rig->port.detailChanged(kept(2));
    QCOMPARE(m_rig->port.resent.size(), 1);
}

void TestResendActions::aRowWhoseContentsAreGoneSaysWhy() {
    table().selectId(1);
    press(Qt::Key_R);
    emit m_rig->port.detailGone(1);
    QVERIFY(m_rig->history.asked.contains(QStringLiteral("detail 1 live")));
    emit m_rig->history.detailMissing(1);
    QVERIFY2(status().contains(QStringLiteral("no longer kept")), qPrintable(status()));
    ExchangeDetail cut = kept(1);
    cut.isRequestBodyCut = true;
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(cut);
    QVERIFY2(status().contains(QStringLiteral("cut")), qPrintable(status()));
    QVERIFY(m_rig->port.resent.isEmpty());
}

void TestResendActions::aRowOfTheHistoryIsRead() {
    QTest::keyClick(&table(), Qt::Key_PageUp, Qt::ControlModifier);
    ExchangeRecord older = kept(700).record;
    older.startedAt = kStart - std::chrono::hours(1);
    m_rig->history.answer(HistoryPage::State::All, {older});
    table().selectId(700 | kHistoryBit);
    press(Qt::Key_R);
    QVERIFY(m_rig->history.asked.contains(QStringLiteral("detail 700")));
    ExchangeDetail detail = kept(700);
    emit m_rig->history.detailRead(detail);
    QCOMPARE(m_rig->port.resent.size(), 1);
    QCOMPARE(m_rig->port.resent.first().from, QByteArray("H700"));
}

void TestResendActions::theResponsesStandSideBySide() {
    table().selectId(2);
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(kept(2));
    auto* window = part<ComparisonWindow>("comparisonWindow");
    QVERIFY(window && window->isVisible());
    ExchangeDetail again = kept(3);
    again.record.resentFrom = "2";
    again.responseBody = {{0, "two"}};
    emit m_rig->port.exchangesChanged({again.record});
    QVERIFY(m_rig->port.asked.contains(QStringLiteral("read 2")));
    emit m_rig->port.detailChanged(kept(2));
    QVERIFY(m_rig->port.asked.contains(QStringLiteral("read 3")));
    emit m_rig->port.detailChanged(again);
    QTRY_COMPARE(part<QPlainTextEdit>("comparisonLeft")->toPlainText(), QStringLiteral("≠ one"));
    QCOMPARE(part<QPlainTextEdit>("comparisonRight")->toPlainText(), QStringLiteral("≠ two"));
    QVERIFY2(table().model()->index(2, 0).data().toString().startsWith(u'↻'), "the row is marked");
    QVERIFY(part<QPushButton>("comparisonStop")->isHidden());
}

void TestResendActions::aStreamOnTheRightIsStopped() {
    table().selectId(2);
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(kept(2));
    ExchangeDetail again = kept(3);
    again.record.resentFrom = "2";
    again.record.end = ExchangeEnd::Running;
    again.record.phase = ExchangePhase::Streaming;
    emit m_rig->port.exchangesChanged({again.record});
    emit m_rig->port.detailChanged(kept(2));
    emit m_rig->port.detailChanged(again);
    auto* stop = part<QPushButton>("comparisonStop");
    QVERIFY(!stop->isHidden());
    stop->click();
    QVERIFY(m_rig->port.asked.last().startsWith(QStringLiteral("cancel resend")));
    QVERIFY(stop->isHidden());
    // The end is read once more, so that both sides are what was kept.
    again.record.end = ExchangeEnd::ClientGone;
    const auto reads = m_rig->port.asked.count(QStringLiteral("read 3"));
    emit m_rig->port.exchangesChanged({again.record});
    QTRY_COMPARE(m_rig->port.asked.count(QStringLiteral("read 3")), reads + 1);
}

void TestResendActions::whatWasNotSentSaysWhy() {
    table().selectId(2);
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(kept(2));
    emit m_rig->port.resendEnded(m_rig->port.resent.last().number, QStringLiteral("it sleeps"));
    QVERIFY2(status().contains(QStringLiteral("it sleeps")), qPrintable(status()));
    QVERIFY(part<QLabel>("comparisonNote")->text().contains(QStringLiteral("it sleeps")));
}

void TestResendActions::twoSelectedRowsAreCompared() {
    QVERIFY(!part<QAction>("rowCompare")->isEnabled());
    table().selectAll();
    QVERIFY(part<QAction>("rowCompare")->isEnabled());
    QVERIFY(!part<QAction>("rowResend")->isEnabled());
    press(Qt::Key_D);
    const QString title = part<ComparisonWindow>("comparisonWindow")->windowTitle();
    QVERIFY2(title.contains(u'1') && title.contains(u'2'), qPrintable(title));
}

void TestResendActions::theDialogEditsAll() {
    openDialog(kept(2));
    part<QComboBox>("resendMethod")->setCurrentText(QStringLiteral("PUT"));
    part<QLineEdit>("resendTarget")->setText(QStringLiteral("/v1/other?x=1"));
    part<QPlainTextEdit>("resendFields")->setPlainText(QStringLiteral("X-A: 1\n\nX-A:2\n"));
    auto* body = part<QPlainTextEdit>("resendBody");
    body->selectAll();
    body->insertPlainText(QStringLiteral("{\"é\":1}"));
    clickSend();
    QCOMPARE(m_rig->port.resent.size(), 1);
    const ResendRequest& request = m_rig->port.resent.first();
    QCOMPARE(request.method, QByteArray("PUT"));
    QCOMPARE(request.target, QByteArray("/v1/other?x=1"));
    QCOMPARE(request.fields.combined("x-a"), QByteArray("1, 2"));
    QCOMPARE(request.content, QByteArray("{\"é\":1}"));
}

void TestResendActions::whatWasNotTouchedGoesByteForByte() {
    openDialog(kept(2));
    // It is shown laid out.
    QVERIFY(part<QPlainTextEdit>("resendBody")->toPlainText().contains(u'\n'));
    clickSend();
    QCOMPARE(m_rig->port.resent.first().content, QByteArray("{\"model\":\"a\"}  "));
}

void TestResendActions::theDialogSaysThatCredentialsAreMissing() {
    openDialog(kept(2));
    const QString note = part<QLabel>("resendNote")->text();
    QVERIFY2(note.contains(QStringLiteral("x-api-key")), qPrintable(note));
    QVERIFY(!part<QPlainTextEdit>("resendFields")->toPlainText().contains(QStringLiteral("c41e")));
}

void TestResendActions::anotherUpstreamIsInTheTarget() {
    openDialog(kept(2));
    auto* through = part<QComboBox>("resendUpstream");
    QCOMPARE(through->count(), 3);
    through->setCurrentIndex(2);
    emit through->activated(2);
    QCOMPARE(part<QLineEdit>("resendTarget")->text(), QStringLiteral("/p/sandbox/v1/messages"));
    through->setCurrentIndex(0);
    emit through->activated(0);
    QCOMPARE(part<QLineEdit>("resendTarget")->text(), QStringLiteral("/v1/messages"));
}

void TestResendActions::aMistakeIsSaidInPlace_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("fields");
    const auto row = [](const char* tag, const char* method, const char* target,
                        const char* fields) {
        QTest::newRow(tag) << QString::fromLatin1(method) << QString::fromLatin1(target)
                           << QString::fromLatin1(fields);
    };
    row("a method with a blank", "PO ST", "/", "");
    row("a tunnel", "CONNECT", "/", "");
    row("a target with a blank", "GET", "/a b", "");
    row("a target that is none", "GET", "v1/messages", "");
    row("a header without a colon", "GET", "/", "X-A 1");
    row("a header with a control character", "GET", "/", "X-A: a\rEvil: 1");
    row("a name with a blank", "GET", "/", "X A: 1");
}

void TestResendActions::aMistakeIsSaidInPlace() {
    QFETCH(const QString, method);
    QFETCH(const QString, target);
    QFETCH(const QString, fields);
    openDialog(kept(2));
    part<QComboBox>("resendMethod")->setCurrentText(method);
    part<QLineEdit>("resendTarget")->setText(target);
    part<QPlainTextEdit>("resendFields")->setPlainText(fields);
    clickSend();
    if (!fields.contains(u'\r')) {
        QVERIFY(m_rig->port.resent.isEmpty());
        QVERIFY(!part<QLabel>("resendProblem")->text().isEmpty());
    } else if (!m_rig->port.resent.isEmpty()) {
        // The editor makes a line of its own of it.
        QCOMPARE(m_rig->port.resent.first().fields.size(), 2U);
    }
}

void TestResendActions::aBodyTooLargeToEditComesFromAFile() {
    ExchangeDetail large = kept(2);
    large.requestBody = {{0, "{\"a\":\"" + QByteArray(4 * 1024 * 1024, 'x') + "\"}"}};
    QElapsedTimer timer;
    timer.start();
    openDialog(large);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(part<QPlainTextEdit>("resendBody")->isHidden());
    QFile file(m_dir.filePath(QStringLiteral("body.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"b\":1}");
    file.close();
    part<QPushButton>("resendFile")->click();
    emit part<QFileDialog>("resendFileDialog")->fileSelected(file.fileName());
    QVERIFY(!part<QPlainTextEdit>("resendBody")->isHidden());
    clickSend();
    QCOMPARE(m_rig->port.resent.first().content, QByteArray("{\"b\":1}"));
}

void TestResendActions::aMaskedAddressOpensTheDialog() {
    ExchangeDetail masked = kept(2);
    masked.record.path = "/v1/messages?key=‹redacted, 48 bytes, …c41e›";
    table().selectId(2);
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(masked);
    QVERIFY(m_rig->port.resent.isEmpty());
    QVERIFY(part<ResendDialog>("resendDialog"));
    clickSend();
    QVERIFY(m_rig->port.resent.isEmpty());
    QVERIFY(!part<QLabel>("resendProblem")->text().isEmpty());
}

/// One key would send the mask in the place of the secret, and say nothing of it.
void TestResendActions::aMaskedBodyOpensTheDialog() {
    ExchangeDetail masked = kept(2);
    masked.requestBody = {{0, "{\"key\":\"‹redacted, 48 bytes, …c41e›\"}"}};
    table().selectId(2);
    press(Qt::Key_R);
    emit m_rig->port.detailChanged(masked);
    QVERIFY(m_rig->port.resent.isEmpty());
    QVERIFY(part<ResendDialog>("resendDialog"));
    QVERIFY(!part<QLabel>("resendNote")->text().isEmpty());
}

void TestResendActions::aPipeIsNoBody() {
#ifdef Q_OS_UNIX
    const QString pipe = m_dir.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    ExchangeDetail large = kept(2);
    large.requestBody = {{0, "{\"a\":\"" + QByteArray(4 * 1024 * 1024, 'x') + "\"}"}};
    openDialog(large);
    part<QPushButton>("resendFile")->click();
    emit part<QFileDialog>("resendFileDialog")->fileSelected(pipe);
    QVERIFY(!part<QLabel>("resendProblem")->text().isEmpty());
#endif
}

void TestResendActions::headersAreReadAsTheyAreWritten() {
    const auto fields = fieldsOf(QStringLiteral("A: 1\n  \nB:\nA: x:y\n"));
    QVERIFY(fields.isOk());
    QCOMPARE(fieldsText(fields.value()), QStringLiteral("A: 1\nB: \nA: x:y\n"));
    QVERIFY(fieldsOf(QStringLiteral("A: 1\nb\n")).error().contains(u'2'));
}

void TestResendActions::longLinesAreNotEdited() {
    QVERIFY(editableText("{\"a\":1}", true)->contains(u'\n'));
    QVERIFY(!editableText(QByteArray(33 * 1024, 'x'), false));
    QVERIFY(!editableText(QByteArray(1024 * 1024 + 1, '\n'), false));
    QVERIFY(!editableText("\xff", false));
    QVERIFY(editableText({}, true));
}

QTEST_MAIN(TestResendActions)
#include "tst_resendactions.moc"
