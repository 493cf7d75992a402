// SPDX-License-Identifier: MIT
#include "core/http/contentdecoder.h"

#include <QtTest>

#include <brotli/encode.h>
#include <zstd.h>

#include <functional>
#include <vector>

// zlib's macros cast in the old style.
#pragma GCC diagnostic ignored "-Wold-style-cast"
#define ZLIB_CONST
#include <zlib.h>

using namespace sallyport;

namespace {

using Pieces = std::vector<QByteArray>;

/// Each encoder codes the pieces of a text one by one, with a flush behind each, as a server does
/// that streams events; what it writes for a piece is one element of the result.
Pieces zlibEncoded(const Pieces& texts, int windowBits) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    Pieces out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        QByteArray coded(texts[i].size() + 4096, '\0');
        stream.next_in = reinterpret_cast<const Bytef*>(texts[i].constData());
        stream.avail_in = static_cast<uInt>(texts[i].size());
        stream.next_out = reinterpret_cast<Bytef*>(coded.data());
        stream.avail_out = static_cast<uInt>(coded.size());
        deflate(&stream, i + 1 == texts.size() ? Z_FINISH : Z_SYNC_FLUSH);
        coded.chop(static_cast<qsizetype>(stream.avail_out));
        out.push_back(coded);
    }
    deflateEnd(&stream);
    return out;
}
Pieces gzipEncoded(const Pieces& texts) { return zlibEncoded(texts, MAX_WBITS + 16); }
Pieces deflateEncoded(const Pieces& texts) { return zlibEncoded(texts, MAX_WBITS); }
Pieces bareDeflateEncoded(const Pieces& texts) { return zlibEncoded(texts, -MAX_WBITS); }

Pieces brotliEncoded(const Pieces& texts) {
    BrotliEncoderState* state = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
    Pieces out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        QByteArray coded(texts[i].size() + 4096, '\0');
        auto inSize = static_cast<std::size_t>(texts[i].size());
        auto outSize = static_cast<std::size_t>(coded.size());
        const auto* in = reinterpret_cast<const std::uint8_t*>(texts[i].constData());
        auto* to = reinterpret_cast<std::uint8_t*>(coded.data());
        const auto operation =
            i + 1 == texts.size() ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH;
        BrotliEncoderCompressStream(state, operation, &inSize, &in, &outSize, &to, nullptr);
        coded.chop(static_cast<qsizetype>(outSize));
        out.push_back(coded);
    }
    BrotliEncoderDestroyInstance(state);
    return out;
}

Pieces zstdEncoded(const Pieces& texts) {
    ZSTD_CStream* stream = ZSTD_createCStream();
    Pieces out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        QByteArray coded(texts[i].size() + 4096, '\0');
        ZSTD_inBuffer in{texts[i].constData(), static_cast<std::size_t>(texts[i].size()), 0};
        ZSTD_outBuffer to{coded.data(), static_cast<std::size_t>(coded.size()), 0};
        ZSTD_compressStream2(stream, &to, &in, i + 1 == texts.size() ? ZSTD_e_end : ZSTD_e_flush);
        coded.truncate(static_cast<qsizetype>(to.pos));
        out.push_back(coded);
    }
    ZSTD_freeCStream(stream);
    return out;
}

QByteArray joined(const Pieces& pieces) {
    QByteArray out;
    for (const QByteArray& piece : pieces)
        out.append(piece);
    return out;
}

} // namespace

using Encoder = std::function<Pieces(const Pieces&)>;
Q_DECLARE_METATYPE(Encoder)

class TestContentDecoder : public QObject {
    Q_OBJECT

private slots:
    void undoesACoding_data() { codings(); }
    void undoesACoding();
    void givesAFlushAtOnce_data() { codings(); }
    void givesAFlushAtOnce();
    void stopsAtTheLimit_data() { codings(); }
    void stopsAtTheLimit();
    void theLimitGrowsWithWhatIsFed_data() { codings(); }
    void theLimitGrowsWithWhatIsFed();
    void saysThatItFailed_data() { codings(); }
    void saysThatItFailed();
    void undoesSeveralCodingsInTurn();
    void readsSeveralGzipMembers();
    void ignoresWhatFollowsAGzipMember();
    void refusesAZstdWindowThatIsTooLarge();
    void copiesIdentity_data();
    void copiesIdentity();
    void doesNotKnowOtherCodings_data();
    void doesNotKnowOtherCodings();

private:
    static void codings() {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<Encoder>("encode");
        QTest::newRow("gzip") << QByteArray("gzip") << Encoder(gzipEncoded);
        QTest::newRow("gzip by its old name") << QByteArray("X-GZip") << Encoder(gzipEncoded);
        QTest::newRow("deflate") << QByteArray("deflate") << Encoder(deflateEncoded);
        QTest::newRow("deflate without its wrapping")
            << QByteArray("deflate") << Encoder(bareDeflateEncoded);
        QTest::newRow("brotli") << QByteArray("br") << Encoder(brotliEncoded);
        QTest::newRow("zstd") << QByteArray("zstd") << Encoder(zstdEncoded);
    }
};

