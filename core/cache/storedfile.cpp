// SPDX-License-Identifier: MIT
#include "core/cache/storedfile.h"

#include "core/http/headgrammar.h"
#include "core/secrets/redact.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace sallyport {

namespace {

constexpr QByteArrayView kForm = "sallyport cache 1\n";
constexpr qsizetype kDigest = 32;
constexpr qsizetype kNumber = 8;

class Writer {
public:
    void number(qint64 value) {
        const qint64 big = qToBigEndian(value);
        m_bytes.append(reinterpret_cast<const char*>(&big), kNumber);
    }
    void bytes(QByteArrayView view) {
        number(view.size());
        m_bytes.append(view);
    }
    [[nodiscard]] const QByteArray& all() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// Reads what Writer wrote; once something is missing all that follows is empty.
class Reader {
public:
    explicit Reader(QByteArrayView bytes)
        : m_rest(bytes) {}
    qint64 number() {
        const QByteArrayView taken = take(kNumber);
        return taken.isEmpty() ? 0 : qFromBigEndian<qint64>(taken.data());
    }
    QByteArray bytes() { return take(number()).toByteArray(); }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] bool isAtEnd() const { return m_isGood && m_rest.isEmpty(); }

private:
    QByteArrayView take(qint64 size) {
        if (size < 0 || size > m_rest.size()) m_isGood = false;
        if (!m_isGood) return {};
        const QByteArrayView out = m_rest.first(size);
        m_rest = m_rest.sliced(size);
        return out;
    }
    QByteArrayView m_rest;
    bool m_isGood = true;
};

bool isFieldLine(QByteArrayView name, QByteArrayView value) {
    return grammar::isToken(name) && grammar::isFieldText(value);
}

bool readFields(Reader& reader, FieldList& out) {
    for (qint64 left = reader.number(); left > 0 && reader.isGood(); --left) {
        const QByteArray name = reader.bytes();
        const QByteArray value = reader.bytes();
        if (!isFieldLine(name, value)) return false;
        out.append(name, value);
    }
    return reader.isGood();
}

bool readSelectors(Reader& reader, std::vector<SelectingField>& out) {
    for (qint64 left = reader.number(); left > 0 && reader.isGood(); --left) {
        SelectingField field;
        field.name = reader.bytes();
        field.value = reader.bytes();
        field.isPresent = reader.number() == 1;
        out.push_back(std::move(field));
    }
    return reader.isGood();
}

/// Of HTTP/1 the minor version.
qint64 numberOf(Version version) { return version == kHttp2 ? 2 : version.minor; }
Version versionOf(qint64 number) {
    if (number == 2) return kHttp2;
    return {number == 0 ? 0 : 1};
}

bool isSecret(QByteArrayView name, QByteArrayView value) {
    return redactedField(name, value) != value;
}

} // namespace

QByteArray storedFileContent(const QByteArray& key, const StoredResponse& response) {
    Writer out;
    out.bytes(key);
    out.number(response.requestedAt.count());
    out.number(response.receivedAt.count());
    out.number(static_cast<qint64>(response.selectedBy.size()));
    for (const SelectingField& field : response.selectedBy) {
        out.bytes(field.name);
        out.bytes(field.value);
        out.number(field.isPresent ? 1 : 0);
    }
    out.number(numberOf(response.head.version));
    out.number(response.head.status);
    out.bytes(response.head.reason);
    out.number(static_cast<qint64>(response.head.fields.size()));
    for (const FieldView field : response.head.fields) {
        out.bytes(field.name);
        out.bytes(field.value);
    }
    out.bytes(response.content);
    QByteArray whole = kForm.toByteArray();
    whole += QCryptographicHash::hash(out.all(), QCryptographicHash::Sha256);
    whole += out.all();
    return whole;
}

Result<StoredFile, QString> readStoredFile(QByteArrayView bytes) {
    if (!bytes.startsWith(kForm) || bytes.size() < kForm.size() + kDigest)
        return Failure{QStringLiteral("it is no stored response")};
    const QByteArrayView digest = bytes.sliced(kForm.size(), kDigest);
    const QByteArrayView content = bytes.sliced(kForm.size() + kDigest);
    const QByteArray all = QByteArray::fromRawData(content.data(), content.size());
    if (QCryptographicHash::hash(all, QCryptographicHash::Sha256) != digest)
        return Failure{QStringLiteral("its checksum is wrong")};
    Reader in(content);
    StoredFile out;
    StoredResponse& response = out.response;
    out.key = in.bytes();
    response.requestedAt = CacheSeconds(in.number());
    response.receivedAt = CacheSeconds(in.number());
    const bool hasSelectors = readSelectors(in, response.selectedBy);
    response.head.version = versionOf(in.number());
    const qint64 status = in.number();
    response.head.status = static_cast<int>(std::clamp<qint64>(status, 0, 999));
    response.head.reason = in.bytes();
    const bool hasFields = hasSelectors && readFields(in, response.head.fields);
    response.content = in.bytes();
    const bool isPlain = isFieldLine("reason", response.head.reason);
    if (!hasFields || !in.isAtEnd() || !isPlain || status < 200 || status > 599)
        return Failure{QStringLiteral("what it holds is no response")};
    return out;
}

QString storedFileName(const QByteArray& key, const StoredResponse& response) {
    Writer out;
    out.bytes(key);
    for (const SelectingField& field : response.selectedBy) {
        out.bytes(field.name);
        out.bytes(field.value);
        out.number(field.isPresent ? 1 : 0);
    }
    return QString::fromLatin1(
        QCryptographicHash::hash(out.all(), QCryptographicHash::Sha256).toHex());
}

bool mayBeOnDisk(const QByteArray& key, const StoredResponse& response) {
    if (redactedTarget(key) != key) return false;
    for (const SelectingField& field : response.selectedBy)
        if (isSecret(field.name, field.value)) return false;
    for (const FieldView field : response.head.fields)
        if (isSecret(field.name, field.value)) return false;
    return redactedContent(response.content) == response.content;
}

} // namespace sallyport
