// SPDX-License-Identifier: MIT
#include "core/cache/storedfile.h"

#include <QCryptographicHash>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace sallyport;

namespace {

void hold(bool isHeld, const char* sentence) {
    if (isHeld) return;
    std::fprintf(stderr, "broken: %s\n", sentence);
    std::abort();
}

} // namespace

/// The input is what stands after the checksum, which would hide the reader from a fuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QByteArray rest(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const QByteArray whole =
        "sallyport cache 1\n" + QCryptographicHash::hash(rest, QCryptographicHash::Sha256) + rest;
    hold(!readStoredFile(rest), "what has no checksum is not read");
    const auto read = readStoredFile(whole);
    if (!read) return 0;
    const auto again = readStoredFile(storedFileContent(read->key, read->response));
    hold(again.isOk(), "what was read can be written and read");
    hold(again->key == read->key && again->response.content == read->response.content &&
             again->response.head.fields == read->response.head.fields &&
             again->response.selectedBy == read->response.selectedBy,
         "and is the same");
    return 0;
}