void TestContentDecoder::undoesACoding() {
    QFETCH(QByteArray, coding);
    QFETCH(Encoder, encode);
    QByteArray text;
    for (int i = 0; i < 20000; ++i)
        text.append("line ").append(QByteArray::number(i * i));
    const QByteArray coded = joined(encode({text}));
    QVERIFY(coded.size() < text.size());
    for (const qsizetype size : {qsizetype{1}, qsizetype{7}, qsizetype{1000}, coded.size()}) {
        const auto decoder = ContentDecoder::forCoding(coding);
        QVERIFY(decoder);
        QByteArray plain;
        for (qsizetype at = 0; at < coded.size(); at += size)
            plain.append(decoder->feed(coded.mid(at, size)));
        QVERIFY(plain == text);
        QVERIFY(!decoder->hasFailed());
        QVERIFY(!decoder->wasCut());
        QVERIFY(decoder->feed({}).isEmpty());
        QVERIFY(!decoder->hasFailed());
    }
}

void TestContentDecoder::givesAFlushAtOnce() {
    QFETCH(QByteArray, coding);
    QFETCH(Encoder, encode);
    const Pieces texts{"event: a\n\n", "event: b\n\n", QByteArray(70000, 'x'), "end"};
    const Pieces coded = encode(texts);
    const auto decoder = ContentDecoder::forCoding(coding);
    for (std::size_t i = 0; i < texts.size(); ++i)
        QVERIFY(decoder->feed(coded[i]) == texts[i]);
    QVERIFY(!decoder->hasFailed());
}

void TestContentDecoder::stopsAtTheLimit() {
    QFETCH(QByteArray, coding);
    QFETCH(Encoder, encode);
    constexpr qint64 kLimit = 100000;
    const auto exact = ContentDecoder::forCoding(coding, {kLimit});
    QCOMPARE(exact->feed(joined(encode({QByteArray(kLimit, 'x')}))).size(), kLimit);
    QVERIFY(!exact->wasCut());
    const auto cut = ContentDecoder::forCoding(coding, {kLimit});
    const QByteArray bomb = joined(encode({QByteArray(50 * kLimit, 'x')}));
    QByteArray plain;
    for (qsizetype at = 0; at < bomb.size(); at += 16)
        plain.append(cut->feed(bomb.mid(at, 16)));
    QCOMPARE(plain.size(), kLimit);
    QVERIFY(cut->wasCut());
    QVERIFY(!cut->hasFailed());
    QVERIFY(cut->feed(bomb).isEmpty());
}

void TestContentDecoder::theLimitGrowsWithWhatIsFed() {
    QFETCH(QByteArray, coding);
    QFETCH(Encoder, encode);
    QByteArray text;
    for (int i = 0; i < 20000; ++i)
        text.append(QByteArray::number(i * i));
    const QByteArray coded = joined(encode({text}));
    const auto decoder = ContentDecoder::forCoding(coding, {1000, 16});
    QByteArray plain;
    for (qsizetype at = 0; at < coded.size(); at += 16)
        plain.append(decoder->feed(coded.mid(at, 16)));
    QVERIFY(plain == text);
    QVERIFY(!decoder->wasCut());
    const QByteArray bomb = joined(encode({QByteArray(5000000, 'x')}));
    const auto cut = ContentDecoder::forCoding(coding, {1000, 16});
    QCOMPARE(cut->feed(bomb).size(), 1000 + 16 * bomb.size());
    QVERIFY(cut->wasCut());
}

void TestContentDecoder::saysThatItFailed() {
    QFETCH(QByteArray, coding);
    QFETCH(Encoder, encode);
    const auto decoder = ContentDecoder::forCoding(coding);
    // No coding starts like this: not a gzip or zstd magic, and a reserved deflate block type.
    QVERIFY(decoder->feed(QByteArray(64, '\xff')).isEmpty());
    QVERIFY(decoder->hasFailed());
    QVERIFY(decoder->feed(joined(encode({"text"}))).isEmpty());
}

