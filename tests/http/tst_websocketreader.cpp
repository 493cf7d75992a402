// SPDX-License-Identifier: MIT
#include "core/http/websocketreader.h"
#include "tests/http/websocketframe.h"

#include <QtTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const WebSocketTerms kPlain;

WebSocketTerms deflated(DeflateTerms terms = {}) { return {terms, terms, {}}; }

QByteArray wordOf(WebSocketKind kind) {
    switch (kind) {
    case WebSocketKind::Text: return "text";
    case WebSocketKind::Binary: return "binary";
    case WebSocketKind::Close: return "close";
    case WebSocketKind::Ping: return "ping";
    case WebSocketKind::Pong: return "pong";
    }
    return {};
}

/// `[text 5/1 hello]`: kind, bytes, frames, preview, and what is out of the ordinary.
QByteArray described(const WebSocketMessage& message) {
    QByteArray out = "[" + wordOf(message.kind) + ' ' + QByteArray::number(message.bytes) + '/' +
                     QByteArray::number(message.frames) + ' ' + message.preview;
    if (message.closeCode) out += " code=" + QByteArray::number(*message.closeCode);
    if (message.isDeflated) out += " deflated";
    if (!message.isUtf8) out += " not-utf8";
    if (message.shown == WebSocketPreview::Cut) out += " cut";
    if (message.shown == WebSocketPreview::Unread) out += " unread";
    return out + ']';
}

void take(WebSocketReader& reader, QByteArrayView bytes, QByteArray& out) {
    while (const auto message = reader.next(bytes))
        out += described(*message);
}

QByteArray read(WebSocketSender sender, const WebSocketTerms& terms,
                const std::vector<QByteArrayView>& pieces) {
    WebSocketReader reader(sender, terms);
    QByteArray out;
    for (const QByteArrayView piece : pieces)
        take(reader, piece, out);
    if (!reader.unreadable().isEmpty())
        out += "! " + reader.unreadable().toByteArray();
    else if (!reader.isBetweenMessages())
        out += "…";
    return out;
}

void compareInAllPieces(WebSocketSender sender, const WebSocketTerms& terms,
                        const QByteArray& bytes, const QByteArray& expected) {
    const QByteArrayView all(bytes);
    QCOMPARE(read(sender, terms, {all}), expected);
    for (qsizetype at = 0; at <= all.size(); ++at)
        QCOMPARE(read(sender, terms, {all.first(at), all.sliced(at)}), expected);
    std::vector<QByteArrayView> byteByByte;
    for (qsizetype at = 0; at < all.size(); ++at)
        byteByByte.push_back(all.sliced(at, 1));
    QCOMPARE(read(sender, terms, byteByByte), expected);
}

} // namespace

class TestWebSocketReader : public QObject {
    Q_OBJECT
private slots:
    void readsMessages_data();
    void readsMessages();
    void namesFaults_data();
    void namesFaults();
    void readsWhatIsCompressed_data();
    void readsWhatIsCompressed();
    void keepsTheBeginningOfWhatIsLong();
    void nothingBehindThePreviewCountsWithoutContext();
    void cutsTextAtACharacter();
    void countsAHugeFrameWithoutKeepingIt();
    void aBombIsGivenUp_data();
    void aBombIsGivenUp();
    void aBombOfLastBlocksIsGivenUp();
    void takesNothingMoreOnceUnreadable();
    void readsTheAgreement_data();
    void readsTheAgreement();
};

