// SPDX-License-Identifier: MIT
#include "core/proxy/exchangemachine.h"

#include <QTest>

#include <vector>

using namespace sallyport;

namespace {

struct Name {
    QByteArray operator()(const action::RelayInterim&) const {
        return QByteArrayLiteral("RelayInterim");
    }
    QByteArray operator()(const action::SendHead& a) const {
        static const char* const kFramings[] = {"None", "Length", "Chunked", "UntilClose"};
        return QByteArray("SendHead:") + kFramings[static_cast<int>(a.framing)] +
               (a.closes ? ":close" : "");
    }
    QByteArray operator()(const action::SendLastChunk&) const {
        return QByteArrayLiteral("SendLastChunk");
    }
    QByteArray operator()(const action::SendError& a) const {
        return "SendError:" + QByteArray::number(static_cast<int>(a.error.code)) +
               (a.closes ? ":close" : "");
    }
    QByteArray operator()(const action::CancelUpstream&) const {
        return QByteArrayLiteral("CancelUpstream");
    }
    QByteArray operator()(const action::HandOver&) const { return QByteArrayLiteral("HandOver"); }
    QByteArray operator()(const action::NextRequest&) const {
        return QByteArrayLiteral("NextRequest");
    }
    QByteArray operator()(const action::CloseDownstream&) const {
        return QByteArrayLiteral("Close");
    }
    QByteArray operator()(const action::CutDownstream&) const { return QByteArrayLiteral("Cut"); }
    QByteArray operator()(const action::Report& a) const {
        static const char* const kEnds[] = {"Running",   "Complete", "Refused",   "UpstreamError",
                                            "Truncated", "Stalled",  "ClientGone"};
        return QByteArray("Report:") + kEnds[static_cast<int>(a.end)];
    }
};

QByteArray told(ExchangeMachine& machine, const ExchangeEvent& happened) {
    QByteArrayList out;
    for (const ExchangeAction& each : machine.handle(happened))
        out << std::visit(Name{}, each);
    return out.join(' ');
}

ExchangeError upstreamError(ErrorCode code) { return {code, Side::Upstream, {}}; }
QByteArray errorName(ErrorCode code) { return "SendError:" + QByteArray::number(int(code)); }

/// One line of a conversation: what happens, and what is to be done about it.
struct Turn {
    ExchangeEvent happens;
    QByteArray expect;
};
using Conversation = std::vector<Turn>;

} // namespace

Q_DECLARE_METATYPE(Conversation)
Q_DECLARE_METATYPE(RequestTraits)

class TestExchangeMachine : public QObject {
    Q_OBJECT
private slots:
    void conversation_data();
    void conversation();
    void everyConversationReportsOnce();
};