void TestContentDecoder::undoesSeveralCodingsInTurn() {
    const QByteArray text("twice coded");
    const QByteArray coded = joined(brotliEncoded({joined(gzipEncoded({text}))}));
    const auto decoder = ContentDecoder::forCoding("gzip, identity , BR");
    QCOMPARE(decoder->feed(coded), text);
    const auto other = ContentDecoder::forCoding("br, gzip");
    QVERIFY(other->feed(coded).isEmpty());
    QVERIFY(other->hasFailed());
    // A bomb in a bomb: the inner one is bounded as well.
    QByteArray bomb(20000000, '\0');
    for (int i = 0; i < 2; ++i)
        bomb = joined(gzipEncoded({bomb}));
    const auto bounded = ContentDecoder::forCoding("gzip, gzip", {1000});
    QCOMPARE(bounded->feed(bomb).size(), 1000);
    QVERIFY(bounded->wasCut());
}

void TestContentDecoder::readsSeveralGzipMembers() {
    const QByteArray first = joined(gzipEncoded({"one "}));
    const QByteArray second = joined(gzipEncoded({"two"}));
    const QByteArray coded = first + second;
    for (qsizetype at = 0; at <= coded.size(); ++at) {
        const auto decoder = ContentDecoder::forCoding("gzip");
        QByteArray plain = decoder->feed(coded.first(at));
        plain.append(decoder->feed(coded.sliced(at)));
        QCOMPARE(plain, QByteArray("one two"));
    }
}

void TestContentDecoder::ignoresWhatFollowsAGzipMember() {
    const QByteArray coded = joined(gzipEncoded({"one"})) + QByteArray(3, '\0');
    for (qsizetype at = 0; at <= coded.size(); ++at) {
        const auto decoder = ContentDecoder::forCoding("gzip");
        QByteArray plain = decoder->feed(coded.first(at));
        plain.append(decoder->feed(coded.sliced(at)));
        QCOMPARE(plain, QByteArray("one"));
        QVERIFY(!decoder->hasFailed());
    }
}

void TestContentDecoder::refusesAZstdWindowThatIsTooLarge() {
    ZSTD_CStream* stream = ZSTD_createCStream();
    ZSTD_CCtx_setParameter(stream, ZSTD_c_windowLog, 27);
    QByteArray coded(4096, '\0');
    ZSTD_inBuffer in{"text", 4, 0};
    ZSTD_outBuffer to{coded.data(), static_cast<std::size_t>(coded.size()), 0};
    ZSTD_compressStream2(stream, &to, &in, ZSTD_e_flush);
    ZSTD_freeCStream(stream);
    coded.truncate(static_cast<qsizetype>(to.pos));
    const auto decoder = ContentDecoder::forCoding("zstd");
    QVERIFY(decoder->feed(coded).isEmpty());
    QVERIFY(decoder->hasFailed());
}

void TestContentDecoder::copiesIdentity_data() {
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("no field") << QByteArray();
    QTest::newRow("identity") << QByteArray("Identity");
    QTest::newRow("commas alone") << QByteArray(" , ");
}

void TestContentDecoder::copiesIdentity() {
    QFETCH(QByteArray, coding);
    const auto decoder = ContentDecoder::forCoding(coding, {6});
    QVERIFY(decoder);
    QCOMPARE(decoder->feed("abc"), QByteArray("abc"));
    QCOMPARE(decoder->feed("def"), QByteArray("def"));
    QVERIFY(!decoder->wasCut());
    QCOMPARE(decoder->feed("g"), QByteArray());
    QVERIFY(decoder->wasCut());
}

void TestContentDecoder::doesNotKnowOtherCodings_data() {
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("compress") << QByteArray("compress");
    QTest::newRow("an unknown one behind a known one") << QByteArray("gzip, foo");
    QTest::newRow("five codings") << QByteArray("gzip, gzip, gzip, gzip, gzip");
}

void TestContentDecoder::doesNotKnowOtherCodings() {
    QFETCH(QByteArray, coding);
    QVERIFY(!ContentDecoder::forCoding(coding));
}

QTEST_GUILESS_MAIN(TestContentDecoder)
#include "tst_contentdecoder.moc"
