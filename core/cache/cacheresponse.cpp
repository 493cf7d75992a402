// SPDX-License-Identifier: MIT
#include "core/cache/cacheresponse.h"

#include "core/cache/byterange.h"
#include "core/cache/conditional.h"
#include "core/cache/varyfields.h"
#include "core/http/byteappend.h"
#include "core/http/httpdate.h"
#include "core/http/reasonphrase.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sallyport {

namespace {

/// RFC 9110 15.4.5: what a 304 needs; other fields of the content would say nothing new.
constexpr QByteArrayView kOfContent[] = {"Content-Encoding", "Content-Language", "Content-Type",
                                         "Content-Range"};

/// Fields of the stored content that a 304 does not change: the content stays as it is.
bool staysAsStored(QByteArrayView name) {
    static constexpr QByteArrayView kStay[] = {
        "Content-Length", "Content-Encoding", "Content-Range", "Content-Type", "Transfer-Encoding"};
    return std::any_of(std::begin(kStay), std::end(kStay),
                       [&](QByteArrayView each) { return ascii::equalsIgnoreCase(name, each); });
}

/// A number as text, without an allocation.
class Decimal {
public:
    explicit Decimal(qint64 number)
        : m_end(std::to_chars(m_digits.data(), m_digits.data() + m_digits.size(), number).ptr) {}
    /// A view into this.
    [[nodiscard]] QByteArrayView text() const { return {m_digits.data(), m_end - m_digits.data()}; }

private:
    std::array<char, 20> m_digits;
    const char* m_end;
};

void setStatus(ResponseHead& head, int status) {
    head.status = status;
    head.reason = reasonPhrase(status).toByteArray();
}

void becomeNotModified(CacheResponse& out) {
    setStatus(out.head, 304);
    for (const QByteArrayView name : kOfContent)
        out.head.fields.removeAll(name);
    out.size = 0;
}

QByteArray rangeOf(const ByteRange& range, qsizetype size) {
    return "bytes " + QByteArray::number(range.first) + '-' + QByteArray::number(range.last) + '/' +
           QByteArray::number(size);
}

void becomePart(CacheResponse& out, const RangeReading& reading, qsizetype whole) {
    if (reading.kind == RangeReading::Kind::Unsatisfiable) {
        setStatus(out.head, 416);
        out.head.fields.set("Content-Range", QByteArray("bytes */" + QByteArray::number(whole)));
        out.size = 0;
        return;
    }
    setStatus(out.head, 206);
    out.head.fields.set("Content-Range", rangeOf(reading.range, whole));
    out.from = reading.range.first;
    out.size = reading.range.size();
}

void frame(CacheResponse& out, QByteArrayView method) {
    const int status = out.head.status;
    if (status == 204 || status == 304) return;
    out.head.fields.append("Content-Length", Decimal(out.size).text());
    if (method == "HEAD")
        out.size = 0;
    else
        out.framing = {BodyKind::Length, static_cast<quint64>(out.size)};
}

} // namespace

CacheResponse responseFromCache(const CacheRequest& request, const StoredResponse& stored,
                                std::chrono::seconds age, QByteArrayView cacheStatus) {
    CacheResponse out;
    // Room for Age, Cache-Status, Content-Length, and Content-Range of a part.
    constexpr std::size_t kAddedFields = 4;
    constexpr qsizetype kAddedBytes = 160;
    out.head = {stored.head.version, stored.head.status, stored.head.reason,
                stored.head.fields.withRoom(kAddedFields, kAddedBytes)};
    out.size = stored.content.size();
    out.head.fields.set("Age", Decimal(age.count()).text());
    addCacheStatus(out.head.fields, cacheStatus);
    if (isNotModified(request.fields, stored.head)) {
        becomeNotModified(out);
    } else if (request.method == "GET") {
        const RangeReading reading = readRange(request.fields, stored.head, stored.content.size());
        if (reading.kind != RangeReading::Kind::Whole)
            becomePart(out, reading, stored.content.size());
    }
    frame(out, request.method);
    return out;
}

StoredResponse storedFrom(const ResponseHead& head, const FieldList& request,
                          CacheSeconds requestedAt, CacheSeconds receivedAt) {
    StoredResponse out;
    out.head = head;
    out.head.fields.removeEverySpelling("Content-Length");
    out.head.fields.removeEverySpelling("Transfer-Encoding");
    out.head.fields.removeEverySpelling("Trailer");
    // RFC 9110 6.6.1: a recipient with a clock adds the Date that is missing. One that is no date
    // would leave Expires without a beginning.
    const auto date = out.head.fields.first("Date");
    if (!date || !parseHttpDate(*date)) out.head.fields.set("Date", httpDate(receivedAt.count()));
    out.selectedBy = selectingFields(head.fields, request);
    out.requestedAt = requestedAt;
    out.receivedAt = receivedAt;
    return out;
}

StoredResponse updated(const StoredResponse& stored, const FieldList& notModified,
                       CacheSeconds requestedAt, CacheSeconds receivedAt) {
    StoredResponse out = stored;
    // A stored Age is of the response that was stored (RFC 9111 4.2.3).
    out.head.fields.removeAll("Age");
    for (const FieldView field : notModified)
        if (!staysAsStored(field.name)) out.head.fields.removeAll(field.name);
    for (const FieldView field : notModified)
        if (!staysAsStored(field.name)) out.head.fields.append(field.name, field.value);
    if (!notModified.contains("Date")) out.head.fields.set("Date", httpDate(receivedAt.count()));
    out.requestedAt = requestedAt;
    out.receivedAt = receivedAt;
    return out;
}

QByteArray hitStatus(const CacheLookup& lookup, QByteArrayView detail) {
    QByteArray out;
    appendAll(out, {"hit; ttl=", Decimal(lookup.freshFor.count()).text(),
                    detail.isEmpty() ? "" : "; detail=", detail});
    return out;
}

QByteArray forwardStatus(QByteArrayView why, QByteArrayView notStored) {
    QByteArray out = "fwd=";
    out.append(why);
    if (notStored.isEmpty()) return out.append("; stored");
    return out.append("; detail=").append(notStored);
}

void addCacheStatus(FieldList& fields, QByteArrayView parameters) {
    QByteArray line;
    appendAll(line, {"Sallyport; ", parameters});
    fields.append("Cache-Status", line);
}

} // namespace sallyport
