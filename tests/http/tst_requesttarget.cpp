// SPDX-License-Identifier: MIT
#include "core/http/requesttarget.h"

#include <QtTest>

using namespace sallyport;

namespace {

QByteArray formName(TargetForm form) {
    switch (form) {
    case TargetForm::Origin: return "origin";
    case TargetForm::Absolute: return "absolute";
    case TargetForm::Authority: return "authority";
    case TargetForm::Asterisk: return "asterisk";
    }
    return {};
}

} // namespace

class TestRequestTarget : public QObject {
    Q_OBJECT

private slots:
    void takesApart_data();
    void takesApart();
    void encodes_data();
    void encodes();
    void refuses_data();
    void refuses();
    void parsesAuthorities_data();
    void parsesAuthorities();
    void refusesAuthorities_data();
    void refusesAuthorities();
};

void TestRequestTarget::takesApart_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("pathAndQuery");
    const auto row = [](const char* tag, const char* method, const char* target,
                        const QList<QByteArray>& parts) {
        QTest::newRow(tag) << QByteArray(method) << QByteArray(target) << parts[0] << parts[1]
                           << parts[2] << parts[3];
    };
    row("a path", "GET", "/a/b", {"origin", "", "/a/b", "/a/b"});
    row("the root", "GET", "/", {"origin", "", "/", "/"});
    row("a query", "GET", "/a?b=c?d/", {"origin", "", "/a", "/a?b=c?d/"});
    row("an empty query", "GET", "/a?", {"origin", "", "/a", "/a?"});
    row("nothing is decoded or merged", "GET", "/a//../%2F%zz/./b;c=d",
        {"origin", "", "/a//../%2F%zz/./b;c=d", "/a//../%2F%zz/./b;c=d"});
    row("all that RFC 3986 has for a query", "GET", "/-._~%20!$&'()*+,;=:@/?-._~%20!$&'()*+,;=:@/?",
        {"origin", "", "/-._~%20!$&'()*+,;=:@/", "/-._~%20!$&'()*+,;=:@/?-._~%20!$&'()*+,;=:@/?"});
    row("what browsers do not encode", "GET", "/a|b^`{}[]?\\d|{}",
        {"origin", "", "/a|b^`{}[]", "/a|b^`{}[]?\\d|{}"});
    row("two slashes are a path and no host", "GET", "//evil/x",
        {"origin", "", "//evil/x", "//evil/x"});
    row("a URI with http", "GET", "http://A.Example:8080/x?y",
        {"absolute", "a.example:8080", "/x", "/x?y"});
    row("the case of a scheme does not count", "GET", "HtTpS://a/x", {"absolute", "a", "/x", "/x"});
    row("a URI with ws", "GET", "ws://a/x", {"absolute", "a", "/x", "/x"});
    row("a URI with wss", "GET", "wss://[::1]/x", {"absolute", "[::1]", "/x", "/x"});
    row("a URI without a path", "GET", "http://a", {"absolute", "a", "/", "/"});
    row("a URI with a query and no path", "GET", "http://a?x/y", {"absolute", "a", "/", "/?x/y"});
    row("a URI with an empty port", "GET", "http://a:/x", {"absolute", "a", "/x", "/x"});
    row("a whole server", "OPTIONS", "*", {"asterisk", "", "*", "*"});
    row("OPTIONS of a path", "OPTIONS", "/x", {"origin", "", "/x", "/x"});
    row("a tunnel", "CONNECT", "Home_0.example:443", {"authority", "home_0.example:443", "/", "/"});
    row("a tunnel to an IPv6 address", "CONNECT", "[2001:DB8::1]:443",
        {"authority", "[2001:db8::1]:443", "/", "/"});
}

void TestRequestTarget::takesApart() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, form);
    QFETCH(QByteArray, authority);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, pathAndQuery);
    const auto parsed = parseRequestTarget(method, target);
    QVERIFY2(parsed.isOk(), parsed.isOk() ? "" : parsed.error().reason.constData());
    QCOMPARE(parsed->text, target);
    QCOMPARE(parsed->received, QByteArray());
    QCOMPARE(parsed->asReceived(), target);
    QCOMPARE(formName(parsed->form), form);
    QCOMPARE(parsed->authority.toBytes(), authority);
    QCOMPARE(parsed->path().toByteArray(), path);
    QCOMPARE(parsed->pathAndQuery(), pathAndQuery);
    const bool isAbsolute = form == "absolute";
    QCOMPARE(parsed->scheme,
             isAbsolute ? target.left(target.indexOf(':')).toLower() : QByteArray());
}

