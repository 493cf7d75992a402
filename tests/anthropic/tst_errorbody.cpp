// SPDX-License-Identifier: MIT
#include "core/anthropic/errorbody.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sallyport;

class TestErrorBody : public QObject {
    Q_OBJECT
private slots:
    void types_data();
    void types();
    void messagesComeBackAsTheyWere_data();
    void messagesComeBackAsTheyWere();
    void thePrefixIsThereOnce();
    void theFormIsExact();
};

static QJsonObject errorOf(const QByteArray& body) {
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    return object.value(QLatin1String("error")).toObject();
}

void TestErrorBody::types_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](int status, const char* type) {
        QTest::addRow("%d is %s", status, type) << status << QString::fromLatin1(type);
    };
    row(400, "invalid_request_error");
    row(401, "authentication_error");
    row(403, "permission_error");
    row(404, "api_error");
    row(413, "request_too_large");
    row(429, "rate_limit_error");
    row(502, "api_error");
    row(503, "api_error");
    row(504, "api_error");
}

void TestErrorBody::types() {
    QFETCH(int, status);
    QFETCH(QString, type);
    const QByteArray body = errorBody(status, QStringLiteral("x"));
    QCOMPARE(errorOf(body).value(QLatin1String("type")).toString(), type);
}

void TestErrorBody::messagesComeBackAsTheyWere_data() {
    QTest::addColumn<QString>("message");
    QTest::newRow("quotes and backslashes") << QStringLiteral(R"(a "b" \c)");
    QTest::newRow("line ends and tabs") << QStringLiteral("a\r\nb\tc");
    QTest::newRow("control bytes") << QStringLiteral("a\u0001\u001b\u007fb");
    QTest::newRow("a NUL") << QString(QChar(0));
    QTest::newRow("other scripts") << QStringLiteral("无法连接网关 😀");
    QTest::newRow("nothing") << QString();
}

void TestErrorBody::messagesComeBackAsTheyWere() {
    QFETCH(QString, message);
    const QByteArray body = errorBody(502, message);
    QCOMPARE(errorOf(body).value(QLatin1String("message")).toString(),
             QString(QLatin1String("Sallyport: ") + message));
}

void TestErrorBody::thePrefixIsThereOnce() {
    QCOMPARE(errorBody(502, QStringLiteral("Sallyport: x")), errorBody(502, QStringLiteral("x")));
}

void TestErrorBody::theFormIsExact() {
    QCOMPARE(
        errorBody(502, QStringLiteral("cannot reach gw")),
        R"({"type":"error","error":{"type":"api_error","message":"Sallyport: cannot reach gw"}})");
}

QTEST_APPLESS_MAIN(TestErrorBody)
#include "tst_errorbody.moc"
