// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/upstream/sockettransport.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct nghttp2_session;

namespace sallyport {

/// Why a stream was over before its response was whole.
struct Http2Closure {
    enum class Kind {
        Refused,  ///< proven: no part of the request was processed (RFC 9113 8.7, 6.8)
        Reset,    ///< by the peer
        Malformed ///< what the peer sent is no response, or above a limit
    };
    Kind kind = Kind::Reset;
    QString detail; ///< one clause
};

/// What a session asks for when the content of a request can go on.
struct Http2Content {
    std::size_t bytes = 0; ///< that were put into the room; 0: none are there now
    bool isEnd = false;
    FieldList trailers; ///< with isEnd
};

/// Receives the events of a session. Calls come from inside Http2Session::receive() and
/// takeOutput(); submit(), resume(), consume() and reset() are allowed in them.
class Http2SessionEvents {
public:
    virtual ~Http2SessionEvents() = default;
    /// The peer speaks HTTP/2: its first SETTINGS have come.
    virtual void sessionReady() = 0;
    virtual void streamInterim(std::int32_t stream, const ResponseHead& head) = 0;
    /// `isEnd`: no content follows.
    virtual void streamHead(std::int32_t stream, ResponseHead head, bool isEnd) = 0;
    /// To be taken off the stream's window by consume().
    virtual void streamBody(std::int32_t stream, QByteArrayView bytes) = 0;
    /// The last call for a stream: its response is whole.
    virtual void streamEnd(std::int32_t stream, const FieldList& trailers) = 0;
    /// The last call for a stream; from inside settle() alone.
    virtual void streamClosed(std::int32_t stream, const Http2Closure& closure) = 0;
    /// Puts content into `room`; makes no other call.
    virtual Http2Content streamContent(std::int32_t stream, std::span<std::uint8_t> room) = 0;
    /// The request is in the output as a whole.
    virtual void streamSent(std::int32_t stream) = 0;
};

/// The client's side of one HTTP/2 connection (RFC 9113) without I/O, by nghttp2: bytes in and out,
/// events. Grammar of fields, flow control and the length of contents are checked by the library.
///
/// The dynamic table of HPACK is not used for requests: they are of different clients, and what one
/// sends must not show in the size of what another one sends (RFC 7541 7.1).
class Http2Session {
public:
    /// Of one response so much comes before it is consumed.
    static constexpr std::int32_t kStreamWindow = 256 * 1024;
    /// Of all together; it is consumed at once.
    static constexpr std::int32_t kConnectionWindow = 16 * 1024 * 1024;
    /// Streams at once, whatever more the peer allows.
    static constexpr std::uint32_t kMaxStreams = 100;

    Http2Session(Http2SessionEvents& events, const ResponseLimits& limits);
    ~Http2Session();
    Http2Session(const Http2Session&) = delete;
    Http2Session& operator=(const Http2Session&) = delete;

    /// Begins a request with these fields (http2RequestFields()); nothing: no stream can be begun.
    [[nodiscard]] std::optional<std::int32_t> submit(const FieldList& fields, bool hasContent);
    /// streamContent() has more to give.
    void resume(std::int32_t stream);
    /// The peer may send so much more on this stream.
    void consume(std::int32_t stream, qsizetype bytes);
    /// Ends a stream, of which no call comes any more.
    void reset(std::int32_t stream);
    /// Tells the peer that no more streams are begun.
    void goAway();

    /// Takes what came; the error is one clause, and the session is over.
    [[nodiscard]] std::optional<QString> receive(QByteArrayView bytes);
    /// Appends what is to be sent until `out` has `limit` bytes.
    void takeOutput(QByteArray& out, qsizetype limit);
    /// Tells of streams that are over; not from inside another call.
    void settle();

    [[nodiscard]] std::uint32_t maxStreams() const;
    [[nodiscard]] bool isGoingAway() const { return m_isGoingAway; }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    /// Nothing comes and nothing goes any more.
    [[nodiscard]] bool isOver() const;
    /// Why, where it is the peer's fault: one clause.
    [[nodiscard]] QString endedFor() const;

private:
    struct Calls; ///< what the library calls
    struct Stream {
        ResponseHead head;
        FieldList trailers;
        qsizetype bytes = 0; ///< of the field section that is coming
        int interims = 0;
        bool hasHead = false;
        bool wasReset = false; ///< by the peer
        QString problem;       ///< for which we end it
    };
    struct Closed {
        std::int32_t stream;
        Http2Closure closure;
    };

    [[nodiscard]] Stream* find(std::int32_t stream);
    void beginFields(std::int32_t stream);
    [[nodiscard]] bool addField(std::int32_t stream, QByteArrayView name, QByteArrayView value);
    void fieldsEnded(std::int32_t stream, bool isEnd);
    void endFor(std::int32_t stream, Stream& is, const QString& problem);
    void streamEnded(std::int32_t stream);
    void closed(std::int32_t stream, std::uint32_t code);

    Http2SessionEvents& m_events;
    ResponseLimits m_limits;
    std::unique_ptr<nghttp2_session, std::function<void(nghttp2_session*)>> m_session;
    std::map<std::int32_t, Stream> m_streams;
    std::vector<Closed> m_closed; ///< not yet told
    bool m_isReady = false;
    bool m_isGoingAway = false;
};

} // namespace sallyport