void TestRequestTarget::encodes_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("received");
    const auto row = [](const char* tag, const char* target, const char* text,
                        const char* received) {
        QTest::newRow(tag) << QByteArray(target) << QByteArray(text) << QByteArray(received);
    };
    row("a letter of UTF-8 in a query", "/?q=\xc3\xa9", "/?q=%C3%A9", "/?q=\xc3\xa9");
    row("a letter of UTF-8 in a path", "/\xc3\xa9/x", "/%C3%A9/x", "/\xc3\xa9/x");
    row("a byte that is no UTF-8", "/\xe9", "/%E9", "/\xe9");
    row("angle brackets", "/<a>?q=<x>", "/%3Ca%3E?q=%3Cx%3E", "/<a>?q=<x>");
    row("quotes", "/\"a\"?q=\"x\"", "/%22a%22?q=%22x%22", "/\"a\"?q=\"x\"");
    row("what passes as it is stays so beside it", "/|^`{}[]<?\\\"", "/|^`{}[]%3C?\\%22",
        "/|^`{}[]<?\\\"");
    row("triplets stay as they came", "/%c3%A9%zz<", "/%c3%A9%zz%3C", "/%c3%A9%zz<");
    row("a second question mark is of the query", "/?a?\"", "/?a?%22", "/?a?\"");
    row("in a URI", "http://A/\xc3\xa9?<", "http://A/%C3%A9?%3C", "/\xc3\xa9?<");
    row("in the query of a URI without a path", "http://a?<", "http://a?%3C", "?<");
}

void TestRequestTarget::encodes() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, received);
    const auto parsed = parseRequestTarget("GET", target);
    QVERIFY(parsed.isOk());
    QCOMPARE(parsed->text, text);
    QCOMPARE(parsed->received, target);
    QCOMPARE(parsed->asReceived(), target);
    QCOMPARE(parsed->receivedPathAndQuery(), received);
    QVERIFY(text.endsWith(parsed->pathAndQuery().mid(1)));
    // What goes on is read as it is.
    const auto again = parseRequestTarget("GET", text);
    QVERIFY(again.isOk());
    QCOMPARE(again->text, text);
    QCOMPARE(again->received, QByteArray());
}

void TestRequestTarget::refuses_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char* tag, const char* method, QByteArray target) {
        QTest::newRow(tag) << QByteArray(method) << target.replace('@', '\0');
    };
    row("nothing", "GET", "");
    row("a name", "GET", "foo");
    row("a query alone", "GET", "?x");
    row("an asterisk with GET", "GET", "*");
    row("an asterisk and more", "OPTIONS", "*/x");
    row("a host and port with GET", "GET", "a:80");
    row("a path with CONNECT", "CONNECT", "/x");
    row("a URI with CONNECT", "CONNECT", "http://a:80/");
    row("an asterisk with CONNECT", "CONNECT", "*");
    row("no port with CONNECT", "CONNECT", "a");
    row("an empty port with CONNECT", "CONNECT", "a:");
    row("port 0 with CONNECT", "CONNECT", "a:0");
    row("no host with CONNECT", "CONNECT", ":80");
    row("a hexadecimal port with CONNECT", "CONNECT", "a:0x50");
    row("a port above 65535 with CONNECT", "CONNECT", "a:99999");
    row("another scheme", "GET", "ftp://a/");
    row("a file", "GET", "file:///etc/passwd");
    row("a scheme with one slash", "GET", "http:/a/");
    row("a scheme without a host", "GET", "http://");
    row("a scheme and a path", "GET", "http:///x");
    row("a scheme and a port", "GET", "http://:80/x");
    row("a bad port in a URI", "GET", "http://a:8x/");
    row("a bad host in a URI", "GET", "http://a\\b/");
    row("a fragment", "GET", "/a#b");
    row("a fragment in a query", "GET", "/a?b#c");
    row("a fragment behind a host", "GET", "http://a#b");
    row("a blank", "GET", "/a b");
    row("a blank in a query", "GET", "/a?b c");
    row("a tab", "GET", "/a\tb");
    row("a NUL", "GET", "/a@b");
    row("DEL", "GET", "/a\x7f");
    row("a backslash in a path", "GET", "/\\evil");
    row("a backslash beside what is encoded", "GET", "/<\\evil");
    row("a number sign beside what is encoded", "GET", "/<#");
    row("a blank beside what is encoded", "GET", "/\xc3\xa9 b");
    row("a byte above 127 in a host", "GET", "http://\xc3\xa9/");
    row("a quote in a host", "GET", "http://a\"b/");
    row("a byte above 127 with CONNECT", "CONNECT", "\xc3\xa9:443");
    QTest::newRow("a user in a URI") << QByteArray("GET") << QByteArray("http://u:p@a/");
    QTest::newRow("a user with CONNECT") << QByteArray("CONNECT") << QByteArray("u@a:80");
}

void TestRequestTarget::refuses() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    const auto parsed = parseRequestTarget(method, target);
    QVERIFY(!parsed.isOk());
    QCOMPARE(parsed.error().kind, ParseErrorKind::BadTarget);
}

