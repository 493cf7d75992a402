// SPDX-License-Identifier: MIT
#include "core/http/chunkedreader.h"
#include "core/http/serialiser.h"
#include "tests/http/fuzz/invariant.h"
#include "tests/http/replay.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// Gives a ChunkedReader the shape that replay.h reads.
class ContentParser {
public:
    explicit ContentParser(const ParseLimits& limits) { m_reader.start(limits); }
    ParseOutcome next(QByteArrayView input) {
        const ParseOutcome outcome = m_reader.next(input, m_trailers);
        require(outcome.consumed >= 0 && outcome.consumed <= input.size(),
                "it takes what is there");
        const bool isView = outcome.body.isEmpty() || (outcome.body.data() >= input.data() &&
                                                       outcome.body.data() + outcome.body.size() <=
                                                           input.data() + outcome.consumed);
        require(isView, "content is a view into the input");
        return outcome;
    }
    [[nodiscard]] RequestHead head() const { return {}; }
    [[nodiscard]] Framing framing() const { return {}; }
    [[nodiscard]] const FieldList& trailers() const { return m_trailers; }
    [[nodiscard]] const ParseError& error() const { return m_reader.error(); }

private:
    ChunkedReader m_reader{grammar::BlankBeforeColon::Refused};
    FieldList m_trailers;
};

Reading readContent(const std::vector<QByteArrayView>& pieces, const ParseLimits& limits) {
    ContentParser parser(limits);
    return read(parser, pieces);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArrayView input(bytes, static_cast<qsizetype>(size));
    ParseLimits limits;
    limits.chunkLine = 48;
    limits.chunkExtensions = 64;
    limits.trailers = 96;
    limits.fields = 4;
    const Reading whole = readContent({input}, limits);
    require(readContent(cutEverywhere(input), limits) == whole, "byte by byte it reads the same");
    for (const qsizetype at : cutsOf(input))
        require(readContent(cutAt(input, at), limits) == whole, "in two pieces it reads the same");
    if (!whole.isWhole) return 0;
    QByteArray out;
    if (!whole.body.isEmpty()) {
        appendChunkStart(out, whole.body.size());
        out.append(whole.body).append(kChunkEnd);
    }
    appendLastChunk(out, whole.trailers);
    const Reading again = readContent({out}, {});
    require(again.isWhole && again.body == whole.body && again.trailers == whole.trailers,
            "what we write reads the same");
    return 0;
}
