// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// What a message has when it has gone through a whole gateway, in both modes. Expectations are
/// lines: `Name: value` (all lines of that name, joined), `Name~part`, `-Name` (absent), `@line`,
/// `@status`, `@version`, `@content`, `@trailers`, `@interim`.
class TestMessages : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void requests_data();
    void requests();
    void targets_data();
    void targets() { requests(); }
    void responses_data();
    void responses();
    void framing_data();
    void framing() { responses(); }
    void setCookieLinesStayApart();

private:
    Play m_play;
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

QByteArray joined(const std::vector<ResponseHead>& heads) {
    QByteArrayList out;
    for (const ResponseHead& head : heads)
        out << QByteArray::number(head.status) + (head.fields.isEmpty() ? "" : " ") +
                   head.fields.combined("Link");
    return out.join(", ");
}
QByteArray joined(const FieldList& fields) {
    QByteArrayList out;
    for (const FieldView field : fields)
        out << field.name.toByteArray() + '=' + field.value.toByteArray();
    return out.join(", ");
}

QByteArray special(const Seen& seen, const QByteArray& what) {
    if (what == "@line") return seen.line();
    if (what == "@content") return seen.content;
    if (what == "@trailers") return joined(seen.trailers);
    return "1." + QByteArray::number(seen.head.version.minor);
}
QByteArray special(const Got& got, const QByteArray& what) {
    if (what == "@status") return QByteArray::number(got.head.status) + ' ' + got.head.reason;
    if (what == "@content") return got.content;
    if (what == "@trailers") return joined(got.trailers);
    if (what == "@interim") return joined(got.interim);
    return "1." + QByteArray::number(got.head.version.minor);
}

/// The first expectation that does not hold, with what is there instead; empty when all do.
template <typename Message>
QByteArray broken(const Message& message, const QByteArray& expectations) {
    for (const QByteArray& line : expectations.split('\n')) {
        if (line.isEmpty()) continue;
        if (line.startsWith('-')) {
            if (message.head.fields.contains(line.mid(1))) return line;
            continue;
        }
        const qsizetype colon = line.indexOf(": ");
        const qsizetype tilde = line.indexOf('~');
        const bool isPart = tilde >= 0 && (colon < 0 || tilde < colon);
        const QByteArray name = line.left(isPart ? tilde : colon);
        const QByteArray is =
            name.startsWith('@') ? special(message, name) : message.all(name.constData());
        const bool holds = isPart ? is.contains(line.mid(tilde + 1)) : is == line.mid(colon + 2);
        if (!holds) return line + "  <  " + is;
    }
    return {};
}

void bothModes(const QByteArray& tag, const QByteArray& bytes, const QByteArray& expect) {
    QTest::newRow(QByteArray("gateway: " + tag).constData()) << Mode::Gateway << bytes << expect;
    QTest::newRow(QByteArray("forward: " + tag).constData()) << Mode::Forward << bytes << expect;
}
/// A GET with these fields, and what the origin has of it.
void row(const char* tag, const QByteArray& fields, const QByteArray& expect) {
    bothModes(tag, "GET @T@/x HTTP/1.1\r\nHost: @H@\r\n" + fields + "\r\n\r\n", expect);
}
/// A request as bytes.
void whole(const char* tag, const QByteArray& bytes, const QByteArray& expect) {
    bothModes(tag, bytes, expect);
}
void only(Mode mode, const char* tag, const QByteArray& bytes, const QByteArray& expect) {
    QTest::newRow(tag) << mode << bytes << expect;
}

} // namespace