void TestWebSocketReader::readsMessages_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("messages");
    const auto row = [](const char* tag, const QByteArray& bytes, const QByteArray& messages) {
        QTest::newRow(tag) << bytes << messages;
    };
    row("a text", serverFrame(0x81, "hello"), "[text 5/1 hello]");
    row("an empty text", serverFrame(0x81, ""), "[text 0/1 ]");
    row("bytes", serverFrame(0x82, "ab"), "[binary 2/1 ab]");
    row("bytes that are not UTF-8 are no fault in a binary", serverFrame(0x82, "\xff"),
        "[binary 1/1 \xff]");
    row("several messages", serverFrame(0x81, "a") + serverFrame(0x82, "b"),
        "[text 1/1 a][binary 1/1 b]");
    row("fragments are one message",
        serverFrame(0x01, "a") + serverFrame(0x00, "b") + serverFrame(0x80, "c"), "[text 3/3 abc]");
    row("an empty last fragment", serverFrame(0x02, "a") + serverFrame(0x80, ""), "[binary 1/2 a]");
    row("a ping between fragments comes first",
        serverFrame(0x01, "a") + serverFrame(0x89, "p") + serverFrame(0x80, "b"),
        "[ping 1/1 p][text 2/2 ab]");
    row("a ping and a pong", serverFrame(0x89, "p") + serverFrame(0x8a, ""),
        "[ping 1/1 p][pong 0/1 ]");
    row("a close with code and reason", serverFrame(0x88, "\x03\xe9going away"),
        "[close 12/1 going away code=1001]");
    row("a close with a code", serverFrame(0x88, "\x0f\xa0"), "[close 2/1  code=4000]");
    row("a close without a code", serverFrame(0x88, ""), "[close 0/1 ]");
    row("a close whose reason is not UTF-8", serverFrame(0x88, "\x03\xe8\xc3("),
        "[close 4/1 \xc3( code=1000 not-utf8]");
    row("a character over two fragments", serverFrame(0x01, "\xe4") + serverFrame(0x80, "\xbd\xa0"),
        "[text 3/2 \xe4\xbd\xa0]");
    row("a text that is not UTF-8, and what follows it",
        serverFrame(0x81, "a\xff") + serverFrame(0x81, "b"),
        "[text 2/1 a\xff not-utf8][text 1/1 b]");
    row("a text that ends in mid-character", serverFrame(0x81, "\xe4\xbd"),
        "[text 2/1 \xe4\xbd not-utf8]");
    row("a surrogate is not UTF-8", serverFrame(0x81, "\xed\xa0\x80"),
        "[text 3/1 \xed\xa0\x80 not-utf8]");
    row("126 bytes", serverFrame(0x82, QByteArray(126, 'x')),
        "[binary 126/1 " + QByteArray(126, 'x') + ']');
    row("nothing is said of a message under way", serverFrame(0x01, "a"), "…");
    row("nothing is said of a frame under way", serverFrame(0x81, "abc").chopped(1), "…");
}

void TestWebSocketReader::readsMessages() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, messages);
    compareInAllPieces(WebSocketSender::Server, kPlain, bytes, messages);
}

void TestWebSocketReader::namesFaults_data() {
    QTest::addColumn<WebSocketSender>("sender");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("messages");
    const auto row = [](const char* tag, const QByteArray& bytes, const char* messages,
                        WebSocketSender sender = WebSocketSender::Server) {
        QTest::newRow(tag) << sender << bytes << QByteArray(messages);
    };
    row("a reserved opcode of data", serverFrame(0x83, "x"), "! a reserved opcode");
    row("a reserved opcode of control", serverFrame(0x8b, "x"), "! a reserved opcode");
    row("RSV1 without an extension", serverFrame(0xc1, "x"), "! a compression bit out of place");
    row("RSV2", serverFrame(0xa1, "x"), "! a reserved bit that no extension uses");
    row("RSV3 of a control frame", serverFrame(0x99, "x"),
        "! a reserved bit that no extension uses");
    row("a mask of the server", clientFrame(0x81, "x"), "! a masked frame of the server");
    row("no mask of the client", serverFrame(0x81, "x"), "! a frame of the client without mask",
        WebSocketSender::Client);
    row("a short length in two bytes", QByteArray("\x81\x7e\x00\x05hello", 9),
        "! a length in more bytes than it needs");
    row("a short length in eight bytes", QByteArray("\x81\x7f\0\0\0\0\0\0\xff\xff", 10),
        "! a length in more bytes than it needs");
    row("a length with the top bit", QByteArray("\x81\x7f\x80\0\0\0\0\1\0\0", 10),
        "! a length beyond 63 bits");
    row("a ping in fragments", serverFrame(0x09, "x"), "! a control frame in fragments");
    row("a ping of 126 bytes", serverFrame(0x89, QByteArray(126, 'x')),
        "! a control frame of more than 125 bytes");
    row("a compressed ping", serverFrame(0xc9, "x"), "! a compressed control frame");
    row("a close with half a code", serverFrame(0x88, "\x03"), "! a close frame with half a code");
    row("a continuation first", serverFrame(0x80, "x"), "! a continuation of nothing");
    row("a continuation behind a whole message", serverFrame(0x81, "a") + serverFrame(0x80, "x"),
        "[text 1/1 a]! a continuation of nothing");
    row("a message between fragments", serverFrame(0x01, "a") + serverFrame(0x81, "b"),
        "! a message inside another");
    row("data behind a close", serverFrame(0x88, "") + serverFrame(0x81, "b"),
        "[close 0/1 ]! bytes behind a close frame");
}

