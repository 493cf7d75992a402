// SPDX-License-Identifier: MIT
#include "core/history/historyschema.h"

#include "core/history/exchangecodec.h"
#include "core/observe/failedexchange.h"

#include <QVariant>

#include <array>
#include <tuple>

namespace sallyport::schema {

namespace {

QVariant count(const std::optional<qint64>& value) {
    return value ? QVariant(*value) : QVariant(QMetaType(QMetaType::LongLong));
}

std::optional<qint64> countAt(const QSqlQuery& query, int column) {
    const QVariant value = query.value(column);
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

QString text(const QByteArray& bytes) { return QString::fromUtf8(bytes); }

int flagsOf(const ExchangeRecord& r) {
    int flags = 0;
    if (isFailed(r)) flags |= Failed;
    if (r.isEventStream) flags |= Stream;
    if (r.isUpgraded || r.role == RequestRole::Tunnel) flags |= Tunnel;
    if (r.webSocket) flags |= WebSocket;
    if (r.isUpgraded) flags |= Upgraded;
    if (r.isConnectionReused) flags |= Reused;
    return flags;
}

/// The value whose word stands there; the first one for a word that is none.
template <typename Enum, std::size_t N>
Enum fromWord(const QVariant& word, const std::array<Enum, N>& values) {
    const QByteArray wanted = word.toString().toLatin1();
    for (const Enum value : values)
        if (wordOf(value) == wanted) return value;
    return values.front();
}

constexpr std::array kRoles{RequestRole::Gateway, RequestRole::Forward, RequestRole::Tunnel,
                            RequestRole::Local};
constexpr std::array kEnds{ExchangeEnd::Complete,  ExchangeEnd::Refused, ExchangeEnd::UpstreamError,
                           ExchangeEnd::Truncated, ExchangeEnd::Stalled, ExchangeEnd::ClientGone};

/// Columns of the query of selectRecords().
enum Column : int {
    Id,
    Method,
    Host,
    Path,
    Route,
    Upstream,
    ModelAsked,
    ModelSent,
    Role,
    EndedAs,
    Target,
    UserAgent,
    Client,
    ReceivedPath,
    ErrorText,
    ErrorCode,
    Status,
    Flags,
    TokensIn,
    Output,
    ResponseBytes,
    FirstUs,
    EndedUs,
    StartedUs,
    Input,
    CacheRead,
    CacheWritten,
    Events,
    RequestBytes,
    ConnectedUs,
    SentUs,
    Rest,
};

void readTexts(const QSqlQuery& query, ExchangeRecord& r) {
    const auto bytes = [&query](int column) { return query.value(column).toString().toUtf8(); };
    r.method = bytes(Method);
    r.host = bytes(Host);
    r.path = bytes(Path);
    r.route = query.value(Route).toString();
    r.upstream = query.value(Upstream).toString();
    r.modelAsked = bytes(ModelAsked);
    r.modelSent = bytes(ModelSent);
    r.role = fromWord(query.value(Role), kRoles);
    r.end = fromWord(query.value(EndedAs), kEnds);
    r.target = query.value(Target).toString();
    r.userAgent = bytes(UserAgent);
    r.client = query.value(Client).toString();
    r.receivedPath = bytes(ReceivedPath);
    r.error = query.value(ErrorText).toString();
    r.errorCode = bytes(ErrorCode);
}

} // namespace

QString wordTable(qint64 period) { return QStringLiteral("words_%1").arg(period); }

qint64 microsOf(WallTime time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

const char* kindColumns() {
    return "method, host, path, route, upstream, model_asked, model_sent, role, ended_as, target, "
           "user_agent, client, received_path";
}

QVariantList kindOf(const ExchangeRecord& r) {
    return {text(r.method),
            text(r.host),
            text(r.path),
            r.route,
            r.upstream,
            text(r.modelAsked),
            text(r.modelSent),
            QString::fromLatin1(wordOf(r.role)),
            QString::fromLatin1(wordOf(r.end)),
            r.target,
            text(r.userAgent),
            r.client,
            text(r.receivedPath)};
}

bool isSameKind(const ExchangeRecord& a, const ExchangeRecord& b) {
    const auto texts = [](const ExchangeRecord& r) {
        return std::tie(r.method, r.host, r.path, r.route, r.upstream, r.modelAsked, r.modelSent,
                        r.role, r.end, r.target, r.userAgent, r.client, r.receivedPath);
    };
    return texts(a) == texts(b);
}

const char* rowColumns() {
    return "status, flags, tokens_in, output, response_bytes, first_us, ended_us, started_us, "
           "input, cache_read, cache_written, events, request_bytes, connected_us, sent_us, "
           "rest";
}

QVariantList rowOf(const ExchangeRecord& r) {
    const Usage& usage = r.usage;
    std::optional<qint64> tokensIn;
    if (usage.input || usage.cacheRead || usage.cacheWritten)
        tokensIn =
            usage.input.value_or(0) + usage.cacheRead.value_or(0) + usage.cacheWritten.value_or(0);
    return {r.status,
            flagsOf(r),
            count(tokensIn),
            count(usage.output),
            r.responseBytes,
            count(r.times.firstByte),
            count(r.times.ended),
            microsOf(r.startedAt),
            count(usage.input),
            count(usage.cacheRead),
            count(usage.cacheWritten),
            static_cast<qint64>(r.events),
            r.requestBytes,
            count(r.times.connected),
            count(r.times.requestSent),
            exchangecodec::encodedRest(r)};
}

QString selectRecords() {
    return QStringLiteral("SELECT exchanges.id, %1, errors.text, errors.code, %2 FROM exchanges "
                          "JOIN kinds ON kinds.id = exchanges.kind "
                          "LEFT JOIN errors ON errors.id = exchanges.error ")
        .arg(QLatin1String(kindColumns()), QLatin1String(rowColumns()));
}

ExchangeRecord recordAt(const QSqlQuery& query) {
    ExchangeRecord r;
    r.id = query.value(Id).toULongLong();
    r.phase = ExchangePhase::Ended;
    readTexts(query, r);
    r.status = query.value(Status).toInt();
    const int flags = query.value(Flags).toInt();
    r.isEventStream = (flags & Stream) != 0;
    r.isUpgraded = (flags & Upgraded) != 0;
    r.isConnectionReused = (flags & Reused) != 0;
    r.usage = {countAt(query, Input), countAt(query, Output), countAt(query, CacheRead),
               countAt(query, CacheWritten)};
    r.responseBytes = query.value(ResponseBytes).toLongLong();
    r.requestBytes = query.value(RequestBytes).toLongLong();
    r.events = query.value(Events).toULongLong();
    r.startedAt = WallTime(std::chrono::microseconds(query.value(StartedUs).toLongLong()));
    r.times = {countAt(query, ConnectedUs), countAt(query, SentUs), countAt(query, FirstUs),
               countAt(query, EndedUs)};
    exchangecodec::decodeRest(query.value(Rest).toByteArray(), r);
    return r;
}

} // namespace sallyport::schema