void TestMessages::requests_data() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expect");
    row("Via says by which version it came", "X: y", "Via~1.1 sallyport-\n@version: 1.1");
    whole("a request of HTTP/1.0 goes on as our own version",
          "GET @T@/x HTTP/1.0\r\nHost: @H@\r\n\r\n", "@version: 1.1\nVia~1.0 sallyport-");
    row("our Via stands behind the others", "Via: 1.0 fred\r\nvia: 1.1 bob (x, y)",
        "Via~1.0 fred, 1.1 bob (x, y), 1.1 sallyport-");
    row("fixed hop-by-hop fields go",
        "Connection: keep-alive, TE\r\nKeep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\n"
        "TE: trailers",
        "-Connection\n-Keep-Alive\n-Proxy-Connection\n-TE");
    row("fields that Connection names go", "Connection: X-Hop, close\r\nX-Hop: 1\r\nX-End: 2",
        "-X-Hop\n-Connection\nX-End: 2");
    row("several Connection lines in an odd case are one list",
        "connection: x-HOP\r\nCONNECTION: X-b\r\nX-Hop: 1\r\nX-B: 2\r\nX-C: 3",
        "-X-Hop\n-X-B\nX-C: 3");
    row("Connection takes no field away that the message needs",
        "Connection: Authorization, Cookie, Content-Type\r\nAuthorization: Bearer k\r\n"
        "Cookie: a=b\r\nContent-Type: x/y",
        "Authorization: Bearer k\nCookie: a=b\nContent-Type: x/y\nHost: @O@");
    row("unknown and empty fields go on in their order",
        "X-A: 1\r\nX-Unknown: a;b=\"c,d\"\r\nX-Empty:\r\nX-A: 2\r\nX-A: 3",
        "X-A: 1, 2, 3\nX-Unknown: a;b=\"c,d\"\nX-Empty: ");
    row("bytes above 127 go on as they are", "X-A: caf\xe9 \xff", "X-A: caf\xe9 \xff");
    row("Authorization goes on unchanged", "Authorization: Digest a=\"b, c\",  d",
        "Authorization: Digest a=\"b, c\",  d");
    row("Proxy-Authorization was for us",
        "Proxy-Authorization: Basic eA==", "-Proxy-Authorization");
    row("an upgrade that we do not know is no upgrade",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA",
        "-Connection\n-Upgrade\n-HTTP2-Settings");
    whole("an upgrade of HTTP/1.0 is none",
          "GET @T@/x HTTP/1.0\r\nHost: @H@\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
          "-Upgrade\n-Connection");
    row("Upgrade that Connection does not name is none", "Upgrade: websocket", "-Upgrade");
    whole("Max-Forwards of OPTIONS counts down",
          "OPTIONS @T@/x HTTP/1.1\r\nHost: @H@\r\nMax-Forwards: 7\r\n\r\n", "Max-Forwards: 6");
    row("Max-Forwards of GET goes on", "Max-Forwards: 0", "Max-Forwards: 0");
    row("an expectation that we do not know goes on", "Expect: the-unexpected",
        "Expect: the-unexpected");
    row("conditions and ranges go on",
        "If-None-Match: \"a\"\r\nIf-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
        "Range: bytes=0-4\r\nIf-Range: \"a\"",
        "If-None-Match: \"a\"\nIf-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT\n"
        "Range: bytes=0-4\nIf-Range: \"a\"");
    row("what the client accepts goes on", "Accept-Encoding: br, gzip;q=0\r\nAccept: */*",
        "Accept-Encoding: br, gzip;q=0\nAccept: */*");
    whole("encoded content goes on byte for byte",
          "POST @T@/x HTTP/1.1\r\nHost: @H@\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
          "\x1f\x8b\xff\xfe",
          "Content-Encoding: gzip\nContent-Length: 4\n@content: \x1f\x8b\xff\xfe");
    whole("trailers that no route asks for do not go on",
          "POST @T@/x HTTP/1.1\r\nHost: @H@\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"
          "2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-Remote-User: admin\r\n\r\n",
          "@content: hi\n@trailers: \nTrailer: X-Sum");
    whole("a chunked upload goes on chunked",
          "POST @T@/x HTTP/1.1\r\nHost: @H@\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
          "\r\n",
          "Transfer-Encoding: chunked\n-Content-Length\n@content: hi");
    whole("a POST without content has no framing", "POST @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n",
          "-Transfer-Encoding\n@content: ");
    whole("Expect of HTTP/1.0 means nothing",
          "POST @T@/x HTTP/1.0\r\nHost: @H@\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
          "-Expect\n@content: hi");
    whole("a method that we do not know goes on", "BREW @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n",
          "@line: BREW /x");
}

