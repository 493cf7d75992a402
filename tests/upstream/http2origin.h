// SPDX-License-Identifier: MIT
#pragma once

#include "tests/upstream/transportorigin.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace sallyport::test {

/// In HTTP/2 with prior knowledge, by nghttp2 as a server.
class Http2Origin final : public TransportOrigin {
public:
    explicit Http2Origin(std::uint32_t maxStreams = 100)
        : m_maxStreams(maxStreams) {}
    ~Http2Origin() override {
        for (Line& line : m_lines)
            nghttp2_session_del(line.session);
    }

    void step() override {
        for (LoopbackPeer peer = server.accept(); peer.descriptor() >= 0; peer = server.accept())
            begin(std::move(peer));
        for (Line& line : m_lines)
            step(line);
    }
    void interim(std::size_t request, int status, const FieldList& fields) override {
        const Place at = m_places[request];
        const FieldList all = withStatus(status, fields);
        const auto values = valuesOf(all);
        nghttp2_submit_headers(at.line->session, NGHTTP2_FLAG_NONE, at.stream, nullptr,
                               values.data(), values.size(), nullptr);
        flush(*at.line);
    }
    void head(std::size_t request, int status, const FieldList& fields, bool isEnd) override {
        const Place at = m_places[request];
        const FieldList all = withStatus(status, fields);
        const auto values = valuesOf(all);
        nghttp2_data_provider provider{};
        provider.source.ptr = at.line;
        provider.read_callback = &Http2Origin::content;
        nghttp2_submit_response(at.line->session, at.stream, values.data(), values.size(),
                                isEnd ? nullptr : &provider);
        flush(*at.line);
    }
    void body(std::size_t request, QByteArrayView bytes) override {
        const Place at = m_places[request];
        at.line->streams[at.stream].out += bytes.toByteArray();
        nghttp2_session_resume_data(at.line->session, at.stream);
        flush(*at.line);
    }
    void end(std::size_t request, const FieldList& trailers) override {
        const Place at = m_places[request];
        at.line->streams[at.stream].isEnded = true;
        at.line->streams[at.stream].trailers = trailers;
        nghttp2_session_resume_data(at.line->session, at.stream);
        flush(*at.line);
    }
    void cut(std::size_t request) override { reset(request, NGHTTP2_INTERNAL_ERROR); }
    void reset(std::size_t request, std::uint32_t code) {
        const Place at = m_places[request];
        nghttp2_submit_rst_stream(at.line->session, NGHTTP2_FLAG_NONE, at.stream, code);
        flush(*at.line);
    }
    /// No stream after that of `request` was processed; -1: none at all.
    void goAway(int request) {
        Line& line = m_lines.back();
        const std::int32_t last =
            request < 0 ? 0 : m_places[static_cast<std::size_t>(request)].stream;
        nghttp2_submit_goaway(line.session, NGHTTP2_FLAG_NONE, last, NGHTTP2_NO_ERROR, nullptr, 0);
        flush(line);
    }
    /// Ends the connection of a request with a reset.
    void resetConnection(std::size_t request) { m_places[request].line->peer.reset(); }
    [[nodiscard]] qsizetype unsent() const override {
        qsizetype all = 0;
        for (const Line& line : m_lines) {
            all += line.unsent.size();
            for (const auto& [id, stream] : line.streams)
                all += stream.out.size();
        }
        return all;
    }
    [[nodiscard]] std::size_t connections() const override { return m_lines.size(); }

private:
    struct Stream {
        std::shared_ptr<OriginRequest> request;
        QByteArray out;
        FieldList trailers;
        bool isEnded = false;
    };
    struct Line {
        Http2Origin* origin = nullptr;
        LoopbackPeer peer;
        nghttp2_session* session = nullptr;
        std::map<std::int32_t, Stream> streams;
        QByteArray unsent;
    };
    struct Place {
        Line* line;
        std::int32_t stream;
    };

