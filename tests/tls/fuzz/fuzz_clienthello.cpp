// SPDX-License-Identifier: MIT
#include "core/tls/clienthello.h"
#include "tests/http/fuzz/invariant.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

using Verdict = ClientHelloReader::Verdict;

struct Reading {
    Verdict verdict = Verdict::Undecided;
    ClientHello hello;
    friend bool operator==(const Reading&, const Reading&) = default;
};

Reading readIn(QByteArrayView input, qsizetype piece) {
    ClientHelloReader reader;
    Reading out;
    qsizetype taken = 0;
    while (taken < input.size() && out.verdict == Verdict::Undecided) {
        const QByteArrayView next = input.sliced(taken, std::min(piece, input.size() - taken));
        out.verdict = reader.take(next);
        taken += next.size();
    }
    require(QByteArrayView(reader.received()) == input.first(taken), "what came is kept whole");
    if (out.verdict == Verdict::Hello) out.hello = reader.hello();
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArrayView input(bytes, static_cast<qsizetype>(size));
    if (input.size() >= ClientHelloReader::kMaxBytes) return 0;
    const Reading whole = readIn(input, input.size() + 1);
    require(readIn(input, 1) == whole, "byte by byte it reads the same");
    for (const qsizetype piece : cutsOf(input))
        require(readIn(input, piece + 1) == whole, "in pieces it reads the same");
    if (!input.isEmpty() && input[0] != ClientHelloReader::kHandshakeRecord)
        require(whole.verdict == Verdict::NotTls, "nothing else is taken for TLS");
    require(!whole.hello.serverName.contains('\0'), "no name ends inside itself");
    for (const QByteArray& name : whole.hello.alpn)
        require(!name.isEmpty(), "no protocol is without a name");
    return 0;
}