void TestMessages::targets_data() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expect");
    const auto path = [](const char* tag, const QByteArray& bytes) {
        whole(tag, "GET @T@" + bytes + " HTTP/1.1\r\nHost: @H@\r\n\r\n", "@line: GET " + bytes);
    };
    path("a path goes on in origin-form", "/x");
    whole("bytes that no URI has go on percent-encoded",
          "GET @T@/\xc3\xa9<a>?q=\xc3\xa9&x=<\"y\"> HTTP/1.1\r\nHost: @H@\r\n\r\n",
          "@line: GET /%C3%A9%3Ca%3E?q=%C3%A9&x=%3C%22y%22%3E");
    path("encoded bytes are not decoded", "/a%2Fb%2e%2E%c3%a9%20?q=a%26b%23");
    path("dots and slashes are not merged", "/a//b/./c/../d");
    path("semicolons, plus signs and pipes stay", "/a+b;c=d|e?f|g[]=\\h");
    path("an empty query stays", "/x?");
    path("question marks in a query stay", "/x?a?b=??");
    only(Mode::Forward, "an absolute target wins over Host",
         "GET @T@/x HTTP/1.1\r\nHost: evil.example\r\n\r\n", "@line: GET /x\nHost: @O@");
    only(Mode::Gateway, "an absolute target that names us is the gateway's",
         "GET http://@H@/x HTTP/1.1\r\nHost: evil.example\r\n\r\n", "@line: GET /x\nHost: @O@");
    only(Mode::Forward, "an empty path becomes a slash", "GET @T@ HTTP/1.1\r\nHost: @H@\r\n\r\n",
         "@line: GET /");
    only(Mode::Forward, "an empty path before a query becomes a slash",
         "GET @T@?a=b HTTP/1.1\r\nHost: @H@\r\n\r\n", "@line: GET /?a=b");
    only(Mode::Forward, "OPTIONS with an empty path becomes an asterisk",
         "OPTIONS @T@ HTTP/1.1\r\nHost: @H@\r\n\r\n", "@line: OPTIONS *\nHost: @O@");
    only(Mode::Forward, "OPTIONS with a slash stays one",
         "OPTIONS @T@/ HTTP/1.1\r\nHost: @H@\r\n\r\n", "@line: OPTIONS /");
    only(Mode::Forward, "a scheme in capitals is the scheme",
         "GET HTTP://@O@/x HTTP/1.1\r\nHost: @H@\r\n\r\n", "@line: GET /x\nHost: @O@");
    only(Mode::Gateway, "HTTP/1.0 needs no Host", "GET /x HTTP/1.0\r\n\r\n",
         "@line: GET /x\nHost: @O@");
    only(Mode::Forward, "HTTP/1.0 with an absolute target needs no Host",
         "GET @T@/x HTTP/1.0\r\n\r\n", "@line: GET /x\nHost: @O@");
}

void TestMessages::requests() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, expect);
    QVERIFY(m_isOpen);
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, m_play.placed(bytes, mode)));
    QCOMPARE(client.read().responses.at(0).content, QByteArray("ok"));
    QCOMPARE(m_play.origin.seen().size(), std::size_t{1});
    const Seen& seen = m_play.origin.seen().front();
    QCOMPARE(broken(seen, m_play.placed(expect, mode)), QByteArray());
    QCOMPARE(seen.head.fields.count("Host"), std::size_t{1});
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

