// SPDX-License-Identifier: MIT
// What an origin can do wrong, and what client and log are told of it.
#include "tests/faults/faultrig.h"

#include <functional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// What the origin does once it has the request.
using Script = std::function<void(LoopbackPeer&)>;

enum class Mode { Get, GetHttp10, HalfAPost };

struct Expected {
    QByteArray seen; ///< is part of what the client gets
    Ended ending;    ///< of the client's connection
    int status;      ///< as the record has it
    ExchangeEnd end;
    QByteArray errorCode; ///< of a response of our own
    QString error;        ///< is part of the record's text for people
};

const QByteArray kLength = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
const QByteArray kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
const QByteArray kUntilClose = "HTTP/1.0 200 OK\r\n\r\nabc";
const QByteArray kEvents = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n";

void turnTheLoop() {
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
}

Script says(const QByteArray& bytes) {
    return [bytes](LoopbackPeer& origin) { origin.send(bytes); };
}
Script closes(const QByteArray& bytes = {}) {
    return [bytes](LoopbackPeer& origin) {
        origin.send(bytes);
        origin.finishWriting();
    };
}
/// The bytes are on their way before the reset is.
Script resets(const QByteArray& bytes = {}) {
    return [bytes](LoopbackPeer& origin) {
        origin.send(bytes);
        for (int i = 0; i < 20 && !bytes.isEmpty(); ++i)
            turnTheLoop();
        origin.reset();
    };
}
Script dribbles(const QByteArray& bytes) {
    return [bytes](LoopbackPeer& origin) {
        for (const char byte : bytes) {
            origin.send(QByteArrayView(&byte, 1));
            turnTheLoop();
        }
    };
}
/// As often as it takes; ends when nobody listens any more.
Script floods(const QByteArray& first, const QByteArray& again) {
    return [first, again](LoopbackPeer& origin) {
        origin.send(first);
        for (int i = 0; i < 20'000 && origin.error == 0 && !origin.isAtEnd; ++i) {
            origin.send(again);
            turnTheLoop();
            origin.receive();
        }
    };
}
Script closesUnread(const QByteArray& bytes) {
    return [bytes](LoopbackPeer& origin) {
        origin.send(bytes);
        origin.close();
    };
}

} // namespace

Q_DECLARE_METATYPE(Script)
Q_DECLARE_METATYPE(Mode)
Q_DECLARE_METATYPE(Expected)

class TestOriginFaults : public QObject {
    Q_OBJECT

    static void row(const char* tag, Mode mode, const Script& script, const Expected& expected) {
        QTest::newRow(tag) << mode << script << expected;
    }
    static void beforeTheHead();
    static void inMidResponse();
    static void slowOrStrange();
    static void beforeTheUploadHasEnded();

private slots:
    void init() { skipUnfit(); }
    void eachEndsInAKnownState_data() {
        QTest::addColumn<Mode>("mode");
        QTest::addColumn<Script>("script");
        QTest::addColumn<Expected>("expected");
        beforeTheHead();
        inMidResponse();
        slowOrStrange();
        beforeTheUploadHasEnded();
    }
    void eachEndsInAKnownState();
    void anEarlyResponseReachesAClientThatGoesOnSending();
    void aResetAtAcceptIsAFailure();
    void junkBehindAResponseReachesNobody();
};

