// SPDX-License-Identifier: MIT
// Reads responses from standard input, one JSON object a line, and writes for each what we read of
// it, one JSON object a line. For compare.mjs, which knows what the vendor's SDK reads.
#include "core/anthropic/messagebuilder.h"
#include "core/anthropic/messagesresponsereader.h"
#include "core/http/contentdecoder.h"
#include "core/support/jsontext.h"

#include <QJsonDocument>

#include <iostream>
#include <string>

#include <zstd.h>

using namespace sallyport;

namespace {

/// Node 20 has no zstd, so that those cases come plain and are encoded here.
QByteArray zstdOf(const QByteArray& plain) {
    QByteArray out(
        static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(plain.size()))),
        Qt::Uninitialized);
    const std::size_t size =
        ZSTD_compress(out.data(), static_cast<std::size_t>(out.size()), plain.constData(),
                      static_cast<std::size_t>(plain.size()), 3);
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

QJsonObject usageOf(const Usage& usage) {
    QJsonObject out;
    const auto insert = [&out](const char* name, const std::optional<qint64>& count) {
        if (count) out.insert(QLatin1String(name), *count);
    };
    insert("input_tokens", usage.input);
    insert("output_tokens", usage.output);
    insert("cache_read_input_tokens", usage.cacheRead);
    insert("cache_creation_input_tokens", usage.cacheWritten);
    return out;
}

QJsonObject readCase(const QJsonObject& given) {
    const bool isStream = given.value(QLatin1String("stream")).toBool();
    const QByteArray coding = given.value(QLatin1String("coding")).toString().toLatin1();
    QByteArray bytes =
        QByteArray::fromBase64(given.value(QLatin1String("bytes")).toString().toLatin1());
    if (coding == "zstd") bytes = zstdOf(bytes);
    const auto decoder = ContentDecoder::forCoding(coding);
    MessageBuilder builder(isStream);
    MessagesResponseReader reader(isStream);
    quint32 seed = static_cast<quint32>(given.value(QLatin1String("seed")).toInt()) | 1U;
    for (qsizetype at = 0; at < bytes.size();) {
        seed = seed * 1664525U + 1013904223U;
        const qsizetype size = std::min<qsizetype>(1 + (seed >> 16U) % 97U, bytes.size() - at);
        const QByteArray plain = decoder->feed(QByteArrayView(bytes).sliced(at, size));
        builder.feed(plain);
        reader.feed(plain);
        at += size;
    }
    reader.finish();
    return {{QStringLiteral("message"), builder.message()},
            {QStringLiteral("whole"), builder.isWhole()},
            {QStringLiteral("failed"), !builder.error().isEmpty()},
            {QStringLiteral("usage"), usageOf(reader.usage())},
            {QStringLiteral("reader_end"), reader.sawEnd()},
            {QStringLiteral("reader_failed"), reader.hasErrorEvent()}};
}

} // namespace

int main() {
    for (std::string line; std::getline(std::cin, line);) {
        const auto given = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        std::cout << jsonBytes(readCase(given)).constData() << '\n';
    }
}
