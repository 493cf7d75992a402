// SPDX-License-Identifier: MIT
#include "core/upstream/http2session.h"

#include "core/http/reasonphrase.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport {

namespace {

Http2Session& sessionOf(void* user) { return *static_cast<Http2Session*>(user); }

QByteArrayView viewOf(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size)};
}

/// Valid as long as `fields` is; the library copies at once, and writes to none of it.
std::vector<nghttp2_nv> valuesOf(const FieldList& fields) {
    const auto bytes = [](QByteArrayView view) {
        return reinterpret_cast<std::uint8_t*>(const_cast<char*>(view.data()));
    };
    std::vector<nghttp2_nv> out;
    out.reserve(fields.size());
    for (const FieldView field : fields)
        out.push_back({bytes(field.name), bytes(field.value),
                       static_cast<std::size_t>(field.name.size()),
                       static_cast<std::size_t>(field.value.size()), NGHTTP2_NV_FLAG_NONE});
    return out;
}

bool endsStream(const nghttp2_frame& frame) {
    return (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}

Http2Closure closureOf(std::uint32_t code, bool isByPeer) {
    using Kind = Http2Closure::Kind;
    if (code == NGHTTP2_REFUSED_STREAM)
        return {Kind::Refused, QStringLiteral("the target refused the stream")};
    // The library ends streams whose content is not as long as Content-Length says, and the like.
    if (!isByPeer)
        return {Kind::Malformed, QStringLiteral("the response is not well-formed HTTP/2 (%1)")
                                     .arg(QLatin1String(nghttp2_http2_strerror(code)))};
    if (code == NGHTTP2_HTTP_1_1_REQUIRED)
        return {Kind::Reset, QStringLiteral("the target takes this request by HTTP/1.1 only")};
    return {Kind::Reset, QStringLiteral("the target reset the stream (%1)")
                             .arg(QLatin1String(nghttp2_http2_strerror(code)))};
}

} // namespace

struct Http2Session::Calls {
    static int beginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        sessionOf(user).beginFields(frame->hd.stream_id);
        return 0;
    }
    // NOLINTNEXTLINE(readability-function-size): as the library calls it
    static int header(nghttp2_session*, const nghttp2_frame* frame, nghttp2_rcbuf* name,
                      nghttp2_rcbuf* value, std::uint8_t, void* user) {
        const nghttp2_vec n = nghttp2_rcbuf_get_buf(name);
        const nghttp2_vec v = nghttp2_rcbuf_get_buf(value);
        const bool isTaken = sessionOf(user).addField(frame->hd.stream_id, viewOf(n.base, n.len),
                                                      viewOf(v.base, v.len));
        return isTaken ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    static int received(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        Http2Session& session = sessionOf(user);
        const std::int32_t stream = frame->hd.stream_id;
        switch (frame->hd.type) {
        case NGHTTP2_SETTINGS:
            if (session.m_isReady || (frame->hd.flags & NGHTTP2_FLAG_ACK) != 0) break;
            session.m_isReady = true;
            session.m_events.sessionReady();
            break;
        case NGHTTP2_RST_STREAM:
            if (Stream* const is = session.find(stream)) is->wasReset = true;
            break;
        case NGHTTP2_GOAWAY: session.m_isGoingAway = true; break;
        case NGHTTP2_HEADERS: session.fieldsEnded(stream, endsStream(*frame)); break;
        case NGHTTP2_DATA:
            if (endsStream(*frame)) session.streamEnded(stream);
            break;
        }
        return 0;
    }
    // NOLINTNEXTLINE(readability-function-size): as the library calls it
    static int data(nghttp2_session* raw, std::uint8_t, std::int32_t stream,
                    const std::uint8_t* bytes, std::size_t size, void* user) {
        Http2Session& session = sessionOf(user);
        nghttp2_session_consume_connection(raw, size);
        if (session.find(stream)) session.m_events.streamBody(stream, viewOf(bytes, size));
        return 0;
    }
    static int streamClose(nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user) {
        sessionOf(user).closed(stream, code);
        return 0;
    }
    static int sent(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        Http2Session& session = sessionOf(user);
        const bool isContent = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
        if (isContent && endsStream(*frame) && session.find(frame->hd.stream_id))
            session.m_events.streamSent(frame->hd.stream_id);
        return 0;
    }
    static int notSent(nghttp2_session*, const nghttp2_frame* frame, int, void* user) {
        if (frame->hd.type == NGHTTP2_HEADERS)
            sessionOf(user).closed(frame->hd.stream_id, NGHTTP2_REFUSED_STREAM);
        return 0;
    }
    // NOLINTNEXTLINE(readability-function-size): as the library calls it
    static ssize_t content(nghttp2_session* raw, std::int32_t stream, std::uint8_t* room,
                           std::size_t size, std::uint32_t* flags, nghttp2_data_source* source,
                           void*) {
        Http2Session& session = sessionOf(source->ptr);
        if (!session.find(stream)) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        const Http2Content is = session.m_events.streamContent(stream, {room, size});
        if (is.bytes == 0 && !is.isEnd) return NGHTTP2_ERR_DEFERRED;
        if (is.isEnd) *flags |= NGHTTP2_DATA_FLAG_EOF;
        if (is.isEnd && !is.trailers.isEmpty()) {
            *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            const auto values = valuesOf(is.trailers);
            nghttp2_submit_trailer(raw, stream, values.data(), values.size());
        }
        return static_cast<ssize_t>(is.bytes);
    }
    static nghttp2_session* make(Http2Session* user, const ParseLimits& limits);
};