void TestOriginFaults::beforeTheHead() {
    const auto bad = [](const QString& text) {
        return Expected{"HTTP/1.1 502 ",  Ended::No, 502, ExchangeEnd::UpstreamError,
                        "upstream_reset", text};
    };
    row("closed before the head", Mode::Get, closes(), bad(QStringLiteral("closed")));
    row("reset before the head", Mode::Get, resets(), bad({}));
    row("closed in mid-head", Mode::Get, closes("HTTP/1.1 200 OK\r\nContent-"), bad({}));
    row("reset in mid-head", Mode::Get, resets("HTTP/1.1 200 OK\r\nContent-"), bad({}));
    row("closed behind an interim response", Mode::Get,
        closes("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), bad({}));
    const Expected late{"HTTP/1.1 504 ",    Ended::No, 504, ExchangeEnd::UpstreamError,
                        "upstream_timeout", {}};
    row("silent before the head", Mode::Get, says({}), late);
    row("silent in mid-head", Mode::Get, says("HTTP/1.1 200 OK\r\nContent-"), late);
    row("silent behind an interim response", Mode::Get, says("HTTP/1.1 102 Processing\r\n\r\n"),
        late);
}

void TestOriginFaults::inMidResponse() {
    const auto cut = [](const char* seen, Ended how) {
        return Expected{seen, how, 200, ExchangeEnd::Truncated, {}, {}};
    };
    row("a length, closed", Mode::Get, closes(kLength), cut("abc", Ended::ByClose));
    row("a length, reset", Mode::Get, resets(kLength), cut("abc", Ended::ByClose));
    row("a length, reset, to HTTP/1.0", Mode::GetHttp10, resets(kLength),
        cut("abc", Ended::ByClose));
    row("chunked, closed", Mode::Get, closes(kChunked), cut("abc\r\n", Ended::ByClose));
    row("chunked, reset", Mode::Get, resets(kChunked), cut("abc\r\n", Ended::ByClose));
    row("chunked, closed, to HTTP/1.0", Mode::GetHttp10, closes(kChunked),
        cut("abc", Ended::ByReset));
    row("chunked, a bad size", Mode::Get, says(kChunked + "zz\r\n"),
        cut("abc\r\n", Ended::ByClose));
    row("events, reset", Mode::Get, resets(kEvents), cut("data: 1\n\n", Ended::ByClose));
    row("until close, reset", Mode::Get, resets(kUntilClose), cut("abc\r\n", Ended::ByClose));
    row("until close, reset, to HTTP/1.0", Mode::GetHttp10, resets(kUntilClose),
        cut("abc", Ended::ByReset));
    row("until close, closed: that is its end", Mode::Get, closes(kUntilClose),
        {"abc\r\n0\r\n\r\n", Ended::No, 200, ExchangeEnd::Complete, {}, {}});
    const auto stalled = [](const char* seen, Ended how) {
        return Expected{seen, how, 200, ExchangeEnd::Stalled, {}, QStringLiteral("silent for")};
    };
    row("a length, then silence", Mode::Get, says(kLength), stalled("abc", Ended::ByClose));
    row("chunked, then silence", Mode::Get, says(kChunked), stalled("abc\r\n", Ended::ByClose));
    row("a head, then silence", Mode::Get,
        says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-A: b\r\n\r\n"),
        stalled("X-A: b", Ended::ByClose));
    row("until close, then silence, to HTTP/1.0", Mode::GetHttp10, says(kUntilClose),
        stalled("abc", Ended::ByReset));
}

void TestOriginFaults::slowOrStrange() {
    const auto whole = [](const char* seen) {
        return Expected{seen, Ended::No, 200, ExchangeEnd::Complete, {}, {}};
    };
    row("one byte at a time, with a length", Mode::Get, dribbles(kLength + "defghi"),
        whole("abcdefghi"));
    row("one byte at a time, chunked", Mode::Get, dribbles(kChunked + "0\r\n\r\n"),
        whole("0\r\n\r\n"));
    row("one byte at a time, events", Mode::Get, dribbles(kEvents + "0\r\n\r\n"),
        whole("0\r\n\r\n"));
    const auto refused = [](const QString& text) {
        return Expected{"HTTP/1.1 502 ",     Ended::No, 502, ExchangeEnd::UpstreamError,
                        "upstream_protocol", text};
    };
    row("a flood of interim responses", Mode::Get,
        floods({}, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
        refused(QStringLiteral("interim")));
    row("a flood of fields", Mode::Get,
        floods("HTTP/1.1 200 OK\r\n", QByteArray("X-Flood: ") + QByteArray(200, 'x') + "\r\n"),
        refused({}));
    row("a head without an end", Mode::Get,
        floods("HTTP/1.1 200 OK\r\nX-Endless: ", QByteArray(1000, 'x')), refused({}));
    row("a start line without an end", Mode::Get, floods("HTTP/1.1 200 ", QByteArray(1000, 'x')),
        refused({}));
    row("another protocol", Mode::Get, says("SSH-2.0-OpenSSH_9.2\r\n"), refused({}));
    row("two lengths", Mode::Get,
        says("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), refused({}));
    row("a response to a request that nobody made", Mode::Get,
        says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        refused({}));
}

// RFC 9112 9.5: a response that comes while the content is still being sent is the response.
void TestOriginFaults::beforeTheUploadHasEnded() {
    const QByteArray tooLarge = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!";
    const auto early = [](Ended how) {
        return Expected{"\r\n\r\nno!", how, 413, ExchangeEnd::Complete, {}, {}};
    };
    row("answered early", Mode::HalfAPost, says(tooLarge), early(Ended::ByClose));
    row("answered early, then closed", Mode::HalfAPost, closes(tooLarge), early(Ended::ByClose));
    row("answered early, then reset", Mode::HalfAPost, closesUnread(tooLarge),
        early(Ended::ByClose));
    row("closed in mid-upload", Mode::HalfAPost, closes(),
        {"HTTP/1.1 502 ", Ended::ByClose, 502, ExchangeEnd::UpstreamError, "upstream_reset", {}});
    row("reset in mid-upload", Mode::HalfAPost, resets(),
        {"HTTP/1.1 502 ", Ended::ByClose, 502, ExchangeEnd::UpstreamError, "upstream_reset", {}});
}

void TestOriginFaults::eachEndsInAKnownState() {
    QFETCH(const Mode, mode);
    QFETCH(const Script, script);
    QFETCH(const Expected, expected);
    const bool isAboutSilence =
        expected.errorCode == "upstream_timeout" || expected.end == ExchangeEnd::Stalled;
    FaultRig rig(isAboutSilence ? Rig::hastyRoutes() : Rig::defaultRoutes());
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    QByteArray ask = rig.get("/x");
    if (mode == Mode::GetHttp10) ask.replace("HTTP/1.1", "HTTP/1.0");
    if (mode == Mode::HalfAPost)
        ask = "POST /x HTTP/1.1\r\nHost: " + rig.authority() +
              "\r\nContent-Length: 1000000\r\n\r\n" + QByteArray(50'000, 'u');
    client.send(ask);
    LoopbackPeer origin = accepted(rig.origin);
    QByteArray request;
    QVERIFY(receives(origin, request, mode == Mode::HalfAPost ? "uuu" : "\r\n\r\n"));
    script(origin);
    QByteArray response;
    QVERIFY2(receives(client, response, expected.seen), response.left(400).constData());
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(record.phase, ExchangePhase::Ended);
    QCOMPARE(wordOf(record.end).toByteArray(), wordOf(expected.end).toByteArray());
    QCOMPARE(record.status, expected.status);
    QCOMPARE(record.errorCode, expected.errorCode);
    QVERIFY2(record.error.contains(expected.error), qPrintable(record.error));
    const bool isFault = record.end != ExchangeEnd::Complete || !expected.errorCode.isEmpty();
    QCOMPARE(record.error.isEmpty(), !isFault); // a fault has a text, and only a fault has
    if (expected.ending == Ended::No && mode != Mode::GetHttp10) {
        QVERIFY(!client.isAtEnd && client.error == 0);
        return;
    }
    QVERIFY(ends(client, response));
    QCOMPARE(endOf(client), expected.ending);
    if (record.end == ExchangeEnd::Truncated || record.end == ExchangeEnd::Stalled)
        QVERIFY(!response.endsWith("0\r\n\r\n"));
    QTRY_VERIFY((origin.receive(), origin.descriptor() < 0 || endOf(origin) != Ended::No));
}

// RFC 9112 9.6: were the connection just closed, the reset for what still comes could take the
// response with it.
void TestOriginFaults::anEarlyResponseReachesAClientThatGoesOnSending() {
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(QByteArray("POST /x HTTP/1.1\r\nHost: " + rig.authority() +
                           "\r\nContent-Length: 100000000\r\n\r\n"));
    LoopbackPeer origin = accepted(rig.origin);
    const QByteArray piece(65536, 'u');
    bool hasAnswered = false;
    qsizetype after = 0;
    QVERIFY(QTest::qWaitFor([&] {
        const qsizetype sent = client.send(piece);
        if (hasAnswered && sent > 0) after += sent;
        if (!hasAnswered && origin.receive().contains("uuu")) {
            origin.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!");
            origin.reset();
            hasAnswered = true;
        }
        return after > 1'000'000;
    }));
    QByteArray response;
    QVERIFY2(receives(client, response, "\r\n\r\nno!"), qPrintable(QString::number(client.error)));
    QCOMPARE(rig.endedRecord().status, 413);
}

void TestOriginFaults::aResetAtAcceptIsAFailure() {
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(QByteArray("POST / HTTP/1.1\r\nHost: " + rig.authority() +
                           "\r\nContent-Length: 2\r\n\r\n"));
    LoopbackPeer origin = accepted(rig.origin);
    origin.reset();
    client.send("{}");
    QByteArray response;
    QVERIFY(receives(client, response, "HTTP/1.1 502 "));
    const ExchangeRecord record = rig.endedRecord();
    QCOMPARE(record.end, ExchangeEnd::UpstreamError);
    // The reset may be there before we know that the connection was made.
    QVERIFY2(record.errorCode == "upstream_reset" || record.errorCode == "upstream_connect",
             record.errorCode.constData());
    QCOMPARE(rig.origin.accept().descriptor(), -1); // once
}

void TestOriginFaults::junkBehindAResponseReachesNobody() {
    FaultRig rig;
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    for (const QByteArray& junk : {QByteArray("poison"), QByteArray("HTTP/1.1 200 OK\r\n"
                                                                    "Content-Length: 6\r\n\r\n"
                                                                    "poison")}) {
        client.send(rig.get("/x"));
        LoopbackPeer origin = accepted(rig.origin); // a new one each time
        QVERIFY(origin.descriptor() >= 0);
        QByteArray request;
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        origin.send(QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + junk));
        QByteArray response;
        QVERIFY(receives(client, response, "\r\n\r\nok"));
        QVERIFY(ends(origin, request));
        response += client.receive();
        QVERIFY(!response.contains("poison"));
    }
}

QTEST_GUILESS_MAIN(TestOriginFaults)
#include "tests/observe/recordnames.h"
#include "tst_originfaults.moc"
