// SPDX-License-Identifier: MIT
#include "core/http/serialiser.h"

#include "core/http/byteappend.h"

#include <array>
#include <charconv>
#include <cstring>

namespace sallyport {

namespace {

constexpr qsizetype kStartLineRoom = 64;

} // namespace

qsizetype bytesOfLines(const FieldList& fields) {
    qsizetype bytes = 0;
    for (const FieldView field : fields)
        bytes += field.name.size() + field.value.size() + 4;
    return bytes;
}

void appendFieldLines(QByteArray& out, const FieldList& fields) {
    // One growth and plain copies: this runs twice in every exchange.
    const qsizetype at = out.size();
    out.resize(at + bytesOfLines(fields));
    char* to = out.data() + at;
    const auto put = [&to](QByteArrayView bytes) {
        if (bytes.isEmpty()) return;
        std::memcpy(to, bytes.data(), static_cast<std::size_t>(bytes.size()));
        to += bytes.size();
    };
    for (const FieldView field : fields) {
        put(field.name);
        put(": ");
        put(field.value);
        put("\r\n");
    }
}

void appendRequestHead(QByteArray& out, QByteArrayView method, QByteArrayView target,
                       const FieldList& fields) {
    out.reserve(out.size() + method.size() + target.size() + kStartLineRoom + bytesOfLines(fields));
    appendAll(out, {method, " ", target, " HTTP/1.1\r\n"});
    appendFieldLines(out, fields);
    out.append("\r\n", 2);
}

void appendResponseHead(QByteArray& out, int status, QByteArrayView reason,
                        const FieldList& fields) {
    Q_ASSERT(status >= 100 && status <= 999);
    out.reserve(out.size() + reason.size() + kStartLineRoom + bytesOfLines(fields));
    const std::array<char, 3> digits{static_cast<char>('0' + status / 100),
                                     static_cast<char>('0' + status / 10 % 10),
                                     static_cast<char>('0' + status % 10)};
    appendAll(out, {"HTTP/1.1 ", digits, " ", reason, "\r\n"});
    appendFieldLines(out, fields);
    out.append("\r\n", 2);
}

void appendChunkStart(QByteArray& out, qsizetype size) {
    Q_ASSERT(size > 0);
    std::array<char, 2 * sizeof(qsizetype)> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16);
    out.append(digits.data(), written.ptr - digits.data()).append("\r\n");
}

void appendLastChunk(QByteArray& out, const FieldList& trailers) {
    out.append("0\r\n");
    appendFieldLines(out, trailers);
    out.append("\r\n", 2);
}

} // namespace sallyport