void TestExchangeMachine::conversation_data() {
    QTest::addColumn<RequestTraits>("facts");
    QTest::addColumn<Conversation>("turns");
    const RequestTraits get;
    RequestTraits post;
    post.hasContent = true;
    RequestTraits http10;
    http10.isHttp10 = true;
    RequestTraits closing;
    closing.clientPersists = false;
    RequestTraits head;
    head.isHead = true;

    QTest::newRow("a GET with a length keeps the connection")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Length}, "SendHead:Length"},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"}};
    QTest::newRow("a POST streams its response in chunks")
        << post
        << Conversation{{event::RequestEnded{}, ""},
                        {event::ResponseHead{200, BodyKind::Chunked}, "SendHead:Chunked"},
                        {event::ResponseEnded{}, "SendLastChunk Report:Complete NextRequest"}};
    QTest::newRow("a close-delimited response is framed anew")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::UntilClose}, "SendHead:Chunked"},
                        {event::ResponseEnded{}, "SendLastChunk Report:Complete NextRequest"}};
    QTest::newRow("a 1.0 client gets no chunks and is closed")
        << http10
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:UntilClose:close"},
                        {event::ResponseEnded{}, "Report:Complete Close"}};
    QTest::newRow("a client that says close is closed")
        << closing
        << Conversation{{event::ResponseHead{200, BodyKind::Length}, "SendHead:Length:close"},
                        {event::ResponseEnded{}, "Report:Complete Close"}};
    QTest::newRow("a HEAD response has no content whatever it says")
        << head
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:None"},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"}};
    QTest::newRow("a response before the content has ended closes: what is left is no request")
        << post
        << Conversation{{event::ResponseHead{413, BodyKind::Length}, "SendHead:Length:close"},
                        {event::ResponseEnded{}, "CancelUpstream Report:Complete Close"}};
    QTest::newRow("103 is passed on, and the 200 after it")
        << get
        << Conversation{{event::Interim{103}, "RelayInterim"},
                        {event::ResponseHead{200, BodyKind::None}, "SendHead:None"},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"}};
    QTest::newRow("100 is passed on while the client still waits with its content")
        << post << Conversation{{event::Interim{100}, "RelayInterim"}};
    QTest::newRow("100 after the content has come is of no use")
        << post << Conversation{{event::RequestEnded{}, ""}, {event::Interim{100}, ""}};
    QTest::newRow("no 1xx to a 1.0 client") << http10 << Conversation{{event::Interim{103}, ""}};
    QTest::newRow("an upstream that fails before its head is answered for")
        << get
        << Conversation{{event::UpstreamFailed{upstreamError(ErrorCode::UpstreamRefused)},
                         "CancelUpstream " + errorName(ErrorCode::UpstreamRefused) +
                             " Report:UpstreamError NextRequest"}};
    QTest::newRow("a chunked response that is cut gets no last chunk")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:Chunked"},
                        {event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)},
                         "CancelUpstream Report:Truncated Close"}};
    QTest::newRow("a cut to a 1.0 client is a reset: a close would look like an end")
        << http10
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:UntilClose:close"},
                        {event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)},
                         "CancelUpstream Report:Truncated Cut"}};
    QTest::newRow("silence in mid-response is a stall")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:Chunked"},
                        {event::UpstreamFailed{upstreamError(ErrorCode::UpstreamIdleTimeout)},
                         "CancelUpstream Report:Stalled Close"}};
    QTest::newRow("a client that goes before the head cancels the upstream")
        << get << Conversation{{event::ClientGone{}, "CancelUpstream Report:ClientGone Cut"}};
    QTest::newRow("a client that goes in mid-response cancels the upstream")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:Chunked"},
                        {event::ClientGone{}, "CancelUpstream Report:ClientGone Cut"}};
    QTest::newRow("a refusal of ours keeps the connection where nothing is left to read")
        << get
        << Conversation{
               {event::Refused{{ErrorCode::NoRoute, Side::Downstream, {}}},
                "CancelUpstream " + errorName(ErrorCode::NoRoute) + " Report:Refused NextRequest"}};
    QTest::newRow("a refusal with content still to come closes")
        << post
        << Conversation{{event::Refused{{ErrorCode::TokenRequired, Side::Downstream, {}}},
                         "CancelUpstream " + errorName(ErrorCode::TokenRequired) +
                             ":close Report:Refused Close"}};
    QTest::newRow("bad framing of the content is answered and closed")
        << post
        << Conversation{{event::RequestFailed{ErrorCode::MalformedRequest},
                         "CancelUpstream " + errorName(ErrorCode::MalformedRequest) +
                             ":close Report:Refused Close"}};
    QTest::newRow("bad framing after the response began is a cut")
        << post
        << Conversation{{event::ResponseHead{200, BodyKind::Chunked}, "SendHead:Chunked:close"},
                        {event::RequestFailed{ErrorCode::MalformedRequest},
                         "CancelUpstream Report:ClientGone Cut"}};
    QTest::newRow("a switch hands both streams over and leaves the report to the tunnel")
        << get << Conversation{{event::Switched{}, "HandOver"}, {event::ClientGone{}, ""}};
    QTest::newRow("nothing is done after the end")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Length}, "SendHead:Length"},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"},
                        {event::ClientGone{}, ""},
                        {event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)}, ""}};
}

void TestExchangeMachine::conversation() {
    QFETCH(const RequestTraits, facts);
    QFETCH(const Conversation, turns);
    ExchangeMachine machine(facts);
    for (const Turn& turn : turns) {
        QCOMPARE(told(machine, turn.happens), turn.expect);
    }
}

/// Every sequence of up to four events ends in at most one report, and in exactly one when the
/// machine is over but not handed over.
void TestExchangeMachine::everyConversationReportsOnce() {
    const std::vector<ExchangeEvent> all = {
        event::RequestEnded{},
        event::RequestFailed{ErrorCode::MalformedRequest},
        event::ClientGone{},
        event::Interim{103},
        event::ResponseHead{200, BodyKind::Chunked},
        event::ResponseEnded{},
        event::Switched{},
        event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)}};
    const auto count = static_cast<int>(all.size());
    for (int code = 0; code < count * count * count * count; ++code) {
        RequestTraits facts;
        facts.hasContent = true;
        ExchangeMachine machine(facts);
        int reports = 0;
        bool handedOver = false;
        for (int rest = code, i = 0; i < 4; ++i, rest /= count) {
            const QByteArray done = told(machine, all.at(static_cast<std::size_t>(rest % count)));
            reports += static_cast<int>(done.count("Report:"));
            handedOver = handedOver || done.contains("HandOver");
        }
        QCOMPARE(reports, machine.isOver() && !handedOver ? 1 : 0);
    }
}

QTEST_GUILESS_MAIN(TestExchangeMachine)
#include "tst_exchangemachine.moc"
