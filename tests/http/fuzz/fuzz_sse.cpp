// SPDX-License-Identifier: MIT
#include "core/http/sse.h"
#include "tests/http/fuzz/invariant.h"
#include "tests/http/replay.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct Events {
    std::vector<SseEvent> events;
    quint64 comments = 0;
    bool isBetween = false;
    bool wasCut = false;
    friend bool operator==(const Events&, const Events&) = default;
};

Events readEvents(const std::vector<QByteArrayView>& pieces, qsizetype limit) {
    SseParser parser(limit);
    Events out;
    for (const QByteArrayView piece : pieces) {
        for (SseEvent& event : parser.feed(piece))
            out.events.push_back(std::move(event));
    }
    out.comments = parser.comments();
    out.isBetween = parser.isBetweenEvents();
    out.wasCut = parser.wasCut();
    return out;
}

/// A comment that is put in where the parser allows it changes nothing that a client sees.
void checkComment(QByteArrayView input, qsizetype at, qsizetype limit) {
    if (at == 0 && input.startsWith("\xef\xbb\xbf")) return; // as SseParser's contract says
    if (!readEvents({input.first(at)}, limit).isBetween) return;
    const QByteArrayView comment(": keep-alive\n\n");
    const Events plain = readEvents({input}, limit);
    const Events with = readEvents({input.first(at), comment, input.sliced(at)}, limit);
    require(with.events == plain.events, "a comment changes no event");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArrayView input(bytes, static_cast<qsizetype>(size));
    constexpr qsizetype kAmple = 1 << 20;
    const Events whole = readEvents({input}, kAmple);
    require(!whole.wasCut, "nothing is cut that is within the limit");
    require(readEvents(cutEverywhere(input), kAmple) == whole, "byte by byte it reads the same");
    for (const qsizetype at : cutsOf(input)) {
        require(readEvents(cutAt(input, at), kAmple) == whole, "in two pieces it reads the same");
        checkComment(input, at, kAmple);
    }
    for (const SseEvent& event : readEvents({input}, 8).events)
        require(event.data.size() <= 8 && event.type.size() <= 8 && event.id.size() <= 8,
                "no part of an event is longer than the limit");
    return 0;
}
