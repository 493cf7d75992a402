// SPDX-License-Identifier: MIT
#include "core/http/serialiser.h"
#include "tests/http/fuzz/invariant.h"
#include "tests/http/replay.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

void checkPieces(QByteArrayView input, QByteArrayView method) {
    for (const bool isClosed : {false, true}) {
        const Reading whole = readResponse({input}, method, isClosed);
        require(!(whole.isWhole && whole.error), "a message is not whole and bad at once");
        require(!isClosed || whole.isWhole || whole.error, "the connection's end decides it");
        require(readResponse(cutEverywhere(input), method, isClosed) == whole,
                "byte by byte it reads the same");
        for (const qsizetype at : cutsOf(input)) {
            require(readResponse(cutAt(input, at), method, isClosed) == whole,
                    "in two pieces it reads the same");
        }
    }
}

/// What is passed on has one reading, and it is ours.
void checkRoundTrip(QByteArrayView input, QByteArrayView method) {
    const Reading whole = readResponse({input}, method, true);
    if (!whole.isWhole) return;
    ResponseParser parser;
    parser.expectResponseTo(method);
    require(parser.next(input).step == ParseStep::Head, "it reads the same again");
    ResponseHead head = parser.takeHead();
    QByteArray out;
    appendResponseHead(out, head.status, head.reason, head.fields);
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
    // More room, for the blank behind each colon.
    ParseLimits roomy;
    roomy.head *= 2;
    roomy.trailers *= 2;
    const Reading again = readResponse({out}, method, true, roomy);
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
    for (const QByteArrayView method : {"GET", "HEAD", "CONNECT"}) {
        checkPieces(input, method);
        checkRoundTrip(input, method);
    }
    return 0;
}
