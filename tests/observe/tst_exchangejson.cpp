// SPDX-License-Identifier: MIT
#include "core/observe/exchangejson.h"

#include <QJsonDocument>
#include <QTest>

using namespace sallyport;

class TestExchangeJson : public QObject {
    Q_OBJECT
private slots:
    void theStartIsInUtcAsInTheLog() {
        ExchangeRecord record;
        record.startedAt = WallTime(std::chrono::milliseconds(1'795'176'000'123));
        QCOMPARE(toJson(record).value(QLatin1String("started_at")).toString(),
                 QStringLiteral("2026-11-20T12:00:00.123Z"));
    }

    void whatATerminalObeysIsEscaped_data() {
        QTest::addColumn<QByteArray>("agent");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* tag, const char* agent, const char* text) {
            QTest::newRow(tag) << QByteArray(agent) << QString::fromUtf8(text);
        };
        row("plain text stays", "probe/1 (é中😀)", "probe/1 (é中😀)");
        row("quotes are escaped once", R"(a"b\)", R"(a\"b\\)");
        row("an escape", "\x1b[2J", R"(\u001b[2J)");
        row("DEL", "a\x7f", R"(a\u007f)");
        row("C1 controls",
            "\xc2\x85\xc2\x9b"
            "31m",
            R"(\u0085\u009b31m)");
        row("overrides of direction", "a\xe2\x80\xae\xe2\x81\xa6", R"(a\u202e\u2066)");
        row("separators of lines", "a\xe2\x80\xa8\xe2\x80\xa9", R"(a\u2028\u2029)");
        row("bytes that are no UTF-8", "a\x9b", "a\xef\xbf\xbd");
    }
    void whatATerminalObeysIsEscaped() {
        QFETCH(QByteArray, agent);
        QFETCH(QString, text);
        ExchangeRecord record;
        record.userAgent = agent;
        const QString line = jsonText(toJson(record));
        const QString wanted = QStringLiteral("\"user_agent\":\"%1\"").arg(text);
        QVERIFY2(line.contains(wanted), qPrintable(line));
        const QJsonObject read = QJsonDocument::fromJson(line.toUtf8()).object();
        QCOMPARE(read.value(QLatin1String("user_agent")).toString(), QString::fromUtf8(agent));
    }
};

QTEST_APPLESS_MAIN(TestExchangeJson)
#include "tst_exchangejson.moc"
