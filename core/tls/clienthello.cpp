// SPDX-License-Identifier: MIT
#include "core/tls/clienthello.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

constexpr qsizetype kRecordHeader = 5;
constexpr qsizetype kMessageHeader = 4;
constexpr qsizetype kMaxRecord = 1 << 14; // RFC 8446 5.1, plaintext
constexpr int kClientHello = 1;
constexpr qsizetype kVersionAndRandom = 2 + 32;

enum Extension { ServerName = 0, Alpn = 16, EncryptedHello = 0xfe0d };

int byteAt(QByteArrayView bytes, qsizetype at) { return static_cast<unsigned char>(bytes[at]); }

/// Takes fields off the front; all come back empty once one of them did not fit.
class Fields {
public:
    explicit Fields(QByteArrayView bytes)
        : m_rest(bytes) {}
    [[nodiscard]] bool isAtEnd() const { return m_rest.isEmpty(); }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    int number(int size) {
        int value = 0;
        for (const char c : bytes(size))
            value = (value << 8) | static_cast<unsigned char>(c);
        return value;
    }
    QByteArrayView bytes(qsizetype size) {
        if (size > m_rest.size()) {
            m_isBroken = true;
            m_rest = {};
            return {};
        }
        const QByteArrayView out = m_rest.first(size);
        m_rest = m_rest.sliced(size);
        return out;
    }
    /// A vector with its length before it in `size` bytes.
    QByteArrayView vector(int size) { return bytes(number(size)); }

private:
    QByteArrayView m_rest;
    bool m_isBroken = false;
};

/// RFC 6066 3: one name of the type host_name at most; other types have never come about.
std::optional<QByteArray> serverNameOf(QByteArrayView extension) {
    Fields fields(extension);
    Fields list(fields.vector(2));
    const bool isHostName = list.number(1) == 0;
    const QByteArrayView name = list.vector(2);
    if (fields.isBroken() || list.isBroken() || !fields.isAtEnd() || !list.isAtEnd() ||
        !isHostName || name.isEmpty() || name.contains('\0'))
        return std::nullopt;
    return ascii::lowered(name);
}

std::optional<std::vector<QByteArray>> alpnOf(QByteArrayView extension) {
    Fields fields(extension);
    Fields list(fields.vector(2));
    std::vector<QByteArray> names;
    while (!list.isAtEnd()) {
        names.push_back(list.vector(1).toByteArray());
        if (names.back().isEmpty()) return std::nullopt;
    }
    if (fields.isBroken() || !fields.isAtEnd() || list.isBroken() || names.empty())
        return std::nullopt;
    return names;
}

bool readExtensions(QByteArrayView all, ClientHello& hello) {
    std::vector<int> seen;
    for (Fields fields(all); !fields.isAtEnd();) {
        const int type = fields.number(2);
        const QByteArrayView content = fields.vector(2);
        if (fields.isBroken()) return false;
        if (type != ServerName && type != Alpn) {
            if (type == EncryptedHello) hello.hasEncryptedHello = true;
            continue;
        }
        // RFC 8446 4.2: never two of one type. Which of two names is meant nobody can tell.
        if (std::find(seen.begin(), seen.end(), type) != seen.end()) return false;
        seen.push_back(type);
        if (type == ServerName) {
            auto name = serverNameOf(content);
            if (!name) return false;
            hello.serverName = std::move(*name);
        } else {
            auto names = alpnOf(content);
            if (!names) return false;
            hello.alpn = std::move(*names);
        }
    }
    return true;
}

std::optional<ClientHello> parseHello(QByteArrayView body) {
    Fields fields(body);
    fields.bytes(kVersionAndRandom);
    fields.vector(1); // legacy_session_id
    fields.vector(2); // cipher_suites
    fields.vector(1); // legacy_compression_methods
    if (fields.isBroken()) return std::nullopt;
    ClientHello hello;
    if (fields.isAtEnd()) return hello; // TLS 1.2 may have no extensions
    const QByteArrayView extensions = fields.vector(2);
    if (fields.isBroken() || !fields.isAtEnd() || !readExtensions(extensions, hello))
        return std::nullopt;
    return hello;
}

} // namespace

ClientHelloReader::Verdict ClientHelloReader::take(QByteArrayView bytes) {
    m_received.append(bytes.data(), bytes.size());
    const Verdict verdict = readRecords();
    if (verdict == Verdict::Undecided && m_received.size() >= kMaxBytes) return Verdict::Malformed;
    return verdict;
}

ClientHelloReader::Verdict ClientHelloReader::readRecords() {
    const QByteArrayView all = m_received;
    // Whatever does not begin like this has another protocol: its bytes are not for us to judge.
    if (!all.isEmpty() && all[0] != kHandshakeRecord) return Verdict::NotTls;
    if (all.size() > 1 && byteAt(all, 1) != 3) return Verdict::NotTls;
    while (all.size() - m_at >= kRecordHeader) {
        const QByteArrayView rest = all.sliced(m_at);
        const qsizetype length = (byteAt(rest, 3) << 8) | byteAt(rest, 4);
        if (rest[0] != kHandshakeRecord || byteAt(rest, 1) != 3 || length == 0 ||
            length > kMaxRecord)
            return Verdict::Malformed;
        if (m_at == 0 && rest.size() > kRecordHeader && byteAt(rest, kRecordHeader) != kClientHello)
            return Verdict::NotTls;
        if (rest.size() < kRecordHeader + length) break;
        m_message.append(rest.sliced(kRecordHeader).data(), length);
        m_at += kRecordHeader + length;
        if (const Verdict verdict = readMessage(); verdict != Verdict::Undecided) return verdict;
    }
    return Verdict::Undecided;
}

ClientHelloReader::Verdict ClientHelloReader::readMessage() {
    if (m_message.size() < kMessageHeader) return Verdict::Undecided;
    Fields fields(m_message);
    fields.number(1);
    const int length = fields.number(3);
    if (length > kMaxBytes) return Verdict::Malformed;
    if (m_message.size() - kMessageHeader < length) return Verdict::Undecided;
    auto hello = parseHello(fields.bytes(length));
    if (!hello) return Verdict::Malformed;
    m_hello = std::move(*hello);
    return Verdict::Hello;
}

} // namespace sallyport
