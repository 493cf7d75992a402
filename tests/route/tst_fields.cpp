// SPDX-License-Identifier: MIT
#include "core/route/hopbyhop.h"

#include <QTest>

using namespace sallyport;

namespace {

/// `Name: value` lines, as one text.
FieldList fieldsOf(const QByteArray& lines) {
    FieldList fields;
    for (const QByteArray& line : lines.split('\n')) {
        if (line.isEmpty()) continue;
        const auto colon = line.indexOf(": ");
        fields.append(QByteArrayView(line).first(colon), QByteArrayView(line).sliced(colon + 2));
    }
    return fields;
}

QByteArray textOf(const FieldList& fields) {
    QByteArray text;
    for (const FieldView field : fields) {
        text.append(field.name).append(": ").append(field.value).append('\n');
    }
    return text;
}

} // namespace

class TestFields : public QObject {
    Q_OBJECT
private slots:
    void hopByHop_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* tag, const char* before, const char* after) {
            QTest::newRow(tag) << QByteArray(before) << QByteArray(after);
        };
        row("nothing of the kind stays whole", "Host: a\nX-B: c\nX-B: d\n",
            "Host: a\nX-B: c\nX-B: d\n");
        row("the fixed ones go",
            "Connection: keep-alive\nKeep-Alive: timeout=5\nProxy-Connection: keep-alive\n"
            "TE: trailers\nTransfer-Encoding: chunked\nUpgrade: h2c\nHTTP2-Settings: AAA\n"
            "Proxy-Authenticate: Basic\nProxy-Authorization: Basic eA==\nAccept: x\n",
            "Accept: x\n");
        row("letter case does not matter", "cOnNeCtIoN: x-a\nTRANSFER-ENCODING: chunked\nX-A: 1\n",
            "");
        row("Trailer stays", "Trailer: X-Sum\n", "Trailer: X-Sum\n");
        row("a named field goes, every line of it", "X-A: 1\nConnection: x-a\nX-B: 2\nX-A: 3\n",
            "X-B: 2\n");
        row("several named fields go", "Connection: close, X-A ,\tx-b\nX-A: 1\nX-B: 2\nX-C: 3\n",
            "X-C: 3\n");
        row("several Connection lines count as one",
            "Connection: X-A\nConnection: X-B\nX-A: 1\nX-B: 2\nX-C: 3\n", "X-C: 3\n");
        row("empty members say nothing", "Connection: ,, ,X-A,\nX-A: 1\nX-B: 2\n", "X-B: 2\n");
        row("every spelling that CGI folds goes",
            "Connection: X-A\nx_a: 1\nX.A: 2\nXA: 3\nKeep_Alive: 4\nTransfer_Encoding: 5\n",
            "XA: 3\n");
        row("no spelling takes away what the message needs",
            "Connection: content_length, X_Api_Key\nContent-Length: 1\nx-api-key: 2\n",
            "Content-Length: 1\nx-api-key: 2\n");
        row("a name that is not there does nothing", "Connection: X-A\nX-B: 2\n", "X-B: 2\n");
        row("part of a name is not the name", "Connection: X\nX-A: 1\n", "X-A: 1\n");
        row("what the message needs cannot be taken away",
            "Connection: Host, Content-Length, Authorization, X-Api-Key, Cookie, Content-Type, "
            "Content-Encoding, Via, Date, Cache-Control\nHost: a\nContent-Length: 1\n"
            "Authorization: b\nx-api-key: c\nCookie: d\nContent-Type: e\nContent-Encoding: f\n"
            "Via: g\nDate: h\nCache-Control: i\n",
            "Host: a\nContent-Length: 1\nAuthorization: b\nx-api-key: c\nCookie: d\n"
            "Content-Type: e\nContent-Encoding: f\nVia: g\nDate: h\nCache-Control: i\n");
        row("order and empty values stay", "B: \nA: 1\nConnection: close\nB: 2\n",
            "B: \nA: 1\nB: 2\n");
        row("more names than room on the stack",
            "Connection: a1,a2,a3,a4,a5,a6,a7,a8,a9,a10\na1: x\na10: x\nb: y\n", "b: y\n");
    }
    void hopByHop() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        FieldList fields = fieldsOf(before);
        removeHopByHopFields(fields);
        QCOMPARE(textOf(fields), after);
    }

    void trailers_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isKept");
        for (const char* name : {"Content-Length",
                                 "transfer-encoding",
                                 "Host",
                                 "TRAILER",
                                 "Authorization",
                                 "X-Api-Key",
                                 "Cookie",
                                 "Set-Cookie",
                                 "Content-Type",
                                 "Content-Encoding",
                                 "Content-Range",
                                 "Cache-Control",
                                 "Expect",
                                 "Max-Forwards",
                                 "Range",
                                 "TE",
                                 "If-None-Match",
                                 "Location",
                                 "Vary",
                                 "Connection",
                                 "Keep-Alive",
                                 "Upgrade",
                                 "Proxy-Authorization",
                                 "WWW-Authenticate",
                                 "Via",
                                 "X-Forwarded-For",
                                 "X_Forwarded_For",
                                 "x_api_key",
                                 "Content_Length"})
            QTest::newRow(qPrintable(QStringLiteral("%1 is no trailer").arg(QLatin1String(name))))
                << QByteArray(name) << false;
        for (const char* name :
             {"X-Checksum", "Content-Digest", "Server-Timing", "grpc-status", "ETag"})
            QTest::newRow(qPrintable(QStringLiteral("%1 may be one").arg(QLatin1String(name))))
                << QByteArray(name) << true;
    }
    void trailers() {
        QFETCH(QByteArray, name);
        QFETCH(bool, isKept);
        FieldList trailers;
        trailers.append("X-Before", "1");
        trailers.append(name, "2");
        trailers.append(name, "3");
        trailers.append("X-After", "4");
        removeForbiddenTrailers(trailers);
        QCOMPARE(trailers.count(name), std::size_t(isKept ? 2 : 0));
        QCOMPARE(trailers.first("X-Before").value_or("").toByteArray(), QByteArray("1"));
        QCOMPARE(trailers.first("X-After").value_or("").toByteArray(), QByteArray("4"));
    }

    void trailersThatConnectionNamesGo() {
        FieldList trailers = fieldsOf("X-Sum: 1\nx-hop: 2\nX-End: 3\nX-HOP: 4\n");
        removeForbiddenTrailers(trailers,
                                fieldsOf("Connection: close, X-Hop\nconnection: x-sum\n"));
        QCOMPARE(textOf(trailers), QByteArray("X-End: 3\n"));
    }

    void rules_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("a new field comes at the end")
            << QByteArray("A: 1\n") << QByteArray("A: 1\nX-Team: tools\nX-Both: new\n");
        QTest::newRow("an old one is replaced where it stands")
            << QByteArray("x-team: a\nA: 1\nX-Team: b\n")
            << QByteArray("X-Team: tools\nA: 1\nX-Both: new\n");
        QTest::newRow("a removed one goes") << QByteArray("X-Debug: 1\nx-debug: 2\nA: 1\n")
                                            << QByteArray("A: 1\nX-Team: tools\nX-Both: new\n");
        QTest::newRow("with a removed one go its other spellings")
            << QByteArray("X_Debug: 1\nX.Debug: 2\nXDebug: 3\n")
            << QByteArray("XDebug: 3\nX-Team: tools\nX-Both: new\n");
        QTest::newRow("with a set one go its other spellings")
            << QByteArray("X_Team: a\nX-Team: b\nx_both: c\n")
            << QByteArray("X-Team: tools\nX-Both: new\n");
        QTest::newRow("removal comes before setting")
            << QByteArray("X-Both: old\nA: 1\n")
            << QByteArray("A: 1\nX-Team: tools\nX-Both: new\n");
    }
    void rules() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        FieldRules rules;
        rules.remove = {"X-Debug", "X-Both"};
        rules.set = {{"X-Team", "tools"}, {"X-Both", "new"}};
        FieldList fields = fieldsOf(before);
        applyFieldRules(rules, fields);
        QCOMPARE(textOf(fields).toLower(), after.toLower());
    }

    void noRulesChangeNothing() {
        FieldList fields = fieldsOf("A: 1\nB: 2\n");
        const FieldList before = fields;
        applyFieldRules({}, fields);
        QVERIFY(fields == before);
    }

    void removalIsCheap() {
        const FieldList usual = fieldsOf(
            "Host: 127.0.0.1:8899\nAccept: application/json\nAuthorization: Bearer x\n"
            "Content-Type: application/json\nUser-Agent: claude-cli/2.1.329\nX-App: cli\n"
            "anthropic-version: 2023-06-01\nanthropic-beta: a,b,c\nX-Stainless-Arch: x64\n"
            "X-Stainless-Lang: js\nX-Stainless-OS: Linux\nX-Stainless-Runtime: node\n"
            "accept-encoding: br, gzip, deflate\nContent-Length: 12345\nConnection: keep-alive\n");
        QBENCHMARK {
            FieldList fields = usual;
            removeHopByHopFields(fields);
            QVERIFY(fields.size() == usual.size() - 1);
        }
    }
};

QTEST_APPLESS_MAIN(TestFields)
#include "tst_fields.moc"