void TestRequestTarget::parsesAuthorities_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isIpLiteral");
    QTest::addColumn<int>("port");
    const auto row = [](const char* tag, const char* bytes, const char* host, int port,
                        bool isIpLiteral = false) {
        QTest::newRow(tag) << QByteArray(bytes) << QByteArray(host) << isIpLiteral << port;
    };
    constexpr int kNone = -1;
    row("a name", "LocalHost", "localhost", kNone);
    row("a name with a port", "a.example:8080", "a.example", 8080);
    row("an empty port", "a:", "a", kNone);
    row("a port with zeros", "a:00080", "a", 80);
    row("the highest port", "a:65535", "a", 65535);
    row("a trailing dot", "a.example.:1", "a.example.", 1);
    row("an underscore", "my_host:1", "my_host", 1);
    row("an IPv4 address", "127.0.0.1:80", "127.0.0.1", 80);
    row("an IPv6 address", "[2001:DB8::1]:80", "2001:db8::1", 80, true);
    row("the unspecified address", "[::]", "::", kNone, true);
    row("a whole IPv6 address", "[1:2:3:4:5:6:7:8]", "1:2:3:4:5:6:7:8", kNone, true);
    row("a gap at the end", "[1:2:3:4:5:6:7::]", "1:2:3:4:5:6:7::", kNone, true);
    row("an IPv4 address in IPv6", "[::ffff:127.0.0.1]:1", "::ffff:127.0.0.1", 1, true);
    row("an IPv4 address behind six groups", "[1:2:3:4:5:6:1.2.3.4]", "1:2:3:4:5:6:1.2.3.4", kNone,
        true);
}

void TestRequestTarget::parsesAuthorities() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, host);
    QFETCH(bool, isIpLiteral);
    QFETCH(int, port);
    const auto parsed = parseAuthority(bytes);
    QVERIFY(parsed.isOk());
    QVERIFY(isAuthority(bytes));
    QCOMPARE(parsed->host, host);
    QCOMPARE(parsed->isIpLiteral, isIpLiteral);
    QCOMPARE(parsed->port ? int{*parsed->port} : -1, port);
    QCOMPARE(parsed->portOr(7), port < 0 ? quint16{7} : static_cast<quint16>(port));
    const auto again = parseAuthority(parsed->toBytes());
    QVERIFY(again.isOk());
    QVERIFY(*again == *parsed);
}

void TestRequestTarget::refusesAuthorities_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* tag, const QByteArray& bytes) { QTest::newRow(tag) << bytes; };
    row("nothing", "");
    row("a port alone", ":80");
    row("a user", "u@a");
    row("a blank", "a b");
    row("a blank before", " a");
    row("a blank before the port", "a :80");
    row("a sign before the port", "a:+80");
    row("a port above 65535", "a:65536");
    row("a port of six digits", "a:000080");
    row("a slash", "a/");
    row("a comma", "a,b");
    row("percent-encoding", "a%2eb");
    row("a NUL", QByteArray("a\0b", 3));
    row("a byte above 127", "\xc3\xa9");
    row("256 bytes", QByteArray(256, 'a'));
    row("an IPv6 address without brackets", "::1");
    row("no closing bracket", "[::1");
    row("no opening bracket", "::1]");
    row("empty brackets", "[]");
    row("brackets in brackets", "[[::1]]");
    row("bytes behind the bracket", "[::1]x:80");
    row("a zone", "[fe80::1%25eth0]");
    row("a future version", "[v1.x]");
    row("an IPv4 address in brackets", "[127.0.0.1]");
    row("nine groups", "[1:2:3:4:5:6:7:8:9]");
    row("seven groups", "[1:2:3:4:5:6:7]");
    row("eight groups and a gap", "[1:2:3:4::5:6:7:8]");
    row("two gaps", "[1::2::3]");
    row("three colons", "[:::1]");
    row("a colon at the end", "[1:2:3:4:5:6:7:]");
    row("a colon at the start", "[:1:2:3:4:5:6:7]");
    row("five digits in a group", "[::12345]");
    row("a digit that is none", "[::g]");
    row("an IPv4 part above 255", "[::1.2.3.256]");
    row("an IPv4 part with a zero before it", "[::1.2.3.04]");
    row("three IPv4 parts", "[::1.2.3]");
    row("five IPv4 parts", "[::1.2.3.4.5]");
    row("an IPv4 address in the middle", "[::1.2.3.4:5]");
    row("an IPv4 address before the gap", "[1.2.3.4::]");
}

void TestRequestTarget::refusesAuthorities() {
    QFETCH(QByteArray, bytes);
    const auto parsed = parseAuthority(bytes);
    QVERIFY(!parsed.isOk());
    QVERIFY(!isAuthority(bytes));
    QCOMPARE(parsed.error().kind, ParseErrorKind::BadHost);
}

QTEST_GUILESS_MAIN(TestRequestTarget)
#include "tst_requesttarget.moc"