void TestWebSocketReader::namesFaults() {
    QFETCH(WebSocketSender, sender);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, messages);
    compareInAllPieces(sender, kPlain, bytes, messages);
}

void TestWebSocketReader::readsWhatIsCompressed_data() {
    QTest::addColumn<WebSocketSender>("sender");
    QTest::addColumn<WebSocketTerms>("terms");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("messages");
    const auto row = [](const char* tag, const WebSocketTerms& terms, const QByteArray& bytes,
                        const QByteArray& messages,
                        WebSocketSender sender = WebSocketSender::Server) {
        QTest::newRow(tag) << sender << terms << bytes << messages;
    };
    // RFC 7692 7.2.3.1 to 7.2.3.5
    row("the RFC's Hello", deflated(), QByteArray("\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00", 9),
        "[text 7/1 Hello deflated]");
    row("the RFC's Hello in fragments", deflated(),
        QByteArray("\x41\x03\xf2\x48\xcd\x80\x04\xc9\xc9\x07\x00", 11),
        "[text 7/2 Hello deflated]");
    row("the RFC's second Hello, out of the window", deflated(),
        QByteArray("\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00\xc1\x05\xf2\x00\x11\x00\x00", 16),
        "[text 7/1 Hello deflated][text 5/1 Hello deflated]");
    row("the RFC's block without compression", deflated(),
        QByteArray("\xc1\x0b\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", 13),
        "[text 11/1 Hello deflated]");
    row("the RFC's last block", deflated(),
        QByteArray("\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 10), "[text 8/1 Hello deflated]");
    row("the RFC's two blocks", deflated(),
        QByteArray("\xc1\x0d\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 15),
        "[text 13/1 Hello deflated]");
    row("behind a last block the window stays", deflated(),
        QByteArray("\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\x00\x00\xc1\x05\xf2\x00\x11\x00\x00", 17),
        "[text 8/1 Hello deflated][text 5/1 Hello deflated]");
    row("a reference to a window that was not agreed on", deflated({false, 15}),
        QByteArray("\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00\xc1\x05\xf2\x00\x11\x00\x00", 16),
        "[text 7/1 Hello deflated][text 5/1 H deflated unread]");
    row("a message as it is between compressed ones", deflated(),
        QByteArray("\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00\x81\x01x\xc1\x05\xf2\x00\x11\x00\x00", 19),
        "[text 7/1 Hello deflated][text 1/1 x][text 5/1 Hello deflated]");
    row("a ping between compressed fragments", deflated(),
        QByteArray("\x41\x03\xf2\x48\xcd\x89\x01p\x80\x04\xc9\xc9\x07\x00", 14),
        "[ping 1/1 p][text 7/2 Hello deflated]");
    row("an empty message", deflated(), QByteArray("\xc1\x01\x00", 3), "[text 1/1  deflated]");
    row("what is not deflate, and what follows", deflated(),
        serverFrame(0xc1, "\xff\xff\xff") + serverFrame(0xc1, QByteArray("\xf2\x48\x05\x00", 4)) +
            serverFrame(0x81, "x"),
        "[text 3/1  deflated unread][text 4/1  deflated unread][text 1/1 x]");
    row("what is not deflate, without context", deflated({false, 15}),
        serverFrame(0xc1, "\xff\xff\xff") + QByteArray("\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00", 9),
        "[text 3/1  deflated unread][text 7/1 Hello deflated]");
    row("the bit on a continuation", deflated(), serverFrame(0x41, "\xf2") + serverFrame(0xc0, ""),
        "! a compression bit out of place");
    row("a text that is not UTF-8", deflated(),
        serverFrame(0xc1, WebSocketDeflater().deflate("\xff")),
        "[text " + QByteArray::number(WebSocketDeflater().deflate("\xff").size()) +
            "/1 \xff deflated not-utf8]");
    row("masked", deflated(), clientFrame(0xc1, QByteArray("\xf2\x48\xcd\xc9\xc9\x07\x00", 7)),
        "[text 7/1 Hello deflated]", WebSocketSender::Client);
    row("only the server compresses", {std::nullopt, DeflateTerms{}, {}},
        clientFrame(0xc1, QByteArray("\xf2\x48\xcd\xc9\xc9\x07\x00", 7)),
        "! a compression bit out of place", WebSocketSender::Client);
    row("an unknown extension", {std::nullopt, std::nullopt, "x"}, serverFrame(0x81, "a"), "! x");
}

void TestWebSocketReader::readsWhatIsCompressed() {
    QFETCH(WebSocketSender, sender);
    QFETCH(WebSocketTerms, terms);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, messages);
    compareInAllPieces(sender, terms, bytes, messages);
}

void TestWebSocketReader::keepsTheBeginningOfWhatIsLong() {
    QByteArray text;
    for (int i = 0; text.size() < 200'000; ++i)
        text += QByteArray::number(i * 7919) + ' ';
    for (const DeflateTerms terms : {DeflateTerms{true, 15}, {false, 15}, {true, 9}, {true, 8}}) {
        WebSocketDeflater deflater(std::max(terms.windowBits, 9), terms.keepsContext);
        WebSocketReader reader(WebSocketSender::Client, deflated(terms));
        QByteArray bytes;
        for (int i = 0; i < 3; ++i)
            bytes += clientFrame(0xc1, deflater.deflate(text));
        bytes += clientFrame(0x81, text) + clientFrame(0xc2, deflater.deflate("last"));
        QByteArrayView rest(bytes);
        for (int i = 0; i < 4; ++i) {
            const auto message = reader.next(rest);
            QVERIFY(message);
            QCOMPARE(message->preview, text.first(WebSocketReader::kPreviewBytes));
            QCOMPARE(message->shown, WebSocketPreview::Cut);
            QCOMPARE(message->isDeflated, i < 3);
        }
        const auto last = reader.next(rest);
        QVERIFY(last && rest.isEmpty());
        QCOMPARE(last->preview, QByteArray("last"));
        QCOMPARE(last->shown, WebSocketPreview::Whole);
    }
}

void TestWebSocketReader::nothingBehindThePreviewCountsWithoutContext() {
    QByteArray payload =
        WebSocketDeflater().deflate(QByteArray(WebSocketReader::kPreviewBytes + 1, 'x'));
    payload += "\xff\xff\xff this is not deflate";
    compareInAllPieces(WebSocketSender::Server, deflated({false, 15}), serverFrame(0xc2, payload),
                       "[binary " + QByteArray::number(payload.size()) + "/1 " +
                           QByteArray(WebSocketReader::kPreviewBytes, 'x') + " deflated cut]");
}

void TestWebSocketReader::cutsTextAtACharacter() {
    for (qsizetype shift = 0; shift < 5; ++shift) {
        QByteArray text(shift, 'x');
        while (text.size() < WebSocketReader::kPreviewBytes + 100)
            text += "\xf0\x9f\x98\x80";
        WebSocketReader reader(WebSocketSender::Server, kPlain);
        const QByteArray bytes = serverFrame(0x81, text);
        QByteArrayView rest(bytes);
        const auto message = reader.next(rest);
        QVERIFY(message && message->isUtf8);
        QVERIFY(text.startsWith(message->preview));
        QVERIFY(message->preview.size() > WebSocketReader::kPreviewBytes - 4);
        QCOMPARE((message->preview.size() - shift) % 4, 0);
    }
}

void TestWebSocketReader::countsAHugeFrameWithoutKeepingIt() {
    WebSocketReader reader(WebSocketSender::Server, kPlain);
    const QByteArray head("\x82\x7f\x00\x00\x00\x02\x00\x00\x00\x00", 10); // 8 GiB
    const QByteArray piece(64 * 1024 * 1024, 'x');
    QByteArray out;
    take(reader, head, out);
    for (int i = 0; i < 128; ++i) {
        QVERIFY(out.isEmpty());
        take(reader, piece, out);
    }
    QCOMPARE(out,
             "[binary 8589934592/1 " + QByteArray(WebSocketReader::kPreviewBytes, 'x') + " cut]");
    QVERIFY(reader.isBetweenMessages());
}

void TestWebSocketReader::aBombIsGivenUp_data() {
    QTest::addColumn<bool>("keepsContext");
    QTest::newRow("with context") << true;
    QTest::newRow("without") << false;
}

void TestWebSocketReader::aBombIsGivenUp() {
    QFETCH(bool, keepsContext);
    const QByteArray zeros(32 * 1024 * 1024, '\0');
    WebSocketDeflater deflater(15, keepsContext);
    const QByteArray bomb = serverFrame(0xc2, deflater.deflate(zeros));
    const QByteArray after =
        serverFrame(0xc1, deflater.deflate("small")) + serverFrame(0x81, "plain");
    WebSocketReader reader(WebSocketSender::Server, deflated({keepsContext, 15}));
    QByteArrayView rest(bomb);
    const auto message = reader.next(rest);
    QVERIFY(message);
    QCOMPARE(message->preview, QByteArray(WebSocketReader::kPreviewBytes, '\0'));
    QCOMPARE(message->shown, keepsContext ? WebSocketPreview::Unread : WebSocketPreview::Cut);
    QByteArray out;
    take(reader, after, out);
    QVERIFY(out.endsWith("[text 5/1 plain]"));
    QCOMPARE(out.contains("small deflated]"), !keepsContext);
    QCOMPARE(out.contains("unread"), keepsContext);
}

void TestWebSocketReader::aBombOfLastBlocksIsGivenUp() {
    WebSocketDeflater deflater;
    const QByteArray window = deflater.deflate(QByteArray(64 * 1024, 'x'));
    QByteArray blocks = window + QByteArray("\x00\x00\xff\xff", 4);
    for (int i = 0; i < 10'000; ++i)
        blocks += QByteArray("\x03\x00", 2); // an empty last block
    WebSocketReader reader(WebSocketSender::Server, deflated());
    const QByteArray bytes = serverFrame(0xc2, blocks);
    QByteArrayView rest(bytes);
    const auto message = reader.next(rest);
    QVERIFY(message);
    QCOMPARE(message->shown, WebSocketPreview::Unread);
}

void TestWebSocketReader::takesNothingMoreOnceUnreadable() {
    WebSocketReader reader(WebSocketSender::Server, kPlain);
    QByteArray out;
    take(reader, QByteArray(serverFrame(0x83, "x") + serverFrame(0x81, "a")), out);
    take(reader, serverFrame(0x81, "b"), out);
    QVERIFY(out.isEmpty());
    QCOMPARE(reader.unreadable(), QByteArrayView("a reserved opcode"));
}

void TestWebSocketReader::readsTheAgreement_data() {
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<WebSocketTerms>("terms");
    const auto row = [](const char* tag, const char* response, const WebSocketTerms& terms) {
        QTest::newRow(tag) << QByteArray(response) << terms;
    };
    const WebSocketTerms bad{{}, {}, "a parameter of permessage-deflate is not valid"};
    row("nothing", "", {});
    row("permessage-deflate", "permessage-deflate", deflated());
    row("in another letter case", "Permessage-Deflate; Server_No_Context_Takeover",
        {DeflateTerms{}, DeflateTerms{false, 15}, {}});
    row("no context of the server", "permessage-deflate; server_no_context_takeover",
        {DeflateTerms{}, DeflateTerms{false, 15}, {}});
    row("no context of the client", "permessage-deflate;client_no_context_takeover",
        {DeflateTerms{false, 15}, DeflateTerms{}, {}});
    row("windows",
        "permessage-deflate; server_max_window_bits=10 ; client_max_window_bits = \"12\"",
        {DeflateTerms{true, 12}, DeflateTerms{true, 10}, {}});
    row("a window of 7", "permessage-deflate; server_max_window_bits=7", bad);
    row("a window of 16", "permessage-deflate; client_max_window_bits=16", bad);
    row("a window with a zero", "permessage-deflate; client_max_window_bits=08", bad);
    row("a window without a value", "permessage-deflate; client_max_window_bits", bad);
    row("a value where none belongs", "permessage-deflate; server_no_context_takeover=1", bad);
    row("a parameter twice",
        "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9", bad);
    row("a parameter that is not known", "permessage-deflate; client_x", bad);
    row("an empty parameter", "permessage-deflate;", bad);
    row("twice", "permessage-deflate, permessage-deflate",
        {{}, {}, "permessage-deflate was agreed on twice"});
    row("another extension", "x-webkit-deflate-frame",
        {{}, {}, "the extension x-webkit-deflate-frame is not known here"});
    row("another extension beside it", "permessage-deflate, mux; quota=1",
        {{}, {}, "the extension mux is not known here"});
}

void TestWebSocketReader::readsTheAgreement() {
    QFETCH(QByteArray, response);
    QFETCH(WebSocketTerms, terms);
    const WebSocketTerms read = readWebSocketExtensions(response);
    QCOMPARE(read.unreadable, terms.unreadable);
    QCOMPARE(read, terms);
}

QTEST_GUILESS_MAIN(TestWebSocketReader)
#include "tst_websocketreader.moc"
