// SPDX-License-Identifier: MIT
#include "core/http/httpdate.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace sallyport;

using Seconds = std::optional<qint64>;
Q_DECLARE_METATYPE(Seconds)

class TestHttpDate : public QObject {
    Q_OBJECT
private slots:
    void writesDates_data();
    void writesDates();
    void writesEveryDayOfEightCenturies();
    void readsDates_data();
    void readsDates();
    void readsWhatItWrites();
};

void TestHttpDate::writesDates_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("date");
    const auto row = [](const char* tag, qint64 seconds, const char* date) {
        QTest::newRow(tag) << seconds << QByteArray(date);
    };
    row("the example of RFC 9110", 784111777, "Sun, 06 Nov 1994 08:49:37 GMT");
    row("the epoch", 0, "Thu, 01 Jan 1970 00:00:00 GMT");
    row("a second before the epoch", -1, "Wed, 31 Dec 1969 23:59:59 GMT");
    row("a leap day", 1709164799, "Wed, 28 Feb 2024 23:59:59 GMT");
    row("the second behind it", 1709164800, "Thu, 29 Feb 2024 00:00:00 GMT");
    row("a year that is not leap", 4107542400, "Mon, 01 Mar 2100 00:00:00 GMT");
}

void TestHttpDate::writesDates() {
    QFETCH(qint64, seconds);
    QFETCH(QByteArray, date);
    QCOMPARE(httpDate(seconds), date);
}

void TestHttpDate::writesEveryDayOfEightCenturies() {
    const QDateTime start(QDate(1600, 1, 1), QTime(12, 34, 56), Qt::UTC);
    const qint64 from = start.toSecsSinceEpoch();
    for (qint64 day = 0; day < 800 * 365; ++day) {
        const qint64 seconds = from + day * 86400;
        const QString wanted =
            QLocale::c().toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC),
                                  QStringLiteral("ddd, dd MMM yyyy hh:mm:ss")) +
            QStringLiteral(" GMT");
        QCOMPARE(QString::fromLatin1(httpDate(seconds)), wanted);
    }
}

void TestHttpDate::readsDates_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Seconds>("seconds");
    const auto row = [](const char* tag, const char* text, Seconds seconds) {
        QTest::newRow(tag) << QByteArray(text) << seconds;
    };
    row("an IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", 784111777);
    row("an RFC 850 date", "Sunday, 06-Nov-94 08:49:37 GMT", 784111777);
    row("an asctime date with a blank before its day", "Sun Nov  6 08:49:37 1994", 784111777);
    row("an asctime date with two digits", "Sun Nov 16 08:49:37 1994", 784975777);
    row("names in other letter case", "sUN, 06 nOV 1994 08:49:37 gmt", 784111777);
    row("a year of two digits of this century", "Friday, 01-Jan-38 01:01:01 GMT", 2145920461);
    row("a leap second", "Sat, 31 Dec 2016 23:59:60 GMT", 1483228800);
    row("the last day of a leap February", "Thu, 29 Feb 2024 00:00:00 GMT", 1709164800);
    row("a day that February lacks", "Wed, 30 Feb 2024 00:00:00 GMT", {});
    row("two blanks in a row", "Sun, 06  Nov 1994 08:49:37 GMT", {});
    row("another time zone", "Sun, 06 Nov 1994 08:49:37 CET", {});
    row("no time zone", "Sun, 06 Nov 1994 08:49:37", {});
    row("a time without seconds", "Sun, 06 Nov 1994 08:49 GMT", {});
    row("an hour too many", "Sun, 06 Nov 1994 24:49:37 GMT", {});
    row("a month that is none", "Sun, 06 Foo 1994 08:49:37 GMT", {});
    row("a year of three digits", "Sun, 06 Nov 199 08:49:37 GMT", {});
    row("zero", "0", {});
    row("nothing", "", {});
    row("a number", "-1", {});
    row("words only", "never ever ever ever ever ever", {});
}

void TestHttpDate::readsDates() {
    QFETCH(QByteArray, text);
    QFETCH(Seconds, seconds);
    QCOMPARE(parseHttpDate(text), seconds);
}

void TestHttpDate::readsWhatItWrites() {
    for (qint64 seconds = 0; seconds < qint64{200} * 365 * 86400; seconds += 86399 * 7)
        QCOMPARE(parseHttpDate(httpDate(seconds)), Seconds(seconds));
}

QTEST_APPLESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"