namespace {

/// The origin's response to such a request, and what the client has of it.
void response(const QByteArray& tag, const QByteArray& bytes, const QByteArray& expect,
              const QByteArray& request = "GET @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n",
              Then then = Then::Keep) {
    QTest::newRow(QByteArray("gateway: " + tag).constData())
        << Mode::Gateway << request << bytes << then << expect;
    QTest::newRow(QByteArray("forward: " + tag).constData())
        << Mode::Forward << request << bytes << then << expect;
}
void fields(const char* tag, const QByteArray& lines, const QByteArray& expect) {
    response(tag, "HTTP/1.1 200 OK\r\n" + lines + "\r\nContent-Length: 2\r\n\r\nok",
             expect + "\n@content: ok");
}
void status(const char* tag, const QByteArray& line, const QByteArray& lines,
            const QByteArray& expect) {
    response(tag, "HTTP/1.1 " + line + "\r\n" + lines + "\r\n", "@status: " + line + '\n' + expect);
}
void responseColumns() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Then>("then");
    QTest::addColumn<QByteArray>("expect");
}
const QByteArray kHead = "HEAD @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n";
const QByteArray kTrailersWanted =
    "GET @T@/x HTTP/1.1\r\nHost: @H@\r\nTE: trailers\r\nConnection: TE\r\n\r\n";
const QByteArray kTrailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                             "X-Sum: 1\r\nSet-Cookie: a\r\nContent-Length: 9\r\n\r\n";

} // namespace

