// SPDX-License-Identifier: MIT
#include "core/proxy/exchangemachine.h"

#include "tests/observe/recordnames.h"
#include "tests/support/errornames.h"

#include <QTest>

#include <vector>

using namespace sallyport;

namespace {

QByteArray errorName(ErrorCode code) { return QByteArray("SendError:") + nameOf(code); }

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
        return errorName(a.error.code) + (a.closes ? ":close" : "");
    }
    QByteArray operator()(const action::CancelUpstream&) const {
        return QByteArrayLiteral("CancelUpstream");
    }
    QByteArray operator()(const action::HandOverToTunnel&) const {
        return QByteArrayLiteral("HandOverToTunnel");
    }
    QByteArray operator()(const action::HandOverToEvents&) const {
        return QByteArrayLiteral("HandOverToEvents");
    }
    QByteArray operator()(const action::HandOverToInterception&) const {
        return QByteArrayLiteral("HandOverToInterception");
    }
    QByteArray operator()(const action::HandOverToSelf&) const {
        return QByteArrayLiteral("HandOverToSelf");
    }
    QByteArray operator()(const action::NextRequest&) const {
        return QByteArrayLiteral("NextRequest");
    }
    QByteArray operator()(const action::CloseDownstream&) const {
        return QByteArrayLiteral("Close");
    }
    QByteArray operator()(const action::CutDownstream&) const { return QByteArrayLiteral("Cut"); }
    QByteArray operator()(const action::Report& a) const {
        return QByteArray("Report:") + nameOf(a.end);
    }
};

QByteArray told(ExchangeMachine& machine, const ExchangeEvent& happened) {
    QByteArrayList out;
    for (const ExchangeAction& each : machine.handle(happened))
        out << std::visit(Name{}, each);
    return out.join(' ');
}

ExchangeError upstreamError(ErrorCode code) { return {code, Side::Upstream, {}}; }

constexpr int kDepth = 5;

/// How often what must be done once was done.
struct Counts {
    void add(const ExchangeAction& action) {
        reports += std::holds_alternative<action::Report>(action);
        handOvers += std::holds_alternative<action::HandOverToTunnel>(action) ||
                     std::holds_alternative<action::HandOverToEvents>(action) ||
                     std::holds_alternative<action::HandOverToInterception>(action) ||
                     std::holds_alternative<action::HandOverToSelf>(action);
        ends += std::holds_alternative<action::NextRequest>(action) ||
                std::holds_alternative<action::CloseDownstream>(action) ||
                std::holds_alternative<action::CutDownstream>(action);
        heads += std::holds_alternative<action::SendHead>(action) ||
                 std::holds_alternative<action::SendError>(action);
    }
    int reports = 0;
    int handOvers = 0;
    int ends = 0;
    int heads = 0;
};

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
    void everyConversationReportsOnce_data();
    void everyConversationReportsOnce();

private:
    void followAll(const ExchangeMachine& machine, const std::vector<ExchangeEvent>& all,
                   Counts counts, int depth);
};

void TestExchangeMachine::conversation_data() {
    QTest::addColumn<RequestTraits>("request");
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
        << get
        << Conversation{{event::Switched{SwitchedTo::Tunnel}, "HandOverToTunnel"},
                        {event::ClientGone{}, ""}};
    QTest::newRow("a reader of live records is handed over")
        << get
        << Conversation{{event::Switched{SwitchedTo::Events}, "HandOverToEvents"},
                        {event::ResponseEnded{}, ""}};
    QTest::newRow("what cannot be read is answered and closed, whatever the client asks for")
        << get
        << Conversation{{event::Unreadable{{ErrorCode::HeadTooLarge, Side::Downstream, {}}},
                         "CancelUpstream " + errorName(ErrorCode::HeadTooLarge) +
                             ":close Report:Refused Close"}};
    QTest::newRow("nothing is refused once the head has gone")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Length}, "SendHead:Length"},
                        {event::Refused{{ErrorCode::NoRoute, Side::Downstream, {}}}, ""},
                        {event::Switched{SwitchedTo::Tunnel}, ""},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"}};
    QTest::newRow("nothing is done after the end")
        << get
        << Conversation{{event::ResponseHead{200, BodyKind::Length}, "SendHead:Length"},
                        {event::ResponseEnded{}, "Report:Complete NextRequest"},
                        {event::ClientGone{}, ""},
                        {event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)}, ""}};
}

void TestExchangeMachine::conversation() {
    QFETCH(const RequestTraits, request);
    QFETCH(const Conversation, turns);
    ExchangeMachine machine(request);
    for (const Turn& turn : turns) {
        QCOMPARE(told(machine, turn.happens), turn.expect);
    }
}

void TestExchangeMachine::everyConversationReportsOnce_data() {
    QTest::addColumn<RequestTraits>("request");
    for (unsigned bits = 0; bits < 16; ++bits) {
        RequestTraits request;
        request.isHttp10 = bits & 1U;
        request.isHead = bits & 2U;
        request.clientPersists = bits & 4U;
        request.hasContent = bits & 8U;
        QTest::addRow("%s%s%s%s", request.isHead ? "HEAD" : "GET or POST",
                      request.isHttp10 ? " in HTTP/1.0" : "",
                      request.clientPersists ? " that persists" : "",
                      request.hasContent ? " with content" : "")
            << request;
    }
}

/// Every order of up to five of all events, also those that no transport would give: one report and
/// one end of the connection, or one hand-over, or nothing of them while it is not over.
void TestExchangeMachine::everyConversationReportsOnce() {
    QFETCH(const RequestTraits, request);
    const ExchangeError refusal{ErrorCode::NoRoute, Side::Downstream, {}};
    const std::vector<ExchangeEvent> all = {
        event::RequestEnded{},
        event::RequestFailed{ErrorCode::MalformedRequest},
        event::ClientGone{},
        event::Refused{refusal},
        event::Unreadable{refusal},
        event::Interim{100},
        event::Interim{103},
        event::ResponseHead{200, BodyKind::None},
        event::ResponseHead{200, BodyKind::Length},
        event::ResponseHead{200, BodyKind::Chunked},
        event::ResponseHead{200, BodyKind::UntilClose},
        event::ResponseEnded{},
        event::Switched{SwitchedTo::Tunnel},
        event::Switched{SwitchedTo::Events},
        event::Switched{SwitchedTo::Interception},
        event::Switched{SwitchedTo::Self},
        event::UpstreamFailed{upstreamError(ErrorCode::UpstreamReset)},
        event::UpstreamFailed{upstreamError(ErrorCode::UpstreamIdleTimeout)}};
    followAll(ExchangeMachine(request), all, {}, kDepth);
}

void TestExchangeMachine::followAll(const ExchangeMachine& machine,
                                    const std::vector<ExchangeEvent>& all, Counts counts,
                                    int depth) {
    QCOMPARE(counts.reports + counts.handOvers, machine.isOver() ? 1 : 0);
    QCOMPARE(counts.reports, counts.ends);
    QVERIFY(counts.heads <= 1);
    if (depth == 0) return;
    if (machine.isOver()) depth = 1;
    for (const ExchangeEvent& each : all) {
        ExchangeMachine next = machine;
        Counts now = counts;
        const ExchangeActions actions = next.handle(each);
        QVERIFY(!machine.isOver() || actions.isEmpty());
        for (const ExchangeAction& action : actions)
            now.add(action);
        followAll(next, all, now, depth - 1);
        if (QTest::currentTestFailed()) return;
    }
}

QTEST_GUILESS_MAIN(TestExchangeMachine)
#include "tst_exchangemachine.moc"
