// SPDX-License-Identifier: MIT
#include "core/http/serialiser.h"
#include "tests/http/fuzz/invariant.h"
#include "tests/http/replay.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// Limits that a fuzzer can reach.
ParseLimits smallLimits() {
    ParseLimits limits;
    limits.head = 512;
    limits.target = 128;
    limits.fields = 16;
    limits.chunkLine = 32;
    limits.trailers = 64;
    return limits;
}

void checkPieces(QByteArrayView input, const ParseLimits& limits) {
    const Reading whole = readRequest({input}, limits);
    require(!(whole.isWhole && whole.error), "a message is not whole and bad at once");
    require(readRequest(cutEverywhere(input), limits) == whole, "byte by byte it reads the same");
    for (const qsizetype at : cutsOf(input))
        require(readRequest(cutAt(input, at), limits) == whole, "in two pieces it reads the same");
}

/// What is passed on has one reading, and it is ours.
void checkRoundTrip(QByteArrayView input) {
    const Reading whole = readRequest({input});
    if (!whole.isWhole) return;
    RequestParser parser;
    require(parser.next(input).step == ParseStep::Head, "it reads the same again");
    RequestHead head = parser.takeHead();
    if (head.version.minor == 0) {
        if (!head.fields.contains("host")) head.fields.append("Host", "a");
    }
    QByteArray out;
    appendRequestHead(out, head.method, head.target.text, head.fields);
    head.version.minor = 1;
    if (whole.framing.kind == BodyKind::Chunked) {
        if (!whole.body.isEmpty()) {
            appendChunkStart(out, whole.body.size());
            out.append(whole.body).append(kChunkEnd);
        }
        appendLastChunk(out, whole.trailers);
    } else {
        out.append(whole.body);
    }
    // More room, for the blank after each colon and for bytes of the target that were encoded.
    ParseLimits roomy;
    roomy.head *= 4;
    roomy.target *= 3;
    roomy.trailers *= 2;
    const Reading again = readRequest({out}, roomy);
    require(again.isWhole, "what we write is a whole message");
    require(again.head == described(head), "what we write has the same head");
    require(again.framing == whole.framing, "what we write is framed the same");
    require(again.body == whole.body, "what we write has the same content");
    require(again.trailers == whole.trailers, "what we write has the same trailers");
    require(again.consumed == out.size(), "what we write is one message");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArrayView input(bytes, static_cast<qsizetype>(size));
    checkPieces(input, {});
    checkPieces(input, smallLimits());
    checkRoundTrip(input);
    return 0;
}