    static QByteArray bytesOf(const std::uint8_t* bytes, std::size_t size) {
        return {reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size)};
    }
    static FieldList withStatus(int status, const FieldList& fields) {
        FieldList all;
        all.append(":status", QByteArray::number(status));
        for (const FieldView field : fields)
            all.append(field.name.toByteArray().toLower(), field.value);
        return all;
    }
    static std::vector<nghttp2_nv> valuesOf(const FieldList& fields) {
        std::vector<nghttp2_nv> out;
        const auto bytes = [](QByteArrayView view) {
            return reinterpret_cast<std::uint8_t*>(const_cast<char*>(view.data()));
        };
        for (const FieldView field : fields)
            out.push_back({bytes(field.name), bytes(field.value),
                           static_cast<std::size_t>(field.name.size()),
                           static_cast<std::size_t>(field.value.size()), NGHTTP2_NV_FLAG_NONE});
        return out;
    }
    static Line& lineOf(void* user) { return *static_cast<Line*>(user); }

    static int beginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        Line& line = lineOf(user);
        Stream& stream = line.streams[frame->hd.stream_id];
        if (stream.request) return 0;
        stream.request = std::make_shared<OriginRequest>();
        line.origin->requests.push_back(stream.request);
        line.origin->m_places.push_back({&line, frame->hd.stream_id});
        return 0;
    }
    static int header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t nameSize, const std::uint8_t* value, std::size_t valueSize,
                      std::uint8_t, void* user) {
        OriginRequest& request = *lineOf(user).streams[frame->hd.stream_id].request;
        const QByteArray n = bytesOf(name, nameSize);
        const QByteArray v = bytesOf(value, valueSize);
        const bool isTrailer = frame->headers.cat != NGHTTP2_HCAT_REQUEST;
        if (n == ":method")
            request.method = v;
        else if (n == ":path")
            request.path = v;
        else if (n == ":authority")
            request.host = v;
        else if (n != ":scheme" && n != "content-length")
            (isTrailer ? request.trailers : request.fields).append(n, v);
        return 0;
    }
    static int data(nghttp2_session*, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes,
                    std::size_t size, void* user) {
        lineOf(user).streams[stream].request->content += bytesOf(bytes, size);
        return 0;
    }
    static int received(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        Line& line = lineOf(user);
        const auto found = line.streams.find(frame->hd.stream_id);
        if (found == line.streams.end()) return 0;
        const bool isContent = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;
        if (isContent && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0)
            found->second.request->isWhole = true;
        if (frame->hd.type == NGHTTP2_RST_STREAM) found->second.request->isCancelled = true;
        return 0;
    }
    static ssize_t content(nghttp2_session* session, std::int32_t id, std::uint8_t* room,
                           std::size_t size, std::uint32_t* flags, nghttp2_data_source* source,
                           void*) {
        Stream& stream = static_cast<Line*>(source->ptr)->streams[id];
        const std::size_t taken = std::min(size, static_cast<std::size_t>(stream.out.size()));
        std::memcpy(room, stream.out.constData(), taken);
        stream.out.remove(0, static_cast<qsizetype>(taken));
        if (!stream.out.isEmpty()) return static_cast<ssize_t>(taken);
        if (!stream.isEnded && taken == 0) return NGHTTP2_ERR_DEFERRED;
        if (!stream.isEnded) return static_cast<ssize_t>(taken);
        *flags |= NGHTTP2_DATA_FLAG_EOF;
        if (stream.trailers.isEmpty()) return static_cast<ssize_t>(taken);
        *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const auto values = valuesOf(stream.trailers);
        nghttp2_submit_trailer(session, id, values.data(), values.size());
        return static_cast<ssize_t>(taken);
    }
    void begin(LoopbackPeer peer) {
        Line& line = m_lines.emplace_back();
        line.origin = this;
        line.peer = std::move(peer);
        nghttp2_session_callbacks* calls = nullptr;
        nghttp2_session_callbacks_new(&calls);
        nghttp2_session_callbacks_set_on_begin_headers_callback(calls, &beginHeaders);
        nghttp2_session_callbacks_set_on_header_callback(calls, &header);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(calls, &data);
        nghttp2_session_callbacks_set_on_frame_recv_callback(calls, &received);
        nghttp2_option* options = nullptr;
        nghttp2_option_new(&options);
        // A test may say what no server should: the client has to see it.
        nghttp2_option_set_no_http_messaging(options, 1);
        nghttp2_session_server_new2(&line.session, calls, &line, options);
        nghttp2_option_del(options);
        nghttp2_session_callbacks_del(calls);
        const nghttp2_settings_entry streams{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, m_maxStreams};
        nghttp2_submit_settings(line.session, NGHTTP2_FLAG_NONE, &streams, 1);
    }
    void step(Line& line) {
        if (line.peer.descriptor() < 0) return;
        if (isReading) {
            const QByteArray came = line.peer.receive();
            nghttp2_session_mem_recv(line.session,
                                     reinterpret_cast<const std::uint8_t*>(came.constData()),
                                     static_cast<std::size_t>(came.size()));
            if (line.peer.isAtEnd || line.peer.error != 0)
                for (auto& [id, stream] : line.streams)
                    stream.request->isCancelled = true;
        }
        flush(line);
    }
    static void flush(Line& line) {
        if (line.peer.descriptor() < 0) return;
        constexpr qsizetype kAtOnce = 65536;
        while (line.unsent.size() < kAtOnce) {
            const std::uint8_t* bytes = nullptr;
            const auto size = nghttp2_session_mem_send(line.session, &bytes);
            if (size <= 0) break;
            line.unsent += bytesOf(bytes, static_cast<std::size_t>(size));
        }
        if (line.unsent.isEmpty()) return;
        if (const qsizetype sent = line.peer.send(line.unsent); sent > 0)
            line.unsent.remove(0, sent);
    }

    std::uint32_t m_maxStreams;
    std::list<Line> m_lines;
    std::vector<Place> m_places;
};

} // namespace sallyport::test
