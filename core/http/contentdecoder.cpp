// SPDX-License-Identifier: MIT
#include "core/http/contentdecoder.h"

#include "core/http/brotlicoding.h"
#include "core/http/field.h"
#include "core/http/zlibcoding.h"
#include "core/http/zstdcoding.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sallyport {

namespace {

/// No server codes more than twice; a field with a hundred codings is an attack.
constexpr std::size_t kMaxCodings = 4;

std::unique_ptr<Coding> makeCoding(QByteArrayView name) {
    if (ascii::equalsIgnoreCase(name, "gzip") || ascii::equalsIgnoreCase(name, "x-gzip"))
        return makeGzipCoding();
    if (ascii::equalsIgnoreCase(name, "deflate")) return makeDeflateCoding();
    if (ascii::equalsIgnoreCase(name, "br")) return makeBrotliCoding();
    if (ascii::equalsIgnoreCase(name, "zstd")) return makeZstdCoding();
    return nullptr;
}

/// The codings of one content, undone one after the other.
class CodingChain final : public ContentDecoder {
public:
    CodingChain(std::vector<std::unique_ptr<Coding>> codings, const Limit& limit)
        : m_codings(std::move(codings))
        , m_left(limit.bytes)
        , m_limit(limit) {}

    QByteArray feed(QByteArrayView bytes) override {
        if (m_hasFailed || m_wasCut) return {};
        m_left += bytes.size() * m_limit.perCodedByte;
        QByteArray text = bytes.toByteArray();
        for (const auto& coding : m_codings) {
            QByteArray plain;
            // An inner stage is bounded too: what it decodes to is only the next one's input.
            const qint64 room = coding == m_codings.back() ? m_left : m_limit.bytes;
            const DecodeResult result = coding->decode(text, plain, room);
            if (result == DecodeResult::Failed) {
                m_hasFailed = true;
                return {};
            }
            if (result == DecodeResult::Cut) m_wasCut = true;
            text = std::move(plain);
        }
        if (text.size() > m_left) {
            m_wasCut = true;
            text.truncate(m_left);
        }
        m_left -= text.size();
        return text;
    }
    bool hasFailed() const override { return m_hasFailed; }
    bool wasCut() const override { return m_wasCut; }

private:
    std::vector<std::unique_ptr<Coding>> m_codings;
    qint64 m_left;
    Limit m_limit;
    bool m_hasFailed = false;
    bool m_wasCut = false;
};

} // namespace

std::unique_ptr<ContentDecoder> ContentDecoder::forCoding(QByteArrayView contentEncoding,
                                                          const Limit& limit) {
    std::vector<std::unique_ptr<Coding>> codings;
    for (const QByteArrayView name : listMembers(contentEncoding)) {
        if (ascii::equalsIgnoreCase(name, "identity")) continue;
        auto coding = makeCoding(name);
        if (!coding || codings.size() == kMaxCodings) return nullptr;
        codings.push_back(std::move(coding));
    }
    // Listed in the order in which they were applied (RFC 9110 8.4).
    std::reverse(codings.begin(), codings.end());
    return std::make_unique<CodingChain>(std::move(codings), limit);
}

} // namespace sallyport