void TestMessages::responses_data() {
    responseColumns();
    fields("Via is added", "X: y", "Via~1.1 sallyport-");
    fields("our Via stands behind the others in a response", "Via: 1.0 fred",
           "Via~1.0 fred, 1.1 sallyport-");
    fields("a missing Date is supplied", "X: y", "Date~ GMT");
    fields("a Date that is there stays", "Date: Thu, 01 Jan 1970 00:00:00 GMT",
           "Date: Thu, 01 Jan 1970 00:00:00 GMT");
    fields("hop-by-hop fields of the origin go",
           "Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: timeout=77\r\nX-End: 1",
           "-X-Hop\n-Keep-Alive\n-Connection\nX-End: 1");
    fields("Upgrade of an ordinary response goes", "Connection: upgrade\r\nUpgrade: h2c",
           "-Upgrade\n-Connection");
    fields("the origin's Connection: close is its own", "Connection: close", "-Connection");
    fields("validators, caching and unknown fields stay",
           "ETag: W/\"a\"\r\nLast-Modified: x\r\nCache-Control: no-transform, max-age=1\r\n"
           "Vary: *\r\nAge: 3\r\nServer: o\r\nX-Unknown:",
           "ETag: W/\"a\"\nLast-Modified: x\nCache-Control: no-transform, max-age=1\nVary: *\n"
           "Age: 3\nServer: o\nX-Unknown: ");
    fields("bytes above 127 stay", "X-A: caf\xe9", "X-A: caf\xe9");
    fields("a coding of the content is not undone", "Content-Encoding: gzip",
           "Content-Encoding: gzip");
    response("a response of HTTP/1.0 is given in our own version",
             "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "@version: 1.1\nVia~1.0 sallyport-");
    status("the phrase stays", "404 Nicht da", "Content-Length: 0\r\n", "Via~1.1 ");
    status("a status that nobody knows stays", "299 Odd", "Content-Length: 0\r\n", "Via~1.1 ");
    status("a status of another class stays", "599 Odd", "Content-Length: 0\r\n", "Via~1.1 ");
    status("a redirect is not followed", "302 Found",
           "Location: http://@O@/y\r\nContent-Length: 0\r\n", "Location: http://@O@/y");
    status("a challenge of the origin goes on", "401 Unauthorized",
           "WWW-Authenticate: Basic realm=\"a\"\r\nWWW-Authenticate: Bearer\r\nContent-Length: "
           "0\r\n",
           "WWW-Authenticate: Basic realm=\"a\", Bearer");
    status("a proxy's challenge of the origin does not go on", "407 Proxy Authentication Required",
           "Proxy-Authenticate: Basic realm=\"phish\"\r\nContent-Length: 0\r\n",
           "-Proxy-Authenticate");
    status("426 says which protocol it wants", "426 Upgrade Required",
           "Upgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 0\r\n",
           "Upgrade: websocket\nConnection: upgrade");
    status("Retry-After and Allow stay", "405 Method Not Allowed",
           "Allow: GET\r\nRetry-After: 5\r\nContent-Length: 0\r\n", "Allow: GET\nRetry-After: 5");
    response("early hints are passed on",
             "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: "
             "</b>\r\n\r\n" +
                 kOk,
             "@interim: 103 </a>, 103 </b>\n@content: ok");
    response("an interim status that nobody knows is passed on", "HTTP/1.1 199 Odd\r\n\r\n" + kOk,
             "@interim: 199\n@content: ok");
    response("a length in an interim response is dropped",
             "HTTP/1.1 102 Processing\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" +
                 kOk,
             "@interim: 102\n@content: ok");
    response("trailers go to a client that takes them, those that matter do not", kTrailers,
             "@content: ok\n@trailers: X-Sum=1", kTrailersWanted);
    response("trailers do not go to others", kTrailers, "@content: ok\n@trailers: ");
}

void TestMessages::framing_data() {
    responseColumns();
    response("a length stays", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
             "Content-Length: 5\n-Transfer-Encoding\n@content: hello");
    response("two equal lengths become one",
             "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
             "Content-Length: 2\n@content: ok");
    response("chunks stay chunks",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\n\r\n",
             "Transfer-Encoding: chunked\n-Content-Length\n@content: ok");
    response("content until the end becomes chunks", "HTTP/1.1 200 OK\r\n\r\nhello",
             "Transfer-Encoding: chunked\n@content: hello",
             "GET @T@/x HTTP/1.1\r\nHost: @H@\r\n\r\n", Then::Close);
    response("204 has neither content nor length",
             "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
             "@status: 204 No Content\n-Content-Length\n-Transfer-Encoding\n@content: ");
    response("204 that says chunked has none either",
             "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
             "-Content-Length\n-Transfer-Encoding\n@content: ");
    response("204 with content has none",
             "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
             "-Content-Length\n@content: ");
    response("304 keeps the length that GET would have",
             "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n",
             "Content-Length: 5\nETag: \"a\"\n@content: ");
    response("304 with content has none",
             "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello", "@content: ");
    response("304 that says chunked has none",
             "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "-Transfer-Encoding\n@content: ");
    response("205 keeps its length of none",
             "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
             "@status: 205 Reset Content\nContent-Length: 0\n@content: ");
    response(
        "206 keeps its range",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\n"
        "ok",
        "@status: 206 Partial Content\nContent-Range: bytes 0-1/9\n@content: ok");
    response("HEAD keeps the length that GET would have",
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
             "Content-Length: 5\n@content: ", kHead);
    response("HEAD has no content though the origin sends it",
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "@content: ", kHead);
    response("HEAD has no content though the origin says chunked",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "@content: ", kHead);
    response("HEAD without a length has none", "HTTP/1.1 200 OK\r\n\r\n",
             "-Content-Length\n@content: ", kHead);
    response("no content at all is a length of none",
             "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "Content-Length: 0\n@content: ");
}

void TestMessages::responses() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, bytes);
    QFETCH(const Then, then);
    QFETCH(const QByteArray, expect);
    m_play.origin.expect({{m_play.placed(bytes, mode), then}});
    Client client = m_play.connect();
    const QByteArray method = request.left(request.indexOf(' '));
    QVERIFY(m_play.tell(client, m_play.placed(request, mode), {method}));
    const Reader read = client.read();
    QVERIFY2(!read.isBad && read.responses.size() == 1, client.bytes.constData());
    QVERIFY(read.responses[0].isWhole);
    QCOMPARE(read.surplus, QByteArray());
    QCOMPARE(broken(read.responses[0], m_play.placed(expect, mode)), QByteArray());
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

void TestMessages::setCookieLinesStayApart() {
    m_play.origin.expect({{"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Expires=Thu, 01 Jan 2032 00:00:00 "
                           "GMT\r\nX: y\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"}});
    Client client = m_play.connect();
    QVERIFY(
        m_play.tell(client, m_play.placed("GET /x HTTP/1.1\r\nHost: @H@\r\n\r\n", Mode::Gateway)));
    const FieldList got = client.read().responses.at(0).head.fields;
    QCOMPARE(got.count("Set-Cookie"), std::size_t{2});
    QCOMPARE(got.first("Set-Cookie").value().toByteArray(),
             QByteArray("a=1; Expires=Thu, 01 Jan 2032 00:00:00 GMT"));
}

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