nghttp2_session* Http2Session::Calls::make(Http2Session* user, const ParseLimits& limits) {
    // What the library bounds by itself is 64 KiB. A request has passed our own limits; beside it
    // the rules of its route and the library's 12 bytes for each field have room.
    constexpr std::size_t kOfField = 12;
    constexpr std::size_t kOfRules = std::size_t{256} * 1024;
    const std::size_t most =
        static_cast<std::size_t>(limits.head) + limits.fields * kOfField + kOfRules;
    nghttp2_session_callbacks* calls = nullptr;
    nghttp2_session_callbacks_new(&calls);
    nghttp2_session_callbacks_set_on_begin_headers_callback(calls, &beginHeaders);
    nghttp2_session_callbacks_set_on_header_callback2(calls, &header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(calls, &received);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(calls, &data);
    nghttp2_session_callbacks_set_on_stream_close_callback(calls, &streamClose);
    nghttp2_session_callbacks_set_on_frame_send_callback(calls, &sent);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(calls, &notSent);
    nghttp2_option* options = nullptr;
    nghttp2_option_new(&options);
    nghttp2_option_set_no_auto_window_update(options, 1);
    nghttp2_option_set_max_deflate_dynamic_table_size(options, 0);
    nghttp2_option_set_max_send_header_block_length(options, most);
    nghttp2_session* session = nullptr;
    nghttp2_session_client_new2(&session, calls, user, options);
    nghttp2_option_del(options);
    nghttp2_session_callbacks_del(calls);
    return session;
}

Http2Session::Http2Session(Http2SessionEvents& events, const ResponseLimits& limits)
    : m_events(events)
    , m_limits(limits)
    , m_session(Calls::make(this, limits.parse), &nghttp2_session_del) {
    const std::array<nghttp2_settings_entry, 3> settings{
        {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
         {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
         {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(limits.parse.head)}}};
    nghttp2_submit_settings(m_session.get(), NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(m_session.get(), NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
}

Http2Session::~Http2Session() = default;

Http2Session::Stream* Http2Session::find(std::int32_t stream) {
    const auto found = m_streams.find(stream);
    return found == m_streams.end() ? nullptr : &found->second;
}

std::optional<std::int32_t> Http2Session::submit(const FieldList& fields, bool hasContent) {
    const auto values = valuesOf(fields);
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = &Calls::content;
    const std::int32_t stream =
        nghttp2_submit_request(m_session.get(), nullptr, values.data(), values.size(),
                               hasContent ? &provider : nullptr, nullptr);
    if (stream <= 0) return std::nullopt;
    m_streams.emplace(stream, Stream{});
    return stream;
}

void Http2Session::resume(std::int32_t stream) {
    nghttp2_session_resume_data(m_session.get(), stream);
}

void Http2Session::consume(std::int32_t stream, qsizetype bytes) {
    nghttp2_session_consume_stream(m_session.get(), stream, static_cast<std::size_t>(bytes));
}

void Http2Session::reset(std::int32_t stream) {
    m_streams.erase(stream);
    std::erase_if(m_closed, [stream](const Closed& each) { return each.stream == stream; });
    nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
}

void Http2Session::goAway() {
    m_isGoingAway = true;
    nghttp2_session_terminate_session(m_session.get(), NGHTTP2_NO_ERROR);
}

std::optional<QString> Http2Session::receive(QByteArrayView bytes) {
    const auto taken = nghttp2_session_mem_recv(m_session.get(),
                                                reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                                static_cast<std::size_t>(bytes.size()));
    if (taken >= 0) return std::nullopt;
    return endedFor();
}

QString Http2Session::endedFor() const {
    return m_isReady ? QStringLiteral("what the target sends is not well-formed HTTP/2")
                     : QStringLiteral("the target does not speak HTTP/2");
}

void Http2Session::takeOutput(QByteArray& out, qsizetype limit) {
    while (out.size() < limit) {
        const std::uint8_t* bytes = nullptr;
        const auto size = nghttp2_session_mem_send(m_session.get(), &bytes);
        if (size <= 0) return;
        out.append(viewOf(bytes, static_cast<std::size_t>(size)));
    }
}

void Http2Session::settle() {
    while (!m_closed.empty()) {
        const Closed first = std::move(m_closed.front());
        m_closed.erase(m_closed.begin());
        m_events.streamClosed(first.stream, first.closure);
    }
}

std::uint32_t Http2Session::maxStreams() const {
    return std::min(kMaxStreams, nghttp2_session_get_remote_settings(
                                     m_session.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS));
}

bool Http2Session::isOver() const {
    return nghttp2_session_want_read(m_session.get()) == 0 &&
           nghttp2_session_want_write(m_session.get()) == 0;
}

void Http2Session::beginFields(std::int32_t stream) {
    Stream* const is = find(stream);
    if (!is) return;
    is->bytes = 0;
    if (!is->hasHead) is->head = {kHttp2, 0, {}, {}};
}

bool Http2Session::addField(std::int32_t stream, QByteArrayView name, QByteArrayView value) {
    Stream* const is = find(stream);
    if (!is) return true;
    is->bytes += name.size() + value.size() + 4;
    FieldList& fields = is->hasHead ? is->trailers : is->head.fields;
    const qsizetype most = is->hasHead ? m_limits.parse.trailers : m_limits.parse.head;
    if (is->bytes > most || fields.size() >= m_limits.parse.fields) {
        is->problem = QStringLiteral("the fields of the response are too large");
        return false;
    }
    if (name == ":status")
        is->head.status = value.toInt();
    else
        fields.append(name, value);
    return true;
}

void Http2Session::fieldsEnded(std::int32_t stream, bool isEnd) {
    Stream* const is = find(stream);
    if (!is) return;
    if (is->hasHead) {
        if (isEnd) streamEnded(stream);
        return;
    }
    is->head.reason = reasonPhrase(is->head.status).toByteArray();
    if (is->head.isInterim()) {
        if (++is->interims <= m_limits.interimResponses) {
            const ResponseHead interim = std::exchange(is->head, {});
            m_events.streamInterim(stream, interim);
            return;
        }
        endFor(stream, *is, QStringLiteral("too many interim responses"));
        return;
    }
    // RFC 9110 15: the library takes any three digits.
    if (is->head.status < 100) {
        endFor(stream, *is, QStringLiteral("its status is below 100"));
        return;
    }
    is->hasHead = true;
    m_events.streamHead(stream, std::move(is->head), isEnd);
    if (isEnd) streamEnded(stream);
}

/// It is told as closed once the frame for it is out.
void Http2Session::endFor(std::int32_t stream, Stream& is, const QString& problem) {
    is.problem = problem;
    nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
}

void Http2Session::streamEnded(std::int32_t stream) {
    Stream* const is = find(stream);
    if (!is || !is->problem.isEmpty()) return;
    const FieldList trailers = std::move(is->trailers);
    m_streams.erase(stream);
    // RFC 9113 8.1: a response may end before its request does; what is left of that is not sent.
    if (nghttp2_session_get_stream_local_close(m_session.get(), stream) == 0)
        nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream, NGHTTP2_NO_ERROR);
    m_events.streamEnd(stream, trailers);
}

void Http2Session::closed(std::int32_t stream, std::uint32_t code) {
    const auto found = m_streams.find(stream);
    if (found == m_streams.end()) return;
    const QString& problem = found->second.problem;
    m_closed.push_back({stream, problem.isEmpty()
                                    ? closureOf(code, found->second.wasReset)
                                    : Http2Closure{Http2Closure::Kind::Malformed, problem}});
    m_streams.erase(found);
}

} // namespace sallyport
